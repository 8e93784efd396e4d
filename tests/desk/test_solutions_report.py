"""What leads learn from the ledger."""

from __future__ import annotations

import pytest
from django.test import Client

from samehand.cases.models import Delivery, Offer, Outcome, Prevented
from samehand.cases.success import kept, solved_at_first, successes, unhelpful
from samehand.guide.models import Category, Problem, Solution, SolutionText
from samehand.lib.clock import now
from samehand.people.models import Staff
from tests.personas import MONDAY, a_mail, anna, answer, arrive, at, ola, the_case

__all__ = ["anna", "ola"]
BEGIN, END = at(-1), at(600)


@pytest.fixture
def solution(anna: Staff) -> Solution:
    shelf = Category.objects.create(key="internet", names={"pl": "Internet"}, slugs={"pl": "internet"})
    problem = Problem.objects.create(key="no-internet", kind="technical", category=shelf, created_at=MONDAY)
    solution = Solution.objects.create(problem=problem, key="restart-phone")
    SolutionText.objects.create(solution=solution, language="pl", title="=Uruchom telefon", text="Wyłącz i włącz.")
    arrive(a_mail())
    return solution


def offers(solution: Solution, outcome: str, times: int, family: str = "", when: object = None) -> None:
    customer = the_case().customer
    for _number in range(times):
        Offer.objects.create(
            customer=customer, problem=solution.problem, solution=solution, case=the_case(), channel="phone",
            outcome=outcome, offered_at=when or at(1), family=family,
        )  # fmt: skip


def test_success_is_counted_with_its_interval_and_by_family(solution: Solution) -> None:
    offers(solution, Outcome.HELPED, 3, "iphone")
    offers(solution, Outcome.FAILED, 1, "samsung")
    offers(solution, Outcome.UNKNOWN, 2)

    (one,) = successes(BEGIN, END)

    assert (one.offered, one.share.count, one.share.of) == (6, 3, 4)
    assert one.share.low < 0.75 < one.share.high
    assert {name: found.count for name, found in one.families} == {"iphone": 3, "samsung": 0}
    assert unhelpful([one]) == []


def test_a_way_to_us_is_not_counted(solution: Solution) -> None:
    offers(Solution.objects.create(problem=solution.problem, key="write-to-us"), Outcome.HELPED, 2)

    assert successes(BEGIN, END) == []


def test_what_mostly_fails_is_named(solution: Solution) -> None:
    offers(solution, Outcome.FAILED, 3)

    assert [one.solution_key for one in unhelpful(successes(BEGIN, END))] == ["restart-phone"]


def test_solved_by_one_answer_is_solved_at_first(solution: Solution, anna: Staff) -> None:
    answer(the_case(), anna, "Już działa.")
    type(the_case()).objects.update(status="solved")
    assert (solved_at_first(BEGIN, END).count, solved_at_first(BEGIN, END).of) == (1, 1)

    second = answer(the_case(), anna, "I jeszcze jedno.", now=at(9))
    type(the_case()).objects.update(status="solved")
    assert (solved_at_first(BEGIN, END).count, solved_at_first(BEGIN, END).of) == (0, 1)

    Delivery.objects.filter(message=second).update(state=Delivery.State.CANCELLED)
    assert solved_at_first(BEGIN, END).count == 1, "what was taken back is no answer"


def test_the_page_and_its_table_are_the_leads(client: Client, solution: Solution, anna: Staff, ola: Staff) -> None:
    offers(solution, Outcome.HELPED, 2, when=now())
    stopped, sent = Offer.objects.all()
    more = {"case": the_case(), "by": anna, "how": "text", "likeness": 0.9, "at": now()}
    Prevented.objects.create(offer=stopped, **more)
    Prevented.objects.create(offer=sent, reason="<b>Nowy telefon</b>", **more)

    client.force_login(anna)
    assert client.get("/desk/solutions/").status_code == 403
    assert client.get("/desk/solutions/solutions.csv").status_code == 403
    client.force_login(ola)
    page = client.get("/desk/solutions/").content.decode()
    table = client.get("/desk/solutions/solutions.csv?days=7").content.decode("utf-8-sig")

    assert "&lt;b&gt;Nowy telefon" in page
    assert "2 z 2, 34–100%" in page
    assert 'href="/desk/guide/problem/no-internet"' in page
    assert table.splitlines()[0].startswith("problem,solution,title")
    assert "'=Uruchom telefon" in table
    found = kept(at(-1), now())
    assert (found.refused, found.sent, found.by_text) == (1, 1, 2)


@pytest.mark.parametrize("days", ["", "x", "-1", "99999999999999999999"])
def test_any_other_time_is_a_month(client: Client, ola: Staff, days: str) -> None:
    client.force_login(ola)

    assert client.get(f"/desk/solutions/?days={days}").status_code == 200
