"""From the questions to a person: the case carries the answers, and what failed is known as tried."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from samehand.cases import actions as cases
from samehand.cases.models import Turn
from samehand.cases.models.offers import Offer, Outcome
from samehand.channels.web import channel
from samehand.core.arrivals import Unreadable
from samehand.guide.models import Solution
from samehand.lib.clock import now
from samehand.people.models import ServiceHours, Staff
from samehand.portal.guide import slowing
from tests.guide.trees.test_pages import CASE, house
from tests.personas import MONDAY, anna, the_case
from tests.portal.test_contact_channel import raw

__all__ = ["anna", "house"]
pytestmark = pytest.mark.django_db
FRAUD = "strange.yes"
WORDS = {"text": "Nadal nic.", "address": "zofia@poczta.example", "form": "f" * 24, "website": ""}


def send(client: Client, **more: str) -> None:
    slowing.MESSAGES.forget()
    answer = client.post("/pl/kontakt/", WORDS | more)
    assert answer.status_code == 302
    while cases.file_waiting(now=now()):
        pass


def test_the_form_shows_what_goes_along(client: Client) -> None:
    said = client.get("/pl/kontakt/", {"tree": "no-internet", "answers": CASE}).content.decode()

    assert "Wyślemy też Twoje odpowiedzi" in said
    assert "Zrobione, nie pomogło." in said
    assert 'value="Nie działa internet w telefonie"' in said


def test_the_consultant_reads_the_answers_and_knows_what_failed(client: Client, anna: Staff) -> None:
    send(client, tree="no-internet", answers=CASE)

    offers = Offer.objects.order_by("solution__key")
    assert [(str(one.solution), one.outcome, one.channel) for one in offers] == [
        ("no-internet#restart-phone", Outcome.FAILED, "guide"), ("no-internet#set-apn", Outcome.FAILED, "guide"),
    ]  # fmt: skip
    assert {one.customer for one in offers} == {the_case().customer}
    client.force_login(anna, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/desk/cases/{the_case().reference}/").content.decode()
    assert "Odpowiedzi przed napisaniem" in page
    assert "Co widzisz obok kresek zasięgu" in page


def test_the_case_is_about_what_the_questions_came_to(client: Client) -> None:
    send(client, tree="no-internet", answers=CASE)

    assert (the_case().topic, the_case().topic_words) == ("no-internet", "Nie działa internet w telefonie")


@pytest.mark.parametrize(
    ("answers", "urgent"),
    [
        pytest.param(FRAUD, True, id="somebody else may have her number"),
        pytest.param("made.up", False, id="made-up answers"),
    ],
)
def test_what_cannot_wait_goes_before_all_others(client: Client, anna: Staff, answers: str, urgent: bool) -> None:
    ServiceHours.objects.update_or_create(pk=1, defaults={"hands_out": True})

    # What the browser says of it itself counts for nothing.
    send(client, tree="sim-lost-stolen", answers=answers, urgent="true", urgency="high")

    assert [turn.urgent for turn in Turn.objects.all()] == [urgent]


def test_what_can_wait_does(client: Client, anna: Staff) -> None:
    ServiceHours.objects.update_or_create(pk=1, defaults={"hands_out": True})

    send(client, tree="no-internet", answers=CASE)

    assert not Turn.objects.get().urgent


@pytest.mark.parametrize("said", ["yes", 1, None, {}])
def test_only_what_the_door_says_of_an_end_counts(said: object) -> None:
    read = channel.read(raw(walk={"title": "x", "urgent": said}), MONDAY, {})

    assert read.walked
    assert not read.walked.urgent


@pytest.mark.parametrize("topic", [{}, {"topic": "made-up"}])
def test_a_topic_that_is_none_is_found_by_the_words(topic: dict[str, str]) -> None:
    read = channel.read(raw(walk={"title": "x"} | topic), MONDAY, {})

    assert read.walked
    assert read.walked.topic == topic.get("topic", "")


@pytest.mark.parametrize(("tree", "answers"), [("no-internet", "made.up"), ("gone", CASE), ("\x00", "\x00")])
def test_made_up_answers_send_nothing_along(client: Client, tree: str, answers: str) -> None:
    send(client, tree=tree, answers=answers)

    assert not Offer.objects.exists()
    assert the_case().messages.get().remarks is None


def test_a_solution_that_the_guide_has_no_longer_is_no_offer(client: Client) -> None:
    Solution.objects.filter(key="set-apn").delete()

    send(client, tree="no-internet", answers=CASE)

    assert Offer.objects.count() == 1


@pytest.mark.parametrize(
    "walk",
    [
        None,
        3,
        [],
        {},
        {"title": 1},
        {"title": "x", "lines": 3},
        {"title": "x", "lines": [["one"]]},
        {"title": "x", "tried": 3},
        {"title": "x", "topic": 3},
    ],
)  # fmt: skip
def test_a_damaged_walk_is_put_aside(walk: Any) -> None:
    with pytest.raises(Unreadable):
        channel.read(raw(walk=walk), MONDAY, {})
