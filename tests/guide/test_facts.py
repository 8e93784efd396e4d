"""Articles promise what the desk promises, unless the operator words it himself."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection

from samehand.config.house import greeting
from samehand.guide import actions, facts, setup
from samehand.guide.models import Document, SolutionText
from samehand.people.actions import noticing
from samehand.people.models import ServiceHours, Staff
from tests.guide.test_publishing import out
from tests.personas import at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("minutes", "pl", "en"),
    [(30, "30 minut", "30 minutes"), (90, "90 minut", "90 minutes"), (1, "1 minuty", "1 minute")],
)
def test_the_promise_is_the_desks(minutes: int, pl: str, en: str) -> None:
    ServiceHours.objects.update_or_create(id=1, defaults={"promise_minutes": minutes})

    assert (facts.values("pl")["promise"], facts.values("en")["promise"]) == (pl, en)


def test_while_answers_take_longer_a_page_does_not_promise_the_usual(ola: Staff) -> None:
    slow = noticing.Announcement(
        kind="slow", titles={"pl": "Dużo pytań"}, starts_at=at(0), ends_at=at(60), promise_minutes=120
    )
    noticing.announce(by=ola, said=slow, now=at(0))

    assert facts.values("pl", at(30))["promise"] == "120 minut"
    assert facts.values("pl", at(60))["promise"] == "30 minut"
    assert facts.values("pl")["promise"] == "30 minut", "what is kept says what is usual"


def test_the_operators_own_words_go_before(adam: Staff) -> None:
    actions.state_fact(by=adam, key="promise", values={"pl": "pół godziny", "en": "half an hour"}, now=at(0))

    assert facts.values("pl")["promise"] == "pół godziny"


def test_a_new_house_says_where_its_facts_are_said(adam: Staff, settings: Any) -> None:
    settings.DEMO = False
    assert any("/desk/guide/facts" in line for line in greeting.lines(""))

    actions.state_fact(by=adam, key="hotline", values={"pl": "*300", "en": "*300"}, now=at(0))

    assert not any("/desk/guide/facts" in line for line in greeting.lines(""))


def calls(number: str) -> str:
    return "Wstęp.\n\n## Zadzwoń {#call}\n\n1. Zadzwoń: " + number + ".\n"


@pytest.mark.parametrize("place", ["{{hotline}}", "{{ hotline }}"])
def test_solutions_say_a_new_fact_at_once(ola: Staff, adam: Staff, place: str) -> None:
    out(ola, body=calls(place))

    actions.state_fact(by=adam, key="hotline", values={"pl": "*300", "en": "*300"}, now=at(1))

    assert SolutionText.objects.get().text == "1. Zadzwoń: *300."


def test_signs_that_nobody_sees_do_not_get_into_a_fact(adam: Staff) -> None:
    values = {"pl": "Fala\x00\x01\n Mobile", "en": "Fala\x1f Mobile"}
    actions.state_fact(by=adam, key="operator", values=values, now=at(0))

    iphone = setup.setup_of_skin("iphone", "pl")
    assert iphone
    assert b"<string>Fala Mobile</string>" in setup.profile(iphone)


@pytest.mark.django_db(transaction=True)
def test_a_fact_and_a_version_at_the_same_time_are_both_said(ola: Staff, adam: Staff) -> None:
    first = out(ola, body=calls("{{hotline}}"))
    draft = actions.start(problem_id=first.problem_id, language="pl", by=ola, now=at(1))
    text = actions.Text(draft.title, draft.slug, calls("{{hotline}}, {{email}}"))
    actions.save(revision_id=draft.pk, by=ola, text=text, seen=at(1), now=at(2))
    together = threading.Barrier(2)

    def state() -> None:
        together.wait()
        actions.state_fact(by=adam, key="hotline", values={"pl": "*300", "en": "*300"}, now=at(3))
        connection.close()

    administrator = threading.Thread(target=state)
    administrator.start()
    together.wait()
    actions.publish(revision_id=draft.pk, by=ola, seen=at(2), alone=True, now=at(3))
    administrator.join()

    assert SolutionText.objects.get().text == f"1. Zadzwoń: *300, {facts.values('pl')['email']}."
    assert Document.objects.get().revision_id == draft.pk
