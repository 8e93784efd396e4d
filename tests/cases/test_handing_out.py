"""One mail at a time, to the right person: what waits for whom, and what becomes of it when people come and go."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from samehand.cases import actions
from samehand.cases.actions import dispatching
from samehand.cases.models import Case, Message, Post, Turn
from samehand.lib.models import Event
from samehand.people.models import ServiceHours, Shift, Staff
from tests.personas import JAN, MONDAY, ZOFIA, a_mail, answer, arrive, at, newest, the_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hands_out(db: None) -> None:
    ServiceHours.objects.update_or_create(pk=1, defaults={"hands_out": True})


def here(*people: Staff, now: datetime = MONDAY) -> None:
    for one in people:
        dispatching.here(staff_id=one.pk, now=now)


def signs(*people: Staff, until: float, since: float = 0) -> None:
    """Their pages give signs of them, minute after minute."""
    Post.objects.filter(consultant__in=people).update(seen_at=at(until))


def in_hand(one: Staff) -> Turn | None:
    return Turn.objects.filter(given_to=one, aside=False).first()


def served_by(one: Staff, *, sender: str = ZOFIA, minute: float = 1) -> Case:
    """A case of the customer that this consultant was given and has answered."""
    here(one, now=at(minute))
    arrive(a_mail(sender, "Pytanie"), now=at(minute))
    case = Case.objects.order_by("-id").first()
    assert case and in_hand(one)
    answer(case, one, now=at(minute + 2))
    return case


def writes_again(case: Case, minute: float, text: str = "A jednak nie działa.") -> Message:
    answered = case.messages.filter(direction="out").order_by("-id").first()
    assert answered
    arrive(a_mail(ZOFIA, "Re: Pytanie", text, answers=answered.message_id), now=at(minute))
    message = case.messages.order_by("-id").first()
    assert message
    return message


class TestGiving:
    def test_a_mail_is_given_to_whoever_is_there(self, anna: Staff) -> None:
        here(anna)

        arrive(a_mail(ZOFIA, "Pytanie"), now=at(1))

        turn = Turn.objects.get()
        assert (turn.given_to, turn.given_at, turn.case.owner) == (anna, at(1), anna)
        given = Event.objects.get(kind="case.given")
        assert (given.staff_id, given.data["reason"]) == (anna.pk, "fits")

    def test_nobody_has_given_a_sign_so_it_waits(self, anna: Staff) -> None:
        arrive(a_mail(ZOFIA, "Pytanie"), now=at(1))

        assert (the_case().owner, Turn.objects.get().given_to) == (None, None)
        here(anna, now=at(2))
        assert in_hand(anna)

    def test_one_at_a_time_and_the_next_with_the_answer(self, anna: Staff) -> None:
        here(anna)
        arrive(a_mail(ZOFIA, "Pytanie"), a_mail(JAN, "Konto"), now=at(1))
        first, second = Case.objects.order_by("id")
        assert [turn.given_to for turn in Turn.objects.order_by("case")] == [anna, None]

        answer(first, anna, now=at(4))

        assert in_hand(anna) == second.turn
        assert not Turn.objects.filter(case=first).exists()

    def test_what_comes_while_it_waits_or_is_in_hand_is_answered_together(self, anna: Staff) -> None:
        here(anna)
        arrive(a_mail(ZOFIA, "Pytanie"), now=at(1))
        arrive(a_mail(JAN, "Konto"), now=at(1))
        case = the_waiting()
        arrive(a_mail(JAN, "Konto", "I jeszcze jedno.", references=case.messages.get().message_id), now=at(2))

        assert Turn.objects.count() == Case.objects.count() == 2

    def test_off_by_default_the_queue_is_as_it_was(self, anna: Staff) -> None:
        ServiceHours.objects.update(hands_out=False)
        here(anna)
        arrive(a_mail(ZOFIA, "Pytanie"), now=at(1))

        assert (the_case().owner, Turn.objects.count(), Post.objects.count()) == (anna, 0, 0)

    def test_the_nights_mail_is_given_in_the_morning_by_its_promise(self, anna: Staff) -> None:
        night = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
        arrive(a_mail(ZOFIA, "Pytanie"), now=night)
        dispatching.step(now=night + timedelta(hours=1))
        Shift.objects.create(consultant=anna, starts_at=night + timedelta(hours=4), ends_at=MONDAY - timedelta(hours=2))
        assert in_hand(anna) is None

        here(anna, now=night + timedelta(hours=4))

        turn = in_hand(anna)
        # The desk opens at eight: 7:30 UTC is half past eight.
        assert turn and turn.due_at == datetime(2026, 11, 23, 7, 30, tzinfo=UTC)

    def test_a_skill_that_nobody_has_is_everybodys(self, anna: Staff) -> None:
        Staff.objects.update(skills=["billing"])
        here(anna)

        arrive(a_mail(ZOFIA, "Kod PUK", "Telefon prosi o PUK."), now=at(1))

        assert in_hand(anna)


def the_waiting() -> Case:
    return Turn.objects.get(given_to=None).case


class TestHolding:
    def test_the_owner_writes_and_the_customers_next_mail_waits_for_her(self, anna: Staff, marek: Staff) -> None:
        case = served_by(anna)
        here(marek, now=at(4))
        arrive(a_mail(JAN, "Konto"), a_mail(JAN, "Umowa"), now=at(5))
        assert in_hand(anna) and in_hand(marek)
        answer(in_hand(marek).case, marek, now=at(6))

        message = writes_again(case, 7)

        turn = Turn.objects.get(message=message)
        assert (turn.given_to, turn.owner, turn.stage) == (None, anna, "owner")
        held = Event.objects.filter(kind="case.held").latest("id")
        assert (held.data["for"], held.data["reason"]) == (anna.pk, "owner")
        assert held.data["until"] == (message.due_at - timedelta(minutes=3.5)).isoformat()

    def test_her_break_is_too_long_so_the_second_answers(self, anna: Staff, marek: Staff) -> None:
        case = served_by(anna)
        here(marek, now=at(4))
        dispatching.say(staff_id=anna.pk, wish="break", now=at(5))
        message = writes_again(case, 6)
        turn = Turn.objects.get(message=message)
        assert (turn.given_to, turn.owner) == (None, anna)

        # Eight minutes before the promise ends, and then four: she is not back.
        signs(anna, marek, until=30)
        for minute in (28, 32):
            dispatching.step(now=at(minute))

        turn.refresh_from_db()
        assert turn.given_to == marek
        case.refresh_from_db()
        assert case.owner == anna

    def test_she_comes_back_in_time(self, anna: Staff, marek: Staff) -> None:
        case = served_by(anna)
        here(marek, now=at(4))
        dispatching.say(staff_id=anna.pk, wish="break", now=at(5))
        writes_again(case, 6)

        dispatching.say(staff_id=anna.pk, wish="mails", now=at(20))

        assert in_hand(anna).case == case

    def test_who_comes_later_than_planned_finds_her_own_first(self, anna: Staff) -> None:
        case = served_by(anna)
        dispatching.say(staff_id=anna.pk, wish="away", now=at(4))
        arrive(a_mail(JAN, "Konto"), now=at(5))
        message = writes_again(case, 6)
        assert Turn.objects.get(message=message).owner is None

        dispatching.say(staff_id=anna.pk, wish="mails", now=at(8))

        assert (in_hand(anna).case, in_hand(anna).reason) == (case, "owner")

    def test_a_shift_that_ends_frees_what_was_kept(self, anna: Staff, marek: Staff) -> None:
        case = served_by(anna)
        here(marek, now=at(4))
        dispatching.say(staff_id=anna.pk, wish="break", now=at(5))
        writes_again(case, 6)
        Post.objects.filter(consultant=anna).update(until=at(8))

        dispatching.step(now=at(8))

        assert in_hand(marek).case == case
        assert not Post.objects.get(consultant=anna).on_duty

    def test_illness_frees_what_was_kept(self, anna: Staff, marek: Staff) -> None:
        from samehand.people.models import Absence

        case = served_by(anna)
        here(marek, now=at(4))
        dispatching.say(staff_id=anna.pk, wish="break", now=at(5))
        writes_again(case, 6)
        Absence.objects.create(consultant=anna, kind="sick", starts_at=at(0), ends_at=at(600))

        dispatching.roster_changed(staff_id=anna.pk, now=at(7))

        assert in_hand(marek).case == case


class TestFallingSilent:
    def test_what_she_holds_goes_back_with_a_note(self, anna: Staff, marek: Staff) -> None:
        here(anna)
        arrive(a_mail(ZOFIA, "Pytanie"), now=at(1))
        assert in_hand(anna)
        here(marek, now=at(4))

        dispatching.step(now=at(5))

        turn = Turn.objects.get()
        assert (turn.given_to, turn.case.owner) == (marek, anna)
        note = Message.objects.get(direction="note")
        assert (note.author, note.case) == (None, turn.case)
        assert "Anna" in note.text

    def test_nobody_else_is_there_so_she_gets_it_again_when_she_is_back(self, anna: Staff) -> None:
        here(anna)
        arrive(a_mail(ZOFIA, "Pytanie"), now=at(1))
        dispatching.step(now=at(6))
        assert Turn.objects.get().given_to is None

        here(anna, now=at(9))

        assert in_hand(anna)

    def test_a_sign_in_time_keeps_it(self, anna: Staff) -> None:
        here(anna)
        arrive(a_mail(ZOFIA, "Pytanie"), now=at(1))
        here(anna, now=at(4))

        dispatching.step(now=at(6))

        assert in_hand(anna)
        assert dispatching.next_moment(at(6)) == at(9)

    def test_who_goes_away_by_her_own_word_is_not_called_back_by_her_page(self, anna: Staff, marek: Staff) -> None:
        here(anna)
        arrive(a_mail(ZOFIA, "Pytanie"), now=at(1))
        dispatching.say(staff_id=anna.pk, wish="away", now=at(2))
        here(anna, now=at(3))

        assert Turn.objects.get().given_to is None
        dispatching.say(staff_id=anna.pk, wish="mails", now=at(4))
        assert in_hand(anna)

    def test_who_does_not_work_here_any_more(self, anna: Staff, marek: Staff) -> None:
        here(anna)
        arrive(a_mail(ZOFIA, "Pytanie"), now=at(1))
        here(marek, now=at(2))
        Staff.objects.filter(pk=anna.pk).update(is_active=False)

        dispatching.roster_changed(staff_id=anna.pk, now=at(3))

        assert in_hand(marek)
        the_case().refresh_from_db()
        assert the_case().owner == marek
        assert not Post.objects.get(consultant=anna).on_duty


class TestFirstWord:
    def test_the_promise_is_kept_and_the_work_goes_on(self, anna: Staff) -> None:
        here(anna)
        arrive(a_mail(ZOFIA, "Pytanie"), now=at(1))
        case = the_case()

        actions.reply(
            case_id=case.pk, author_id=anna.pk, text="Sprawdzam.", seen=newest(case), now=at(5), more_follows=True
        )

        case.refresh_from_db()
        assert (case.status, case.due_at) == ("open", None)
        assert in_hand(anna).word_at == at(5)
        answer(case, anna, now=at(20))
        assert Turn.objects.count() == 0
        case.refresh_from_db()
        assert case.status == "waiting"

    def test_after_it_she_may_be_given_what_cannot_wait(self, anna: Staff) -> None:
        here(anna)
        arrive(a_mail(ZOFIA, "Pytanie"), a_mail(JAN, "Konto"), now=at(1))
        first, second = Case.objects.order_by("id")
        actions.reply(
            case_id=first.pk, author_id=anna.pk, text="Sprawdzam.", seen=newest(first), now=at(5), more_follows=True
        )
        signs(anna, until=25)

        dispatching.step(now=at(25))

        assert in_hand(anna).case == second
        assert Turn.objects.get(aside=True).case == first
        answer(second, anna, now=at(27))
        assert in_hand(anna).case == first

    def test_the_customer_writes_again_meanwhile_and_is_owed_a_word(self, anna: Staff) -> None:
        here(anna)
        arrive(a_mail(ZOFIA, "Pytanie"), now=at(1))
        case = the_case()
        actions.reply(
            case_id=case.pk, author_id=anna.pk, text="Sprawdzam.", seen=newest(case), now=at(5), more_follows=True
        )

        message = writes_again(case, 8)

        turn = in_hand(anna)
        assert (turn.word_at, turn.due_at) == (None, message.due_at)
        assert not Post.objects.get(consultant=anna).word_is_out

    def test_after_it_another_gets_the_case_and_nothing_waits(self, anna: Staff, marek: Staff, ola: Staff) -> None:
        here(anna)
        arrive(a_mail(ZOFIA, "Pytanie"), now=at(1))
        case = the_case()
        actions.reply(
            case_id=case.pk, author_id=anna.pk, text="Sprawdzam.", seen=newest(case), now=at(5), more_follows=True
        )

        actions.hand_over(case_id=case.pk, author_id=ola.pk, to_id=marek.pk, word="", now=at(6))

        assert (the_case().owner, Turn.objects.count(), in_hand(anna)) == (marek, 0, None)
        assert Post.objects.get(consultant=anna).state == "free"
        message = writes_again(case, 8)
        assert Turn.objects.get().message == message


class TestByHand:
    def test_a_lead_gives_it_to_somebody_and_nobody_else_gets_it(self, anna: Staff, marek: Staff, ola: Staff) -> None:
        here(anna)
        arrive(a_mail(JAN, "Konto"), a_mail(ZOFIA, "Pytanie"), now=at(1))
        _first, second = Case.objects.order_by("id")
        actions.hand_over(case_id=second.pk, author_id=ola.pk, to_id=marek.pk, word="", now=at(2))
        answer(_first, anna, now=at(3))

        assert (in_hand(anna), Turn.objects.get().only_for) == (None, marek)
        here(marek, now=at(9))
        assert in_hand(marek).case == second
        second.refresh_from_db()
        assert second.owner == marek

    def test_it_is_taken_out_of_other_hands(self, anna: Staff, marek: Staff, ola: Staff) -> None:
        here(anna, marek)
        arrive(a_mail(ZOFIA, "Pytanie"), now=at(1))
        had = Turn.objects.get().given_to
        other = marek if had == anna else anna

        actions.hand_over(case_id=the_case().pk, author_id=ola.pk, to_id=other.pk, word="", now=at(2))

        assert Turn.objects.get().given_to == other
        assert Post.objects.get(consultant=had).state == "free"

    def test_she_does_not_come_while_others_can_be_in_time(self, anna: Staff, marek: Staff, ola: Staff) -> None:
        here(marek)
        Staff.objects.filter(pk=anna.pk).update(skills=["porting"])
        arrive(a_mail(JAN, "Konto"), a_mail(ZOFIA, "Pytanie"), now=at(1))
        second = Case.objects.order_by("id")[1]
        actions.hand_over(case_id=second.pk, author_id=ola.pk, to_id=anna.pk, word="", now=at(2))
        answer(Case.objects.order_by("id")[0], marek, now=at(3))
        signs(marek, until=23)
        dispatching.step(now=at(22))
        assert in_hand(marek) is None

        dispatching.step(now=at(23))

        assert in_hand(marek).case == second

    def test_a_change_of_the_roster_leaves_what_is_for_one_who_is_there(
        self, anna: Staff, marek: Staff, ola: Staff
    ) -> None:
        kept = self._marek_has_one_and_waits_for_another(anna, marek, ola)

        dispatching.roster_changed(staff_id=marek.pk, now=at(4))

        assert Turn.objects.get(case=kept).only_for == marek

    def test_who_goes_with_it_in_hand_leaves_it_to_everybody(self, anna: Staff, marek: Staff, ola: Staff) -> None:
        kept = self._marek_has_one_and_waits_for_another(anna, marek, ola)
        answer(in_hand(marek).case, marek, now=at(4))
        assert in_hand(marek).only_for == marek

        dispatching.go_away(staff_id=marek.pk, why="away", now=at(5))

        turn = Turn.objects.get(case=kept)
        assert (turn.given_to, turn.only_for) == (anna, None)

    def _marek_has_one_and_waits_for_another(self, anna: Staff, marek: Staff, ola: Staff) -> Case:
        here(marek)
        arrive(a_mail(JAN, "Konto"), a_mail(ZOFIA, "Pytanie"), now=at(1))
        waiting = Turn.objects.get(given_to=None).case
        actions.hand_over(case_id=waiting.pk, author_id=ola.pk, to_id=marek.pk, word="", now=at(2))
        here(anna, now=at(3))
        assert (in_hand(anna), Turn.objects.get(case=waiting).only_for) == (None, marek)
        return waiting

    def test_whoever_answers_what_another_has_in_hand_frees_her(self, anna: Staff, marek: Staff) -> None:
        here(anna)
        arrive(a_mail(ZOFIA, "Pytanie"), a_mail(JAN, "Konto"), now=at(1))
        first, second = Case.objects.order_by("id")

        answer(first, marek, now=at(3))

        assert in_hand(anna).case == second

    def test_a_case_that_is_closed_without_an_answer_is_out_of_hand(self, anna: Staff) -> None:
        here(anna)
        arrive(a_mail(ZOFIA, "Pytanie"), a_mail(JAN, "Konto"), now=at(1))
        first, second = Case.objects.order_by("id")

        actions.solve(case_id=first.pk, author_id=anna.pk, seen=newest(first), now=at(3))

        assert in_hand(anna).case == second
        actions.reopen(case_id=first.pk, author_id=anna.pk, now=at(4))
        assert Turn.objects.get(case=first).given_to is None

    def test_joining_two_cases_leaves_one_turn(self, anna: Staff) -> None:
        here(anna)
        arrive(a_mail(ZOFIA, "Pytanie"), a_mail(ZOFIA, "Pytanie znowu"), now=at(1))
        first, second = Case.objects.order_by("id")

        actions.merge(case_id=first.pk, into_id=second.pk, author_id=anna.pk, now=at(2))

        turn = Turn.objects.get()
        assert (turn.case, turn.given_to) == (second, anna)

    def test_splitting_makes_another(self, anna: Staff) -> None:
        here(anna)
        arrive(a_mail(ZOFIA, "Pytanie", mid="<a@poczta.example>"), now=at(1))
        case = the_case()
        arrive(a_mail(ZOFIA, "Konto", "Inna sprawa.", answers="<a@poczta.example>"), now=at(2))
        assert Case.objects.count() == 1

        actions.split(case_id=case.pk, messages=[newest(case)], author_id=anna.pk, now=at(3))

        assert {turn.given_to for turn in Turn.objects.all()} == {anna, None}


class TestNeverTwice:
    @pytest.mark.django_db(transaction=True)
    def test_two_dispatchers_at_once_give_a_mail_once(self, anna: Staff, marek: Staff) -> None:
        """Anna and Marek give their first sign in the same moment, while twenty mails wait."""
        ServiceHours.objects.update_or_create(pk=1, defaults={"hands_out": True})
        arrive(*(a_mail(f"k{n} <k{n}@poczta.example>", f"Pytanie {n}") for n in range(20)), now=at(1))
        start = threading.Barrier(2)

        def come(one: Staff) -> None:
            start.wait()
            for turn in range(6):
                case = Case.objects.filter(turn__given_to=one).first()
                if case:
                    answer(case, one, now=at(3 + turn))
                else:
                    dispatching.here(staff_id=one.pk, now=at(2))
            connection.close()

        threads = [threading.Thread(target=come, args=(one,)) for one in (anna, marek)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        given = list(Event.objects.filter(kind="case.given").values_list("case_id", flat=True))
        assert len(given) == len(set(given)) == 12
        assert set(Event.objects.filter(kind="case.given").values_list("staff_id", flat=True)) == {anna.pk, marek.pk}

    def test_the_database_refuses_a_second_work_in_one_hand(self, anna: Staff) -> None:
        here(anna)
        arrive(a_mail(ZOFIA, "Pytanie"), a_mail(JAN, "Konto"), now=at(1))

        with pytest.raises(IntegrityError), transaction.atomic():
            Turn.objects.filter(given_to=None).update(given_to=anna, given_at=at(2))


class TestTheSwitch:
    def test_what_waited_before_gets_its_turn(self, anna: Staff, marek: Staff) -> None:
        ServiceHours.objects.update(hands_out=False)
        arrive(a_mail(ZOFIA, "Pytanie"), a_mail(JAN, "Konto"), now=at(1))
        owned = Case.objects.get(subject="Pytanie")
        ServiceHours.objects.update(hands_out=True)

        dispatching.catch_up(now=at(2))

        assert Turn.objects.count() == 2
        here(owned.owner, now=at(3))
        assert in_hand(owned.owner).case == owned

    def test_a_house_from_before_goes_on_as_it_was(self) -> None:
        """The version before knows nothing of the columns; so does whoever restores its rows."""
        ServiceHours.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO people_servicehours (id, zone, week, country, promise_minutes, risk_minutes)"
                " VALUES (1, 'Europe/Warsaw', '[]', 'PL', 30, 10)"
            )

        assert not dispatching.hands_out()

    def test_and_is_in_nobodys_turn_afterwards(self, anna: Staff) -> None:
        here(anna)
        arrive(a_mail(ZOFIA, "Pytanie"), now=at(1))
        ServiceHours.objects.update(hands_out=False)

        dispatching.step(now=at(2))

        assert (Turn.objects.count(), Post.objects.get().on_duty) == (0, False)
        assert dispatching.next_moment(at(2)) is None

    def test_a_turn_that_another_version_left_behind_is_cleared_away(self, anna: Staff) -> None:
        here(anna)
        arrive(a_mail(ZOFIA, "Pytanie"), a_mail(JAN, "Konto"), now=at(1))
        first, second = Case.objects.order_by("id")
        first.messages.update(answered_at=at(2))
        Case.objects.filter(pk=first.pk).update(due_at=None, status="waiting")

        dispatching.catch_up(now=at(3))

        assert in_hand(anna).case == second


def test_a_lost_card_goes_before_all_others(anna: Staff) -> None:
    here(anna)
    arrive(a_mail(JAN, "Pytanie"), a_mail("Ewa <ewa@poczta.example>", "Pytanie"), now=at(1))
    arrive(a_mail(ZOFIA, "Zgubiona karta", "Ukradli mi telefon, proszę o blokadę karty."), now=at(2))

    answer(Case.objects.order_by("id").first(), anna, now=at(4))

    assert in_hand(anna).case.topic == "sim-lost-stolen"
