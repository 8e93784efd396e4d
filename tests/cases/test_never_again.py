"""What did not help her is not offered again, however the problem, the article or the words have changed since."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samehand.cases import actions
from samehand.cases.actions.offering.sending import warned_in
from samehand.cases.drafts import draft_of
from samehand.cases.models import Case, Delivery, Message, Offer, Outcome, Prevented
from samehand.cases.success import kept, successes, suggested
from samehand.cases.tried import tried_in
from samehand.guide.models import Problem, Solution, SolutionText
from samehand.people.models import Staff
from tests.cases.test_inserted_solutions import send
from tests.cases.test_ledger_of_offers import APN, RESTART, a_case, failed_by_phone, problem
from tests.personas import MONDAY, ZOFIA, a_mail, answer, arrive, at, newest

__all__ = ["problem"]
RESTART_STEPS = "Uruchom telefon ponownie\nWyłącz telefon, poczekaj minutę i go włącz.\n"


def said_by_phone(case: Case, anna: Staff, text: str, outcome: str = Outcome.FAILED) -> Offer:
    return actions.record_offer(
        case_id=case.pk, by_id=anna.pk, channel="phone", now=at(1), outcome=outcome, text=text
    )  # fmt: skip


def suggested_keys(case: Case) -> list[str]:
    return [Solution.objects.get(pk=one.solution).key for one in suggested(case)]


def in_spite(case: Case, anna: Staff, text: str, reason: str = "Nowy telefon") -> Message:
    return actions.reply(
        case_id=case.pk, author_id=anna.pk, text=text, seen=newest(case), now=at(5), in_spite_of=reason
    )  # fmt: skip


def test_another_article_s_solution_counts_for_the_problem_that_it_was_offered_for(
    problem: Problem, anna: Staff
) -> None:
    slow = Problem.objects.create(key="slow", kind="technical", category=problem.category, created_at=MONDAY)
    failed_by_phone(a_case(slow, text="Internet działa wolno."), anna)

    with pytest.raises(actions.AlreadyFailed):
        answer(a_case(slow, text="Znowu wolno."), anna, RESTART)


def test_what_was_tried_before_the_problem_had_a_name_counts_once_it_has_one(problem: Problem, anna: Staff) -> None:
    arrive(a_mail(ZOFIA, "Internet", "Nie działa internet."))
    first = Case.objects.get()
    failed = said_by_phone(first, anna, "Restart telefonu")
    later = a_case(problem, text="Znowu nie działa.")

    refused, warned = warned_in(later, draft_of(RESTART), at(5))
    assert (refused, [one.offer for one in warned]) == ([], [failed]), "nobody knows what it was tried for"

    Case.objects.filter(pk=first.pk).update(problem=problem)
    with pytest.raises(actions.AlreadyFailed):
        answer(later, anna, RESTART)


def test_of_several_advices_each_is_written_down(problem: Problem, anna: Staff) -> None:
    case = a_case(problem)

    answer(case, anna, f"{RESTART}\nProszę też włączyć roaming danych. Potem proszę poczekać godzinę.")

    assert [one.title for one in tried_in(case)] == ["Proszę też włączyć roaming danych.", "Uruchom telefon ponownie"]


def test_a_reason_stays_with_whatever_offers_it_again(problem: Problem, anna: Staff) -> None:
    case = a_case(problem)
    failed = said_by_phone(case, anna, "Restart telefonu")

    in_spite(case, anna, f"{RESTART}\n{APN}")

    again, other = Offer.objects.get(solution__key="restart-phone"), Offer.objects.get(solution__key="set-apn")
    assert (again.repeats, again.reason) == (failed, "Nowy telefon")
    assert (other.repeats, other.reason) == (None, "")


def test_what_left_with_a_reason_was_not_kept_from_her(problem: Problem, anna: Staff) -> None:
    case = a_case(problem)
    failed_by_phone(case, anna)
    with pytest.raises(actions.AlreadyFailed):
        answer(case, anna, RESTART)

    before = kept(at(0), at(0) + timedelta(days=1))
    in_spite(case, anna, RESTART)
    after = kept(at(0), at(0) + timedelta(days=1))

    assert (before.refused, before.sent) == (1, 0)
    assert (after.refused, after.sent) == (0, 1)


def test_what_helped_after_it_had_failed_may_be_offered(problem: Problem, anna: Staff) -> None:
    case = a_case(problem)
    failed_by_phone(case, anna)
    again = in_spite(case, anna, RESTART).offers.get()
    with pytest.raises(actions.AlreadyFailed):
        answer(case, anna, RESTART)

    actions.set_outcome(offer_id=again.pk, outcome=Outcome.HELPED, how="staff", by_id=anna.pk, now=at(6))

    answer(case, anna, RESTART)


@pytest.mark.parametrize("state", Delivery.NEVER_ARRIVED)
def test_what_never_arrived_was_never_offered(problem: Problem, anna: Staff, state: str) -> None:
    case = a_case(problem)
    sent = answer(case, anna, RESTART)
    assert suggested_keys(case) == ["set-apn"]

    Delivery.objects.update(state=state)
    arrive(a_mail(ZOFIA, "Internet", "Nadal nie działa.", answers=sent.message_id), now=at(9))

    assert suggested_keys(case) == ["restart-phone", "set-apn"]
    assert (tried_in(case), successes(at(0), at(0) + timedelta(days=1))) == ([], [])
    assert Offer.objects.get().outcome == Outcome.UNKNOWN


@pytest.mark.parametrize("reason", ["", "Nowy telefon"])
def test_what_failed_meanwhile_does_not_go_out_once_more(problem: Problem, anna: Staff, reason: str) -> None:
    case = a_case(problem)
    if reason:
        failed_by_phone(case, anna)
    sent = in_spite(case, anna, RESTART, reason)
    Delivery.objects.filter(message=sent).update(state=Delivery.State.REFUSED)
    if not reason:
        failed_by_phone(case, anna)

    left = actions.send_all_again(state=Delivery.State.REFUSED, author_id=anna.pk, now=at(9))

    assert left == (1 if reason else 0)
    assert Prevented.objects.get().reason == reason


@pytest.mark.parametrize("gone", [False, True], ids=["new steps", "withdrawn"])
def test_it_counts_in_the_words_in_which_it_was_given(problem: Problem, anna: Staff, gone: bool) -> None:
    case = a_case(problem)
    send(case, anna, RESTART_STEPS, Solution.objects.get(key="restart-phone"))
    Offer.objects.update(outcome=Outcome.FAILED)
    words = SolutionText.objects.filter(solution__key="restart-phone")
    if gone:
        words.delete()
    else:
        words.update(title="Zaloguj się na nowo", text="Wyloguj się z konta i zaloguj.")

    with pytest.raises(actions.AlreadyFailed) as refused:
        answer(case, anna, RESTART)

    assert refused.value.met[0].title == ("Uruchom telefon ponownie" if gone else "Zaloguj się na nowo")


def test_what_failed_in_free_words_is_not_suggested(problem: Problem, anna: Staff) -> None:
    case = a_case(problem)

    said_by_phone(case, anna, "Restart telefonu")

    assert suggested_keys(case) == ["set-apn"]


def test_a_step_on_the_way_is_no_advice_of_a_solution_that_was_put_in(problem: Problem, anna: Staff) -> None:
    steps = "W polu APN wpisz internet, zapisz.\nZrestartuj telefon."
    apn = Solution.objects.get(key="set-apn")
    SolutionText.objects.filter(solution=apn).update(text=steps)
    case = a_case(problem)
    failed_by_phone(case, anna)

    with pytest.raises(actions.AlreadyFailed):
        send(case, anna, f"{RESTART}\nUstaw APN\n{steps}\n", apn)
    send(case, anna, f"Ustaw APN\n{steps}\n", apn)


def test_the_same_put_in_from_another_article_is_refused(problem: Problem, anna: Staff) -> None:
    case = a_case(problem)
    failed_by_phone(case, anna)
    slow = Problem.objects.create(key="slow", kind="technical", category=problem.category, created_at=MONDAY)
    elsewhere = Solution.objects.create(problem=slow, key="restart-phone", place=0)
    words = "Wyłącz telefon, policz do stu i włącz telefon."
    SolutionText.objects.create(solution=elsewhere, language="pl", title="Połącz się na nowo", text=words)

    with pytest.raises(actions.AlreadyFailed):
        send(case, anna, f"Połącz się na nowo\n{words}\n", elsewhere)


def test_who_meant_to_try_it_later_says_the_next_day_how_it_went(problem: Problem, anna: Staff) -> None:
    sent = answer(a_case(problem), anna, RESTART)

    arrive(a_mail(text="Sprawdzę wieczorem.", answers=sent.message_id), now=at(9))
    assert Offer.objects.get().outcome == Outcome.NOT_TRIED
    arrive(a_mail(text="Niestety nadal nie działa.", answers=sent.message_id), now=at(60))

    assert Offer.objects.get().outcome == Outcome.FAILED


def test_what_was_noted_in_a_case_that_was_joined_is_heard_of(problem: Problem, anna: Staff) -> None:
    first, into = a_case(problem), a_case(problem, text="Druga sprawa.")
    Case.objects.update(problem=None)
    said_by_phone(Case.objects.get(pk=first.pk), anna, "Restart telefonu", Outcome.UNKNOWN)
    actions.merge(case_id=first.pk, into_id=into.pk, author_id=anna.pk, now=at(4))
    sent = answer(into, anna, "Dzień dobry, już sprawdzam.")

    arrive(a_mail(text="Niestety nadal nie działa.", answers=sent.message_id), now=at(60))

    assert Offer.objects.get().outcome == Outcome.FAILED
