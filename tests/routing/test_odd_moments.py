"""What random walks over the desk found: acts that come in an order nobody had thought of."""

from __future__ import annotations

import threading
import time
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from samehand.cases import actions
from samehand.cases.actions import dispatching
from samehand.cases.actions.locking import locked
from samehand.cases.jobs import ROSTER
from samehand.cases.models import Case, Post, Turn
from samehand.people.actions import rostering
from samehand.people.models import Absence, Customer, ServiceHours, Staff
from tests.personas import JAN, ZOFIA, a_mail, answer, arrive, at, newest, the_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hands_out(db: None) -> None:
    ServiceHours.objects.update_or_create(pk=1, defaults={"hands_out": True})


def here(*people: Staff, now: float = 0) -> None:
    for one in people:
        dispatching.here(staff_id=one.pk, now=at(now))


def signs(*people: Staff, until: float) -> None:
    Post.objects.filter(consultant__in=people).update(seen_at=at(until))


def has_in_hand(one: Staff) -> Case | None:
    return Case.objects.filter(turn__given_to=one, turn__aside=False).first()


@pytest.mark.parametrize("wish", ["break", "phone"])
def test_who_is_not_on_duty_has_no_break(anna: Staff, wish: str) -> None:
    here(anna)
    dispatching.say(staff_id=anna.pk, wish="away", now=at(1))

    dispatching.say(staff_id=anna.pk, wish=wish, now=at(2))

    post = Post.objects.get()
    assert (post.state, post.on_duty, post.wish) == ("off", False, wish)


def test_what_is_late_waits_for_one_who_is_not_there_no_longer_than_a_new_mail(
    anna: Staff, marek: Staff, ola: Staff
) -> None:
    arrive(a_mail(JAN, "Pytanie"), a_mail(ZOFIA, "Pytanie"), now=at(0))
    here(marek, now=90)
    late = Turn.objects.get(given_to=None).case
    actions.hand_over(case_id=late.pk, author_id=ola.pk, to_id=anna.pk, word="", now=at(91))
    answer(has_in_hand(marek), marek, now=at(92))
    signs(marek, until=130)
    dispatching.step(now=at(120))
    assert has_in_hand(marek) is None

    dispatching.step(now=at(121))

    assert has_in_hand(marek) == late


def test_a_leave_that_begins_within_the_shift_ends_her_duty(anna: Staff) -> None:
    Absence.objects.create(consultant=anna, kind="leave", starts_at=at(60), ends_at=at(600))
    here(anna)
    signs(anna, until=60)

    dispatching.step(now=at(60))

    here(anna, now=61)
    assert not Post.objects.get().on_duty


def test_who_finished_after_her_shift_has_nothing_in_hand_when_handing_out_ends(anna: Staff) -> None:
    here(anna)
    arrive(a_mail(ZOFIA, "Pytanie"), now=at(1))
    dispatching.end_shift(staff_id=anna.pk, now=at(2))

    ServiceHours.objects.update(hands_out=False)
    dispatching.step(now=at(3))

    assert (Post.objects.get().state, Turn.objects.count()) == ("off", 0)


@pytest.fixture
def kept(anna: Staff, marek: Staff) -> Case:
    """A case that waits for Anna, who has a break."""
    here(anna)
    arrive(a_mail(ZOFIA, "Pytanie", mid="<1@poczta.example>"), now=at(1))
    answer(the_case(), anna, now=at(3))
    dispatching.say(staff_id=anna.pk, wish="break", now=at(4))
    here(marek, now=4)
    arrive(a_mail(ZOFIA, "Pytanie", "I jeszcze?", references="<1@poczta.example>"), now=at(5))
    turn = Turn.objects.get()
    assert (turn.owner, turn.given_to) == (anna, None)
    return turn.case


def test_what_waits_for_one_who_was_just_dismissed_is_in_nobodys_way(kept: Case, anna: Staff, marek: Staff) -> None:
    """Before the job that follows has run."""
    Staff.objects.filter(pk=anna.pk).update(is_active=False)
    signs(marek, until=40)

    dispatching.step(now=at(33))

    assert has_in_hand(marek) == kept


def test_what_a_lead_gave_to_one_who_is_dismissed_then_goes_to_others(
    kept: Case, anna: Staff, marek: Staff, ola: Staff
) -> None:
    dispatching.say(staff_id=anna.pk, wish="mails", now=at(6))
    arrive(a_mail(JAN, "Konto"), now=at(7))
    other = Case.objects.order_by("-pk")[0]
    actions.hand_over(case_id=other.pk, author_id=ola.pk, to_id=anna.pk, word="", now=at(8))
    assert Turn.objects.get(case=other).only_for == anna
    Staff.objects.filter(pk=anna.pk).update(is_active=False)

    dispatching.roster_changed(staff_id=anna.pk, now=at(9))

    assert not Turn.objects.filter(given_to=None, kept_for__contains=[anna.pk]).exists()
    assert not Turn.objects.filter(only_for=anna).exists()


def test_what_is_kept_for_him_is_his_although_another_rests(anna: Staff, marek: Staff, ola: Staff) -> None:
    """What Marek has in hand goes to Anna, who has a break; something else waits for him alone."""
    here(marek)
    arrive(a_mail(JAN, "Pytanie"), a_mail(ZOFIA, "Pytanie"), now=at(1))
    kept = Turn.objects.get(given_to=None).case
    actions.hand_over(case_id=kept.pk, author_id=ola.pk, to_id=marek.pk, word="", now=at(2))
    here(anna, now=3)
    dispatching.say(staff_id=anna.pk, wish="break", now=at(3))
    his = has_in_hand(marek)

    actions.hand_over(case_id=his.pk, author_id=ola.pk, to_id=anna.pk, word="", now=at(4))

    assert has_in_hand(marek) == kept


