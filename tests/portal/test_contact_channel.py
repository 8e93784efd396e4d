"""What the contact form sends, read as an arrival and filed."""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client

from samehand.cases import actions
from samehand.cases.models import RawArrival
from samehand.channels.web import channel
from samehand.core.arrivals import Unreadable
from samehand.guide.models import Category, Kind, Problem
from samehand.people.models import ContactPoint, Customer, Staff
from tests.personas import MONDAY, PROVEN, a_mail, anna, arrive, the_case

__all__ = ["anna"]
SAID: dict[str, Any] = {
    "kind": "contact", "form": "f" * 24, "language": "pl", "name": "Zofia", "address": "Zofia@poczta.example",
    "phone": "600 100 200", "about": "Karta SIM", "text": "Zgubiłam kartę.", "files": [], "read": [],
}  # fmt: skip
READ = {"problem": "sim-lost", "at": (MONDAY - timedelta(minutes=9)).isoformat(), "query": "karta", "helped": False}


def raw(**changes: Any) -> bytes:
    return json.dumps(SAID | changes).encode()


def comes(**changes: Any) -> None:
    sent = raw(**changes)
    incoming = [actions.Incoming(sent, MONDAY, sha256(sent).hexdigest(), {"contact": SAID["form"]})]
    actions.accept(channel="web", mailbox="", incoming=incoming, now=MONDAY)
    actions.file_waiting(now=MONDAY)


@pytest.fixture
def problem(db: None) -> Problem:
    category = Category.objects.create(key="sim", names={"pl": "Karta SIM"}, slugs={"pl": "karta-sim"})
    return Problem.objects.create(key="sim-lost", kind=Kind.FORMAL, category=category, created_at=MONDAY)


def test_all_that_was_written_is_in_the_arrival() -> None:
    arrival = channel.read(raw(read=[READ]), MONDAY, {})

    assert (arrival.from_address, arrival.from_name) == ("zofia@poczta.example", "Zofia")
    assert (arrival.subject, arrival.text, arrival.claimed) == ("Karta SIM", "Zgubiłam kartę.", True)
    assert arrival.remarks[0].words == {"number": "600 100 200"}
    (read,) = arrival.read_before
    assert (read.problem, read.query, read.helped) == ("sim-lost", "karta", False)
    assert read.at == MONDAY - timedelta(minutes=9)


@pytest.mark.parametrize(("told", "kept"), [(" Samsung\x00 A12 ", "Samsung A12"), ("x" * 999, "x" * 200)])
def test_the_phone_that_the_guide_was_told_of(told: str, kept: str) -> None:
    arrival = channel.read(raw(model=told, phone=""), MONDAY, {})

    assert [(one.kind, one.words) for one in arrival.remarks] == [("model", {"name": kept})]


@pytest.mark.parametrize("at", ["", "soon", "2026-11-23T09:00:00", (MONDAY + timedelta(days=3)).isoformat()])
def test_a_clock_that_cannot_be_right_is_not_believed(at: str) -> None:
    (read,) = channel.read(raw(read=[READ | {"at": at}]), MONDAY, {}).read_before

    assert read.at == MONDAY


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"address": "nobody"}, id="no address"),
        pytest.param({"address": None}, id="address is nothing"),
        pytest.param({"text": " "}, id="neither text nor files"),
        pytest.param({"read": {"a": 1}}, id="what was read is no list"),
        pytest.param({"read": ["sim-lost"]}, id="what was read has no parts"),
        pytest.param({"model": 7}, id="the phone is no words"),
        pytest.param({"kind": "another"}, id="a kind that nobody knows has no token"),
    ],
)
def test_rubbish_is_unreadable_and_nothing_else(changes: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        channel.read(raw(**changes), MONDAY, {})


@pytest.mark.django_db
def test_it_opens_a_case_of_a_writer_whom_nobody_has_proven(anna: Staff, at_the_desk: Client) -> None:
    comes()

    case = the_case()
    assert (case.owner, case.subject, case.topic) == (anna, "Karta SIM", case.topic)
    message = case.messages.get()
    assert (message.trust, message.trust_reason) == ("unproven", "claimed")
    page = at_the_desk.get(f"/desk/cases/{case.reference}/").content.decode()
    assert "Nie wiadomo na pewno, kto to napisał." in page
    assert "600 100 200" in page
    assert "z formularza kontaktowego" in page
    assert "formularz kontaktowy, w którym każdy może wpisać dowolny adres" in page


@pytest.mark.django_db
def test_it_is_filed_beside_the_other_cases_of_the_address_and_joins_none(anna: Staff) -> None:
    arrive(a_mail(), evidence=PROVEN)
    first = the_case()

    comes()

    customer = Customer.objects.get()
    assert customer.contact_points.get().value == "zofia@poczta.example"
    assert first.messages.count() == 1
    assert customer.cases.count() == 2


@pytest.mark.django_db
def test_a_colleagues_address_is_not_believed(anna: Staff) -> None:
    comes(address=anna.email)

    assert the_case().messages.get().trust == "forged"
    assert not ContactPoint.objects.filter(value=anna.email).exists()


@pytest.mark.django_db
def test_the_consultant_sees_what_was_read(problem: Problem, at_the_desk: Client) -> None:
    comes(read=[READ, READ, {"problem": "made-up", "at": "", "query": "", "helped": None}])

    assert RawArrival.objects.get().state == "filed"
    (read,) = the_case().read_before.all()
    assert (read.problem, read.query, read.helped) == (problem, "karta", False)
    page = at_the_desk.get(f"/desk/cases/{the_case().reference}/").content.decode()
    assert "szukane „karta”" in page
    assert "nie pomogło" in page
