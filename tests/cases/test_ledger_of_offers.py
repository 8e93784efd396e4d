"""What did not help a customer is not offered to her again; what she says of it is heard."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings

from samehand.cases import actions
from samehand.cases.models import Case, Message, Offer, Outcome, Prevented
from samehand.cases.success import suggested
from samehand.cases.tried import solutions_tried, tried_in
from samehand.guide.models import Category, Problem, Redirect, Solution, SolutionText
from samehand.people.models import Staff
from tests.guide.test_at_once import at_once
from tests.personas import JAN, MONDAY, ZOFIA, a_mail, answer, arrive, at, newest

RESTART = "Proszę zrestartować telefon i napisać, czy internet wrócił."
APN = "Proszę wpisać w telefonie APN: internet."


@pytest.fixture
def problem(db: None) -> Problem:
    shelf = Category.objects.create(key="internet", names={"pl": "Internet"}, slugs={"pl": "internet"})
    problem = Problem.objects.create(
        key="no-internet", kind="technical", category=shelf, topic="no-internet", created_at=MONDAY
    )
    for place, (key, title, text) in enumerate(
        (
            ("restart-phone", "Uruchom telefon ponownie", "Wyłącz telefon, poczekaj minutę i go włącz."),
            ("set-apn", "Ustaw APN", "W polu APN wpisz internet, zapisz."),
        )
    ):
        solution = Solution.objects.create(problem=problem, key=key, place=place)
        SolutionText.objects.create(solution=solution, language="pl", title=title, text=text)
    return problem


def a_case(problem: Problem, sender: str = ZOFIA, text: str = "Nie działa internet.") -> Case:
    arrive(a_mail(sender, "Internet", text))
    case = Case.objects.order_by("-pk")[0]
    Case.objects.filter(pk=case.pk).update(problem=problem)
    case.refresh_from_db()
    return case


def failed_by_phone(case: Case, anna: Staff) -> Offer:
    return actions.record_offer(
        case_id=case.pk, by_id=anna.pk, channel="phone", now=at(1), outcome=Outcome.FAILED,
        solution_id=Solution.objects.get(key="restart-phone").pk,
    )  # fmt: skip


def test_an_answer_writes_down_what_it_offers(problem: Problem, anna: Staff) -> None:
    case = a_case(problem)

    sent = answer(case, anna, RESTART)

    offer = Offer.objects.get()
    assert (offer.solution.key, offer.message, offer.by, offer.channel) == ("restart-phone", sent, anna, "mail")
    assert offer.outcome == Outcome.UNKNOWN


def test_what_failed_by_phone_is_refused_in_other_words_and_stays_known(problem: Problem, anna: Staff) -> None:
    case = a_case(problem)
    failed = failed_by_phone(case, anna)

    with pytest.raises(actions.AlreadyFailed) as refused:
        answer(case, anna, "Czy może Pani wyłączyć telefon i włączyć go po chwili?")

    assert [(one.offer, one.how) for one in refused.value.met] == [(failed, "text")]
    assert refused.value.met[0].likeness >= 0.6
    assert not case.messages.filter(direction=Message.Direction.OUT).exists()
    assert Prevented.objects.get().reason == ""


def test_with_a_reason_it_leaves_and_the_reason_is_kept(problem: Problem, anna: Staff) -> None:
    case = a_case(problem)
    failed = failed_by_phone(case, anna)

    actions.reply(
        case_id=case.pk, author_id=anna.pk, text=RESTART, seen=newest(case), now=at(5), in_spite_of="Nowy telefon"
    )

    assert Offer.objects.get(repeats=failed).reason == "Nowy telefon"
    assert Prevented.objects.get().reason == "Nowy telefon"


def test_another_advice_and_a_mention_leave_without_a_word(problem: Problem, anna: Staff) -> None:
    case = a_case(problem)
    failed_by_phone(case, anna)

    answer(case, anna, "Skoro restart nie pomógł, proszę wpisać APN: internet.")

    assert not Prevented.objects.exists()
    assert Offer.objects.filter(solution__key="set-apn").exists()


def test_it_is_refused_in_another_case_of_the_same_customer_only(problem: Problem, anna: Staff) -> None:
    failed_by_phone(a_case(problem), anna)
    later = a_case(problem, text="Znowu nie mam internetu, to nowa sprawa.")
    jans = a_case(problem, sender=JAN)

    with pytest.raises(actions.AlreadyFailed):
        answer(later, anna, RESTART)
    answer(jans, anna, RESTART)

    assert Offer.objects.filter(customer=jans.customer).count() == 1


def test_another_problem_of_hers_is_not_held_against_it(problem: Problem, anna: Staff) -> None:
    failed_by_phone(a_case(problem), anna)
    other = Problem.objects.create(key="mms", kind="technical", category=problem.category, created_at=MONDAY)

    answer(a_case(other, text="MMS nie wychodzi."), anna, RESTART)


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("Niestety nadal nie działa.", Outcome.FAILED),
        ("Pomogło, dziękuję!", Outcome.HELPED),
        ("Jeszcze nie próbowałam.", Outcome.NOT_TRIED),
        ("Dziękuję.", Outcome.UNKNOWN),
        ("Czy to na pewno pomoże?", Outcome.UNKNOWN),
    ],
)
def test_her_mail_says_what_came_of_it(problem: Problem, anna: Staff, words: str, outcome: str) -> None:
    case = a_case(problem)
    sent = answer(case, anna, RESTART)

    arrive(a_mail(text=words, answers=sent.message_id), now=at(30))

    (offer,) = tried_in(case)
    assert offer.outcome == outcome
    assert offer.ask is (outcome == Outcome.UNKNOWN)
    if outcome != Outcome.UNKNOWN:
        assert (offer.outcome_how, offer.words) == ("mail", words)


def test_what_was_read_wrongly_is_undone(problem: Problem, anna: Staff) -> None:
    case = a_case(problem)
    sent = answer(case, anna, RESTART)
    arrive(a_mail(text="Nadal nie działa.", answers=sent.message_id), now=at(30))

    actions.undo_outcome(offer_id=Offer.objects.get().pk, outcome=Outcome.FAILED, by_id=anna.pk, now=at(31))

    offer = Offer.objects.get()
    assert (offer.outcome, offer.outcome_words, offer.outcome_at) == (Outcome.UNKNOWN, "", None)


def test_somebody_elses_words_say_nothing(problem: Problem, anna: Staff) -> None:
    case = a_case(problem)
    sent = answer(case, anna, RESTART)

    arrive(a_mail(JAN, text="Nadal nie działa.", answers=sent.message_id), now=at(30))

    assert Offer.objects.get().outcome == Outcome.UNKNOWN


def test_she_says_so_on_a_page_of_the_guide(problem: Problem, anna: Staff) -> None:
    customer = a_case(problem).customer
    said = {"customer_id": customer.pk, "problem_id": problem.pk, "how": "guide", "helped": False}

    actions.say_outcome(solution_key="set-apn", now=at(1), **said)
    actions.say_outcome(solution_key="set-apn", now=at(2), **said)
    assert actions.say_outcome(solution_key="no-such", now=at(3), **said) is None

    found = solutions_tried(customer.pk, problem.pk)
    assert {key: (one.outcome, one.channel, one.by_name) for key, one in found.items()} == {
        "set-apn": (Outcome.FAILED, "guide", "")
    }
    assert Offer.objects.count() == 1


def test_two_customers_who_are_one_have_one_ledger_until_they_are_two(problem: Problem, anna: Staff) -> None:
    jans, hers = a_case(problem, sender=JAN), a_case(problem)
    failed_by_phone(jans, anna)

    done = actions.merge(case_id=jans.pk, into_id=hers.pk, author_id=anna.pk, now=at(2), same_person=True)
    assert outcomes_of(hers) == [Outcome.FAILED]
    actions.undo(rearrangement_id=done.pk, author_id=anna.pk, now=at(3))

    assert outcomes_of(hers) == []
    assert outcomes_of(jans) == [Outcome.FAILED]


def outcomes_of(case: Case) -> list[str]:
    return [offer.outcome for offer in case.customer.offers.all()]


def test_a_moved_answer_takes_its_offer_along(problem: Problem, anna: Staff) -> None:
    hers, other = a_case(problem), a_case(problem, text="Druga sprawa.")
    sent = answer(hers, anna, RESTART)

    actions.move(case_id=hers.pk, into_id=other.pk, messages=[sent.pk], author_id=anna.pk, now=at(9))

    assert Offer.objects.get().case == other


def test_the_ledger_goes_with_the_customer(problem: Problem, anna: Staff) -> None:
    customer = a_case(problem).customer
    failed_by_phone(Case.objects.get(), anna)

    Case.objects.all().delete()
    customer.delete()

    assert not Offer.objects.exists()


def test_a_link_to_the_article_of_what_failed_is_refused(problem: Problem, anna: Staff) -> None:
    case = a_case(problem)
    failed_by_phone(case, anna)
    Redirect.objects.create(language="pl", slug="nie-dziala-internet", problem=problem)
    link = f"{settings.URL}/pl/pomoc/internet/nie-dziala-internet/"

    with pytest.raises(actions.AlreadyFailed) as refused:
        answer(case, anna, f"Tu jest opis: {link}")
    with pytest.raises(actions.AlreadyFailed):
        answer(case, anna, f"Tu jest opis: {link}#restart-phone.")
    answer(case, anna, f"Tu jest opis: {link}#set-apn")

    assert refused.value.met[0].how == "link"
    assert Offer.objects.latest("pk").solution.key == "set-apn"


def test_an_offer_lies_within_the_past(problem: Problem, anna: Staff) -> None:
    case = a_case(problem)

    offer = actions.record_offer(
        case_id=case.pk, by_id=anna.pk, channel="phone", now=at(1), text="Restart", offered_at=at(1) + timedelta(days=9)
    )

    assert offer.offered_at == at(1)
    with pytest.raises(actions.NothingOffered):
        actions.record_offer(case_id=case.pk, by_id=anna.pk, channel="phone", now=at(1), text=" ")


def test_a_way_to_us_is_no_advice_of_ours(problem: Problem, anna: Staff) -> None:
    reach = Solution.objects.create(problem=problem, key="write-to-us", place=9)
    SolutionText.objects.create(
        solution=reach, language="pl", title="Napisz do nas", text="Podaj model telefonu i miejsce."
    )
    case = a_case(problem)

    answer(case, anna, "Proszę podać model telefonu i miejsce.")

    assert not Offer.objects.filter(solution=reach).exists()
    assert reach.pk not in {one.solution for one in suggested(case)}


@pytest.mark.django_db(transaction=True)
def test_four_presses_of_one_button_are_one_outcome(problem: Problem, anna: Staff) -> None:
    customer = a_case(problem).customer_id

    def press() -> None:
        actions.say_outcome(
            customer_id=customer, problem_id=problem.pk, solution_key="set-apn", helped=False, how="guide", now=at(3)
        )

    assert at_once(press, press, press, press) == []
    assert Offer.objects.count() == 1
