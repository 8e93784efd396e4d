"""Ola sees that nothing is lost, in numbers."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from samehand.cases.ledger import Sum
from samehand.channels.mail.boxes.proof import sentence
from samehand.channels.mail.models import Reconciliation
from samehand.lib.clock import now
from samehand.people.models import Staff
from tests.office.conftest import put_aside
from tests.personas import a_mail, arrive

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("sums", "polish", "english"),
    [
        pytest.param(
            Sum(12481, 12478, 0, 3),
            "Przyszło 12\xa0481 wiadomości: 12\xa0478 w sprawach, 0 czeka, 3 odłożone.",
            "12,481 messages arrived: 12,478 are filed, 0 wait, 3 are put aside.",
            id="thousands",
        ),
        pytest.param(
            Sum(1, 1, 0, 0),
            "Przyszła 1 wiadomość: 1 w sprawie, 0 czeka, 0 odłożonych.",
            "1 message arrived: 1 filed, 0 wait, 0 are put aside.",
            id="one",
        ),
        pytest.param(
            Sum(22, 17, 4, 1),
            "Przyszły 22 wiadomości: 17 w sprawach, 4 czekają, 1 odłożona.",
            "22 messages arrived: 17 are filed, 4 wait, 1 put aside.",
            id="a few",
        ),
    ],
)
def test_the_sentence_has_the_right_plurals(sums: Sum, polish: str, english: str) -> None:
    assert sentence(sums) == polish
    with translation.override("en"):
        assert sentence(sums) == english


def test_the_page_counts_what_came_by_which_way(lead: Client) -> None:
    arrive(a_mail(), a_mail(subject="Druga"))
    put_aside(b"x")

    page = lead.get("/desk/office/mail").content.decode()

    assert "Przyszły 3 wiadomości: 2 w sprawach, 0 czeka, 1 odłożona." in page
    assert "nasze drzwi (SMTP, LMTP)" in page
    assert "Jeszcze nic nie porównano" in page


def test_a_lead_has_it_checked_once_and_sees_that_it_runs(lead: Client) -> None:
    lead.post("/desk/office/mail/check")
    lead.post("/desk/office/mail/check")

    assert Reconciliation.objects.count() == 1
    assert "Trwa porównywanie" in lead.get("/desk/office/mail", headers={"HX-Request": "true"}).content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({}, "Nic nie zginęło", id="all is here"),
        pytest.param({"bytes_missing": 2}, "Brakuje 2 wiadomości.", id="bytes are gone"),
        pytest.param(
            {"mailboxes": [{"mailbox": "Pomoc", "trouble": "login: NO", "still_missing": 0, "fetched": 0}]},
            "Nie udało się porównać 1 skrzynki.",
            id="a mailbox was closed",
        ),
    ],
)
def test_the_last_comparison_is_told(lead: Client, fields: dict[str, Any], words: str) -> None:
    Reconciliation.objects.create(begun_at=now(), touched_at=now(), ended_at=now(), **fields)

    assert words in lead.get("/desk/office/mail").content.decode()


def test_consultants_do_not_see_it(anna: Staff, signed_in: Any) -> None:
    client = signed_in(anna)

    assert client.get("/desk/office/mail").status_code == 403
    assert client.post("/desk/office/mail/check").status_code == 403
    assert not Reconciliation.objects.exists()
