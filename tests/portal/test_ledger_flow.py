"""From the guide to the answer that helps: what did not help last week is not offered again, what helps rises."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from samehand.cases import actions
from samehand.cases.models import Case, Message, Offer, Outcome, Prevented
from samehand.cases.success import suggested
from samehand.guide.models import Problem, Revision, Solution, SolutionText
from samehand.people.models import Staff
from tests.guide.articles import published
from tests.personas import MONDAY, PROVEN, ZOFIA, a_mail, anna, arrive, at, newest
from tests.portal.conftest import link

__all__ = ["anna"]
LAST_WEEK = MONDAY - timedelta(days=7)
BODY = """Zacznij od góry.

## Uruchom telefon ponownie {#restart-phone}

1. Wyłącz telefon, poczekaj minutę i go włącz.

## Ustaw APN {#set-apn}

1. W polu APN wpisz internet.
2. Zapisz i zaznacz ten punkt dostępu.
"""


@pytest.fixture
def article(db: None) -> Revision:
    revision = published("no-internet", BODY)
    Problem.objects.filter(pk=revision.problem_id).update(topic="no-internet", kind="technical")
    for place, (key, title, text) in enumerate(
        (
            ("restart-phone", "Uruchom telefon ponownie", "Wyłącz telefon, poczekaj minutę i go włącz."),
            ("set-apn", "Ustaw APN", "W polu APN wpisz internet.\nZapisz i zaznacz ten punkt dostępu."),
        )
    ):
        solution = Solution.objects.create(problem=revision.problem, key=key, place=place)
        SolutionText.objects.create(solution=solution, language="pl", title=title, text=text)
    return revision


def called_last_week(anna: Staff, problem: Problem) -> Case:
    """Zofia called; she restarted her phone with Anna on the line, and it did not help."""
    arrive(a_mail(ZOFIA, "Internet", "Proszę o telefon w sprawie internetu."), now=LAST_WEEK, evidence=PROVEN)
    case = Case.objects.get()
    actions.name_problem(case_id=case.pk, problem=problem, by_id=anna.pk, now=LAST_WEEK)
    actions.record_offer(
        case_id=case.pk, by_id=anna.pk, channel="phone", now=LAST_WEEK, outcome=Outcome.FAILED,
        solution_id=Solution.objects.get(key="restart-phone").pk,
    )  # fmt: skip
    actions.solve(case_id=case.pk, author_id=anna.pk, seen=newest(case), now=LAST_WEEK)
    return case


def writes_by_form(client: Client, article: Revision) -> Case:
    read = {"problem": article.problem.key, "at": at(-3).isoformat(), "query": "nie mam neta", "helped": False}
    form = {
        "form": "k" * 24, "about": "Nie działa internet", "text": "Internet w telefonie nie działa od rana.",
        "name": "Zofia", "address": "zofia@poczta.example", "phone": "", "read": json.dumps(read),
    }  # fmt: skip
    assert client.post("/pl/kontakt/", form).status_code == 302
    while actions.file_waiting(now=at(1)):
        pass
    return Case.objects.latest("pk")


def ranks(case: Case) -> list[tuple[str, int, int]]:
    keys = dict(Solution.objects.values_list("pk", "key"))
    return [(keys[one.solution], one.share.count, one.share.of) for one in suggested(case)]


def opened_at_the_desk(at_the_desk: Client, case: Case, article: Revision) -> None:
    """The case is seen to be about the article that she had read in vain."""
    assert case.read_before.get().problem == article.problem
    assert at_the_desk.get(f"/desk/cases/{case.reference}/").status_code == 200
    case.refresh_from_db()
    assert case.problem == article.problem


def answers(at_the_desk: Client, case: Case, text: str) -> HttpResponse:
    return at_the_desk.post(f"/desk/cases/{case.reference}/reply", {"text": text, "seen": newest(case)})


def she_says_it_helped(client: Client, case: Case, offer: Offer) -> None:
    """By the link under the answer; a scanner that only looks at it says nothing."""
    said = f"{link(case)}/tried/{offer.message_id}/helped"
    client.get(said)
    assert Offer.objects.get(pk=offer.pk).outcome == Outcome.UNKNOWN
    client.post(said)
    assert Offer.objects.get(pk=offer.pk).outcome == Outcome.HELPED


def the_next_customers(anna: Staff, problem: Problem) -> Case:
    arrive(a_mail("Jan Żuk <jan@poczta.example>", "Internet", "Nie działa internet."), now=at(9))
    case = Case.objects.latest("pk")
    actions.name_problem(case_id=case.pk, problem=problem, by_id=anna.pk, now=at(9))
    case.refresh_from_db()
    return case


def test_what_failed_by_phone_is_refused_and_what_helps_rises(
    client: Client, at_the_desk: Client, anna: Staff, article: Revision, monkeypatch: pytest.MonkeyPatch
) -> None:
    for door in ("samehand.portal.views", "samehand.portal.guide.contact", "samehand.desk.acts"):
        monkeypatch.setattr(f"{door}.now", lambda: at(2))
    called_last_week(anna, article.problem)

    assert client.get(f"/pl/pomoc/karta-sim/{article.slug}/").status_code == 200
    case = writes_by_form(client, article)
    opened_at_the_desk(at_the_desk, case, article)
    assert ranks(case) == [("set-apn", 0, 0)]

    # The first idea is last week's in other words: it does not leave, and Anna's text is not lost.
    first = "Dzień dobry, czy może Pani wyłączyć telefon i po chwili go włączyć?"
    refused = answers(at_the_desk, case, first)
    assert (refused.status_code, first in refused.content.decode()) == (422, True)
    assert Prevented.objects.get().offer.channel == "phone"
    assert not case.messages.filter(direction=Message.Direction.OUT).exists()

    second = "Skoro restart nie pomógł, proszę wpisać w telefonie APN: internet."
    assert answers(at_the_desk, case, second).status_code == 302
    offer = Offer.objects.get(case=case)
    assert (offer.solution.key, offer.outcome) == ("set-apn", Outcome.UNKNOWN)
    she_says_it_helped(client, case, offer)

    assert ranks(the_next_customers(anna, article.problem)) == [("set-apn", 1, 1), ("restart-phone", 0, 1)]
