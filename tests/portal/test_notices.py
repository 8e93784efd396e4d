"""One notice changes banner, expected time, promise and receipt at once; taken back, all is as before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samehand.cases import actions
from samehand.cases.models import Case, Message
from samehand.core.trust import Check, Evidence
from samehand.people.actions import noticing
from samehand.people.models import Notice, NoticeKind, ServiceHours, Staff
from samehand.people.notices import known
from samehand.people.queries import service_hours, why_later
from tests.personas import JAN, MONDAY, ZOFIA, a_mail, arrive, at
from tests.portal.conftest import link

pytestmark = pytest.mark.django_db
SetClock = Callable[[datetime], None]
PROOF = Evidence(dmarc=Check("pass", "poczta.example"), by="mx.fala.example")
BANNER = "Awaria we Wrocławiu do ok. 18:00"


@pytest.fixture(autouse=True)
def with_receipts(settings: Any, anna: Staff) -> None:
    service_hours()
    ServiceHours.objects.update(receipts=True)


def outage(by: Staff, **changed: Any) -> Notice:
    """From 10:55 until about 18:00 answers take two hours; announced at 11:00 sharp."""
    told = {
        "kind": NoticeKind.OUTAGE,
        "titles": {"pl": "Awaria we Wrocławiu", "en": "Outage in Wrocław"},
        "topics": ["no-internet"],
        "starts_at": at(-5),
        "ends_at": at(420),
        "about": True,
        "promise_minutes": 120,
        **changed,
    }
    return noticing.announce(by=by, said=noticing.Announcement(**told), now=MONDAY)


def a_case(sender: str, now: datetime) -> Case:
    arrive(a_mail(sender, subject=f"Pytanie {now:%H:%M}"), now=now, evidence=PROOF)
    return Case.objects.latest("pk")


def receipt_of(case: Case, now: datetime) -> str:
    asked = Message.objects.filter(case=case, direction="in").values_list("pk", flat=True)
    assert actions.send_receipts(message_ids=list(asked), now=now) == 1
    return Message.objects.filter(case=case, direction="out").latest("pk").text


def page(client: Client, case: Case) -> str:
    return client.get(link(case)).content.decode()


@pytest.fixture
def the_form(client: Client, monkeypatch: pytest.MonkeyPatch) -> Callable[[float], str]:
    """The contact form as a stranger reads it so many minutes after eleven."""

    def read(minutes: float) -> str:
        for place in ("frame", "contact"):
            monkeypatch.setattr(f"samehand.portal.guide.{place}.now", lambda: at(minutes), raising=False)
        return client.get("/pl/kontakt/").content.decode()

    return read


def test_one_notice_changes_everything_and_taken_back_nothing(
    client: Client, ola: Staff, clock: SetClock, the_form: Callable[[float], str]
) -> None:
    before, form = a_case(ZOFIA, MONDAY), the_form(0)
    notice = outage(ola)
    told_now = the_form(1)
    meanwhile = a_case(JAN, at(1))
    receipt = receipt_of(meanwhile, at(1))
    first, said = page(client, before), page(client, meanwhile)

    assert before.due_at == at(30)
    assert BANNER in first
    assert "Anna odpowie do 11:30" in first
    assert "Później niż zwykle" not in first

    assert BANNER not in form
    assert "do 11:30" in form
    assert BANNER in told_now
    assert "do 13:01" in told_now

    assert meanwhile.due_at == at(121)
    assert "Anna odpowie do 13:01" in said
    assert f"Później niż zwykle: {BANNER}." in said
    assert receipt.startswith(f"{BANNER}. Dlatego na odpowiedź poczekasz dłużej niż zwykle.\n\n")
    assert "Anna odpowie do 13:01." in receipt

    noticing.withdraw(by=ola, notice_id=notice.pk, now=at(2))
    after = a_case(ZOFIA, at(2))

    assert after.due_at == at(32)
    assert BANNER not in the_form(2)
    assert "do 11:32" in the_form(2)
    assert BANNER not in page(client, after)
    assert BANNER not in receipt_of(after, at(2))
    # A promise that was given is not given again.
    assert "Anna odpowie do 13:01" in page(client, meanwhile)


def test_a_closed_afternoon_moves_what_would_fall_due_in_it(client: Client, ola: Staff, clock: SetClock) -> None:
    outage(ola, kind=NoticeKind.CLOSED, closes=True, promise_minutes=None, starts_at=at(15), about=False)
    case = a_case(ZOFIA, MONDAY)

    assert case.due_at == at(435)
    assert "Anna odpowie do 18:15" in page(client, case)
    assert "Dlatego na odpowiedź poczekasz dłużej" in receipt_of(case, at(1))


def test_news_are_told_and_change_no_time(client: Client, ola: Staff, clock: SetClock) -> None:
    outage(ola, kind=NoticeKind.NEWS, promise_minutes=None)
    case = a_case(ZOFIA, MONDAY)

    assert case.due_at == at(30)
    assert "<b>Awaria we Wrocławiu.</b>" in page(client, case)
    assert "Później niż zwykle" not in page(client, case)
    assert "Awaria" not in receipt_of(case, at(1))


def test_who_just_wrote_reads_the_later_time_before_it_is_filed(client: Client, ola: Staff, clock: SetClock) -> None:
    case = a_case(ZOFIA, MONDAY)
    actions.reply(case_id=case.pk, author_id=case.owner_id, text="Już działa.", seen=10**9, now=at(1))
    outage(ola)

    client.post(link(case), {"text": "Jednak nie działa.", "form": "0" * 32})

    assert "Anna odpowie do 13:05" in page(client, case)
    assert f"Później niż zwykle: {BANNER}." in page(client, case)


def test_a_mail_that_waited_over_the_end_of_it_keeps_its_terms(ola: Staff) -> None:
    outage(ola, ends_at=at(10))
    arrive(a_mail(), now=at(5), evidence=PROOF)
    late = Message.objects.get()

    assert late.due_at == at(125)
    assert why_later(late.at, late.due_at, at(60), known(at(60)))
    assert known(at(10) + timedelta(days=8)) == []


def test_a_batch_asks_for_the_notices_once_however_many_mails_it_has(ola: Staff) -> None:
    outage(ola)
    with CaptureQueriesContext(connection) as asked:
        arrive(*(a_mail(subject=f"Pytanie {number}") for number in range(5)))

    assert Message.objects.filter(due_at=at(120)).count() == 5
    assert sum('FROM "people_notice"' in one["sql"] for one in asked) == 1


def test_the_desk_finds_it_beside_a_case_about_it(
    client: Client, anna: Staff, ola: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("desk.cases", "desk.templatetags.desk", "people.frame"):
        monkeypatch.setattr(f"samehand.{place}.now", lambda: at(1))
    client.force_login(anna, backend="allauth.account.auth_backends.AuthenticationBackend")
    case = a_case(ZOFIA, MONDAY)
    outage(ola)
    other = client.get(f"/desk/cases/{case.reference}/").content.decode()
    Case.objects.filter(pk=case.pk).update(topic="no-internet", language="en")

    hint = client.get(f"/desk/cases/{case.reference}/notices").content.decode()

    assert BANNER in other
    assert "Jest o tym komunikat" not in other
    assert "Jest o tym komunikat" in hint
    assert 'data-words="Outage in Wrocław until about 18:00."' in hint