class TestWhoGives:
    def test_only_a_lead_gives_away_what_a_colleague_is_answering(self, anna: Staff, marek: Staff, ola: Staff) -> None:
        here(anna)
        arrive(a_mail(ZOFIA, "Pytanie"), now=at(1))
        case = the_case()

        with pytest.raises(actions.InOthersHands):
            actions.hand_over(case_id=case.pk, author_id=marek.pk, to_id=ola.pk, word="", now=at(2))

        assert (has_in_hand(anna), the_case().owner) == (case, anna)
        actions.hand_over(case_id=case.pk, author_id=ola.pk, to_id=marek.pk, word="", now=at(3))
        assert Turn.objects.get().only_for == marek

    def test_one_gives_away_what_is_ones_own(self, anna: Staff, marek: Staff) -> None:
        here(anna)
        arrive(a_mail(ZOFIA, "Pytanie"), now=at(1))

        actions.hand_over(case_id=the_case().pk, author_id=anna.pk, to_id=marek.pk, word="", now=at(2))

        assert Turn.objects.get().only_for == marek

    def test_the_desk_says_who_is_at_it(self, client: Client, anna: Staff, marek: Staff) -> None:
        here(anna)
        arrive(a_mail(ZOFIA, "Pytanie"), now=at(1))
        client.force_login(marek, backend="allauth.account.auth_backends.AuthenticationBackend")

        address = reverse("desk:hand_over", args=[the_case().reference])
        page = client.post(address, {"to": marek.pk, "word": "Moje."}, follow=True).content.decode()

        assert "Nie przekazano: Anna" in page
        assert has_in_hand(anna)


def follow(now: float) -> None:
    """What the job that follows a change of the roster does."""
    for job in ProcrastinateJob.objects.filter(task_name=ROSTER).order_by("pk"):
        dispatching.roster_changed(**job.args, now=at(now))
    ProcrastinateJob.objects.filter(task_name=ROSTER).delete()


def test_whom_a_lead_noted_as_absent_takes_mails_again_when_she_is_back(anna: Staff, marek: Staff, ola: Staff) -> None:
    here(anna)
    arrive(a_mail(ZOFIA, "Pytanie"), now=at(1))
    case = the_case()
    absence = rostering.ill_today(by=ola, person_id=anna.pk, zone=ZoneInfo("Europe/Warsaw"), now=at(2))
    follow(2)

    post = Post.objects.get(consultant=anna)
    assert (post.on_duty, post.wish, str(post.absent_on)) == (False, "mails", "2026-11-23")
    assert "Nieobecność: Anna. Wiadomość wróciła do kolejki." in case.messages.latest("pk").text

    rostering.end_absence(by=ola, absence_id=absence.pk, ends_at=at(30), now=at(30))
    follow(30)
    assert Post.objects.get(consultant=anna).absent_on is None
    here(anna, now=31)

    assert has_in_hand(anna) == case


def test_an_absence_of_another_time_says_nothing_of_today(anna: Staff, ola: Staff) -> None:
    here(anna)
    Post.objects.update(absent_on=at(0).date(), on_duty=False, state="off")
    said = {"by": ola, "person_id": anna.pk, "kind": "leave", "now": at(1)}
    later = rostering.add_absence(starts_at=at(5000), ends_at=at(9000), **said)
    before = rostering.add_absence(starts_at=at(-9000), ends_at=at(-5000), **said)

    rostering.end_absence(by=ola, absence_id=later.pk, ends_at=at(8000), now=at(2))
    rostering.drop_absence(by=ola, absence_id=before.pk, now=at(2))
    follow(3)

    assert Post.objects.get().absent_on == at(0).date()


@pytest.mark.parametrize("more_follows", [False, True])
def test_her_answer_is_under_way_when_she_is_dismissed(anna: Staff, more_follows: bool) -> None:
    here(anna)
    arrive(a_mail(ZOFIA, "Pytanie"), now=at(1))
    case = the_case()
    Staff.objects.filter(pk=anna.pk).update(is_active=False)

    actions.reply(
        case_id=case.pk, author_id=anna.pk, text="Już działa.", seen=newest(case), now=at(2), more_follows=more_follows
    )

    assert not Turn.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_what_somebody_holds_is_given_all_the_same(self, anna: Staff) -> None:
        ServiceHours.objects.update_or_create(pk=1, defaults={"hands_out": True})
        arrive(a_mail(ZOFIA, "Pytanie"), now=at(1))
        case, holds, ends = the_case(), threading.Event(), threading.Event()

        def hold() -> None:
            with transaction.atomic():
                locked(case.pk)
                holds.set()
                ends.wait(20)
            connection.close()

        holder = threading.Thread(target=hold)
        holder.start()
        holds.wait(20)
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        try:
            here(anna, now=2)
        finally:
            ends.set()
            holder.join()
            connection.close()

        assert has_in_hand(anna) == case

    def test_a_case_that_becomes_another_customers_is_found(self) -> None:
        arrive(a_mail(ZOFIA, "Pytanie"), a_mail(JAN, "Konto"), now=at(1))
        case = Case.objects.order_by("pk")[0]
        other = Customer.objects.exclude(pk=case.customer_id).get()
        found: list[int] = []

        def find() -> None:
            with transaction.atomic():
                found.append(locked(case.pk).customer.pk)
            connection.close()

        finder = threading.Thread(target=find)
        with transaction.atomic():
            Case.objects.filter(pk=case.pk).update(customer=other)
            finder.start()
            _somebody_waits()
        finder.join()

        assert found == [other.pk]


def _somebody_waits() -> None:
    until = time.monotonic() + 20
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    raise AssertionError("nobody waited")
