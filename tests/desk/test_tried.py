"""What was tried stands beside the place to answer; what failed is not sent by mistake."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from samehand.cases import actions
from samehand.cases.models import Case, Delivery, Message, Offer, Outcome, Prevented
from samehand.guide.models import Category, Problem, Solution, SolutionText
from samehand.people.models import Staff
from tests.personas import MONDAY, a_mail, anna, arrive, at, newest

__all__ = ["anna"]
AGAIN = "Proszę wyłączyć telefon i włączyć go po minucie."


@pytest.fixture
def case(anna: Staff) -> Case:
    shelf = Category.objects.create(key="internet", names={"pl": "Internet"}, slugs={"pl": "internet"})
    problem = Problem.objects.create(key="no-internet", kind="technical", category=shelf, created_at=MONDAY)
    solution = Solution.objects.create(problem=problem, key="restart-phone")
    SolutionText.objects.create(
        solution=solution, language="pl", title="Uruchom telefon ponownie", text="Wyłącz telefon i go włącz."
    )
    arrive(a_mail(subject="Internet", text="Nie działa internet."))
    case = Case.objects.get()
    return actions.name_problem(case_id=case.pk, problem=problem, by_id=anna.pk, now=at(1))


@pytest.fixture
def failed(case: Case, anna: Staff) -> Offer:
    return actions.record_offer(
        case_id=case.pk, by_id=anna.pk, channel="phone", now=at(2), solution_id=Solution.objects.get().pk,
        outcome=Outcome.FAILED,
    )  # fmt: skip


@pytest.fixture
def desk(client: Client, anna: Staff) -> Client:
    client.force_login(anna)
    return client


def test_a_draft_that_offers_it_again_comes_back_with_its_text(desk: Client, case: Case, failed: Offer) -> None:
    sent = {"text": AGAIN, "seen": newest(case)}

    refused = desk.post(f"/desk/cases/{case.reference}/reply", sent)

    page = refused.content.decode()
    assert refused.status_code == 422
    assert AGAIN in page
    assert 'name="in_spite_of"' in page
    assert Prevented.objects.filter(reason="").count() == 1
    assert not case.messages.filter(direction=Message.Direction.OUT).exists()

    desk.post(f"/desk/cases/{case.reference}/reply", {**sent, "in_spite_of": "Ma nowy telefon"})

    assert case.messages.filter(direction=Message.Direction.OUT).count() == 1
    assert Prevented.objects.get(reason="Ma nowy telefon").offer == failed


def test_an_answer_that_came_back_does_not_go_out_once_more_when_it_failed_meanwhile(
    desk: Client, case: Case, anna: Staff
) -> None:
    sent = actions.reply(case_id=case.pk, author_id=anna.pk, text=AGAIN, seen=newest(case), now=at(2))
    Delivery.objects.update(state=Delivery.State.REFUSED)
    actions.set_outcome(offer_id=Offer.objects.get().pk, outcome=Outcome.FAILED, how="staff", now=at(3))

    page = desk.post(f"/desk/messages/{sent.pk}/send-again", follow=True).content.decode()

    assert "To znowu „Uruchom telefon ponownie”, a to już nie pomogło" in page
    assert Delivery.objects.get().state == Delivery.State.REFUSED


def test_while_she_writes_she_is_warned(desk: Client, case: Case, failed: Offer) -> None:
    warned = desk.post(f"/desk/cases/{case.reference}/again", {"text": AGAIN})
    calm = desk.post(f"/desk/cases/{case.reference}/again", {"text": "Proszę podać model telefonu."})

    assert "Uruchom telefon ponownie" in warned.content.decode()
    assert "<p" not in calm.content.decode()


def test_a_warning_claims_no_problem_that_nobody_named(desk: Client, case: Case, failed: Offer) -> None:
    Case.objects.update(problem=None)
    Offer.objects.update(problem=None)
    arrive(a_mail(subject="Internet", text="Znowu nic."), now=at(60))
    later = Case.objects.latest("pk")

    warned = desk.post(f"/desk/cases/{later.reference}/again", {"text": AGAIN}).content.decode()

    assert "a to już nie pomogło" in warned
    assert "przy innym problemie" not in warned


def test_the_panel_says_what_was_tried_and_outcomes_are_set_and_undone(desk: Client, case: Case, failed: Offer) -> None:
    page = desk.get(f"/desk/cases/{case.reference}/").content.decode()
    assert "Uruchom telefon ponownie" in page

    desk.post(f"/desk/offers/{failed.pk}/undo", {"case": case.reference, "outcome": "failed"})
    failed.refresh_from_db()
    assert failed.outcome == Outcome.UNKNOWN

    desk.post(f"/desk/offers/{failed.pk}/outcome", {"case": case.reference, "outcome": "helped"})
    failed.refresh_from_db()
    assert (failed.outcome, failed.outcome_how) == (Outcome.HELPED, "staff")

    desk.post(f"/desk/offers/{failed.pk}/outcome", {"case": case.reference, "outcome": "<b>"})
    failed.refresh_from_db()
    assert failed.outcome == Outcome.HELPED


def test_undone_twice_is_undone_once(desk: Client, case: Case, failed: Offer) -> None:
    actions.set_outcome(offer_id=failed.pk, outcome=Outcome.HELPED, how="link", now=at(3))
    page = desk.get(f"/desk/cases/{case.reference}/").content.decode()
    assert '<input type="hidden" name="outcome" value="helped">' in page

    for _ in range(2):
        desk.post(f"/desk/offers/{failed.pk}/undo", {"case": case.reference, "outcome": "helped"})

    failed.refresh_from_db()
    assert failed.outcome == Outcome.FAILED, "what had failed is not forgotten"


def test_what_was_tried_by_phone_is_noted(desk: Client, case: Case) -> None:
    tried = {"text": "Karta w innym telefonie", "channel": "phone", "outcome": "failed"}

    desk.post(f"/desk/cases/{case.reference}/tried", tried)
    desk.post(f"/desk/cases/{case.reference}/tried", {**tried, "text": " "})

    offer = Offer.objects.get()
    assert (offer.channel, offer.outcome, offer.problem) == ("phone", Outcome.FAILED, case.problem)


def test_what_nobody_can_have_tried_on_that_day_is_not_noted(desk: Client, case: Case) -> None:
    said = {"text": "Restart", "channel": "phone", "day": "0001-01-01T00:00"}

    page = desk.post(f"/desk/cases/{case.reference}/tried", said, follow=True)

    assert "tego dnia nikt nie mógł tego próbować" in page.content.decode()
    assert not Offer.objects.exists()


def test_signs_that_nobody_types_are_no_trouble(desk: Client, case: Case) -> None:
    text = f"Proszę zajrzeć: {settings.URL}/pl/pomoc/internet/apn%00"

    assert desk.post(f"/desk/cases/{case.reference}/again", {"text": text}).status_code == 200
    assert desk.post(f"/desk/cases/{case.reference}/problem", {"problem": "no-internet\x00"}).status_code == 302


def test_the_problem_is_named_and_taken_back(desk: Client, case: Case) -> None:
    address = f"/desk/cases/{case.reference}/problem"

    assert desk.get(address).status_code == 200
    desk.post(address, {"problem": ""})
    case.refresh_from_db()
    assert case.problem is None
    assert desk.post(address, {"problem": "no-such"}).status_code == 404
    desk.post(address, {"problem": "no-internet"})
    case.refresh_from_db()
    assert case.problem is not None


@pytest.mark.parametrize("path", ["cases/{ref}/again", "cases/{ref}/tried", "offers/{pk}/outcome", "offers/{pk}/undo"])
def test_a_stranger_changes_nothing(client: Client, case: Case, failed: Offer, path: str) -> None:
    response = client.post("/desk/" + path.format(ref=case.reference, pk=failed.pk), {"outcome": "helped"})

    assert "/account/login/" in response["Location"]
    failed.refresh_from_db()
    assert failed.outcome == Outcome.FAILED
