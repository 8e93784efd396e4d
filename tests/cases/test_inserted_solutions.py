"""What an answer offers is what it says itself: not what a solution that was put in mentions on the way."""

from __future__ import annotations

import pytest
from django.conf import settings

from samehand.cases import actions
from samehand.cases.models import Case, Offer, Outcome
from samehand.cases.success import suggested
from samehand.cases.tried import tried_in
from samehand.guide.models import Category, Problem, Revision, Solution, SolutionText
from samehand.people.models import Staff
from tests.cases.test_ledger_of_offers import RESTART, a_case, problem
from tests.personas import MONDAY, answer, at, newest

__all__ = ["problem"]


def test_what_the_composer_put_in_is_one_offer_whatever_it_mentions(problem: Problem, anna: Staff) -> None:
    apn = Solution.objects.get(key="set-apn")
    steps = "W polu APN wpisz internet, zapisz.\nZrestartuj telefon. Za granicą włącz roaming"
    SolutionText.objects.filter(solution=apn).update(text=steps + ".")
    an_article(problem.category, "roaming-on", "wlaczenie-roamingu")
    case = a_case(problem)
    text = f"Ustaw APN\n{steps} ({settings.URL}/pl/pomoc/internet/wlaczenie-roamingu/).\n"

    send(case, anna, text, apn)

    assert [one.title for one in tried_in(case)] == ["Ustaw APN"]


def test_what_was_put_in_and_deleted_again_is_not_offered(problem: Problem, anna: Staff) -> None:
    case = a_case(problem)

    send(case, anna, RESTART, Solution.objects.get(key="set-apn"))

    assert [one.solution_key for one in tried_in(case)] == ["restart-phone"]


def test_what_she_is_still_at_is_not_suggested_again(problem: Problem, anna: Staff) -> None:
    case = a_case(problem)
    answer(case, anna, RESTART)

    assert [one.solution for one in suggested(case)] == [Solution.objects.get(key="set-apn").pk]


def test_articles_that_were_linked_go_by_their_titles(problem: Problem, anna: Staff) -> None:
    for slug in ("wlaczenie-roamingu", "awaria"):
        an_article(problem.category, slug, slug)
    case = a_case(problem)
    links = " ".join(f"{settings.URL}/pl/pomoc/internet/{slug}/" for slug in ("wlaczenie-roamingu", "awaria"))

    answer(case, anna, f"Tu jest wszystko: {links}.")

    assert {one.title for one in tried_in(case)} == {"O: wlaczenie-roamingu", "O: awaria"}
    actions.set_outcome(
        offer_id=Offer.objects.get(problem__key="awaria").pk, outcome=Outcome.FAILED, how="staff", by_id=anna.pk,
        now=at(9),
    )  # fmt: skip
    with pytest.raises(actions.AlreadyFailed):
        answer(case, anna, f"Tu: {settings.URL}/pl/pomoc/internet/awaria/")
    answer(case, anna, f"Tu: {settings.URL}/pl/pomoc/internet/wlaczenie-roamingu/")


def an_article(shelf: Category, key: str, slug: str) -> None:
    problem = Problem.objects.create(key=key, kind="technical", category=shelf, created_at=MONDAY)
    Revision.objects.create(
        problem=problem, language="pl", number=1, state=Revision.State.PUBLISHED, title=f"O: {slug}", slug=slug,
        body="x", created_at=MONDAY, edited_at=MONDAY, published_at=MONDAY,
    )  # fmt: skip


def send(case: Case, anna: Staff, text: str, inserted: Solution) -> None:
    actions.reply(case_id=case.pk, author_id=anna.pk, text=text, seen=newest(case), now=at(5), inserted=[inserted.pk])
