"""Where the ledger stops: what it does not conclude, what it counts once, what it no longer holds against a draft."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samehand.cases import actions
from samehand.cases.drafts import draft_of, judged
from samehand.cases.models import Case, Offer, Outcome, Prevented
from samehand.core.solutions import Allow
from samehand.guide.models import Problem
from samehand.people.models import Staff
from tests.cases.test_ledger_of_offers import APN, RESTART, a_case, failed_by_phone, problem
from tests.personas import a_mail, answer, arrive, at

__all__ = ["problem"]


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        pytest.param("Już działa, dziękuję!", Outcome.UNKNOWN, id="which of them helped she has to say herself"),
        pytest.param("Nadal nie działa.", Outcome.FAILED, id="that nothing did is said of all"),
    ],
)
def test_of_several_things_at_once(problem: Problem, anna: Staff, words: str, outcome: str) -> None:
    sent = answer(a_case(problem), anna, f"{RESTART}\n{APN}")

    arrive(a_mail(text=words, answers=sent.message_id), now=at(30))

    assert [offer.outcome for offer in Offer.objects.all()] == [outcome] * 2


def test_a_draft_that_is_sent_again_at_once_was_stopped_once(problem: Problem, anna: Staff) -> None:
    case = a_case(problem)
    failed_by_phone(case, anna)

    for minute in (5, 6, 90):
        with pytest.raises(actions.AlreadyFailed):
            answer(case, anna, RESTART, now=at(minute))

    assert [row.at for row in Prevented.objects.order_by("at")] == [at(5), at(90)]


@pytest.mark.parametrize(("days", "warned"), [(89, 1), (91, 0)])
def test_what_failed_long_ago_for_another_problem_is_forgotten(
    problem: Problem, anna: Staff, days: int, warned: int
) -> None:
    failed_by_phone(a_case(problem), anna)
    later = a_case(problem, text="Coś innego.")
    Case.objects.filter(pk=later.pk).update(problem=None)
    later.refresh_from_db()

    said = judged(later, draft_of(RESTART), at(1) + timedelta(days=days))

    assert isinstance(said, Allow)
    assert len(said.warn) == warned
