from __future__ import annotations

import json
from argparse import Namespace

import pytest
from django.db import connection

from samehand.cases import actions
from samehand.cases.commands import export_messages, exported
from samehand.people.models import Staff
from tests.personas import ZOFIA, a_mail, answer, arrive, at, the_case

pytestmark = pytest.mark.django_db


def patience() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        return str(cursor.fetchone()[0])


def test_a_slow_reader_gets_all_while_other_work_may_not_stall(anna: Staff) -> None:
    arrive(a_mail())
    assert patience() == "1min"

    rows = exported(at(1))
    next(rows)

    assert patience() == "0"


def test_every_message_leaves_in_order_and_notes_stay(anna: Staff, capsys: pytest.CaptureFixture[str]) -> None:
    arrive(a_mail(ZOFIA, "Pytanie", "Zażółć?", mid="<a@x.example>"))
    actions.note(case_id=the_case().pk, author_id=anna.pk, text="sekret", now=at(1))
    sent = answer(the_case(), anna)

    assert export_messages(Namespace()) == 0

    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["direction"] for row in rows] == ["in", "out"]
    asked, answered = rows
    assert asked | {"text": ""} == {
        "case": the_case().reference, "case_status": "waiting", "owner": "anna@fala.example",
        "customer": "zofia@poczta.example", "direction": "in", "channel": "mail", "message_id": "<a@x.example>",
        "in_reply_to": None, "from": "zofia@poczta.example", "to": ["helpdesk@fala.example"], "subject": "Pytanie",
        "received_at": "2026-11-23T10:00:00+00:00", "answered_at": "2026-11-23T10:05:00+00:00",
        "due_at": "2026-11-23T10:30:00+00:00", "promise": "kept", "text": "", "attachments": [],
    }  # fmt: skip
    assert asked["text"].strip() == "Zażółć?"
    assert (answered["message_id"], answered["promise"]) == (sent.message_id, None)
    assert (answered["from"], answered["to"]) == ("helpdesk@fala.example", ["zofia@poczta.example"])
