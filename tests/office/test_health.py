"""What a lead is told without asking."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from samehand.cases.models import Delivery, RawArrival
from samehand.lib.clock import now
from samehand.lib.health import Finding, findings
from samehand.people.models import Staff
from tests.office.conftest import put_aside
from tests.personas import a_mail, answer, arrive, the_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def of_the_desk(settings: Any) -> None:
    settings.HEALTH = ("samehand.desk.office.health.findings",)


def test_all_is_well(lead: Client) -> None:
    assert findings(now()) == []
    assert "Wszystko w porządku" in lead.get("/desk/office/").content.decode()


def test_what_lies_aside_is_told(lead: Client) -> None:
    put_aside(b"one")

    assert "Nie udało się odczytać 1 wiadomości" in lead.get("/desk/office/").content.decode()


def test_mail_that_nobody_reads_is_the_first_thing_said(lead: Client) -> None:
    put_aside(b"aside")
    put_aside(b"waiting")
    RawArrival.objects.filter(blob=RawArrival.objects.latest("pk").blob).update(
        state="waiting", stored_at=now() - timedelta(minutes=5)
    )

    assert [finding.kind for finding in findings(now())] == ["trouble", "care"]


def test_mail_of_this_very_second_is_no_trouble(lead: Client) -> None:
    put_aside(b"new")
    RawArrival.objects.update(state="waiting", stored_at=now())

    assert findings(now()) == []


def test_a_refused_answer_is_told(anna: Staff) -> None:
    arrive(a_mail())
    answer(the_case(), anna)
    Delivery.objects.update(state="refused", settled_at=now())

    (finding,) = findings(now())

    assert isinstance(finding, Finding)
    assert "odrzucił 1 odpowiedź" in finding.words
    assert finding.href.startswith(f"/desk/cases/{the_case().reference}/")
