"""Several at once: doors that file, consultants who answer and hand over, the thread that moves on. Nobody waits for
nobody, and nothing is given twice."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from samehand.cases import actions
from samehand.cases.actions import dispatching
from samehand.cases.handing_out import LONGEST, HandingOut
from samehand.cases.models import Case, Message, Post, Turn
from samehand.lib.models import Event
from samehand.people.actions import staffing
from samehand.people.models import Absence, Role, ServiceHours, Shift, Staff
from tests.personas import MONDAY, a_mail, arrive, at, newest, staff

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None) -> list[Staff]:
    ServiceHours.objects.update_or_create(pk=1, defaults={"hands_out": True})
    return [staff(name) for name in ("Anna", "Marek", "Ewa", "Olga")]


def act_on(case: Case, one: Staff, people: list[Staff], dice: random.Random, minute: float) -> None:
    """Mostly she answers, sometimes with more to follow; else she hands the case over or is done with it."""
    act = dice.random()
    if act < 0.7:
        actions.reply(
            case_id=case.pk, author_id=one.pk, text="Już działa.", seen=newest(case), now=at(minute),
            more_follows=act < 0.2,
        )  # fmt: skip
    elif act < 0.85:
        to = dice.choice(people)
        actions.hand_over(case_id=case.pk, author_id=one.pk, to_id=to.pk, word="", now=at(minute))
    else:
        actions.solve(case_id=case.pk, author_id=one.pk, seen=newest(case), now=at(minute))


def work(one: Staff, people: list[Staff]) -> None:
    """A consultant does what she has in hand; with nothing in hand she is there for mails, or on the phone."""
    dice = random.Random(one.first_name)
    for minute in range(25):
        case = Case.objects.filter(turn__given_to=one, turn__aside=False).first()
        if case is None:
            dispatching.say(staff_id=one.pk, wish=dice.choice(["mails", "phone", "mails"]), now=at(minute))
            continue
        with suppress(actions.AlreadyAnswered, actions.InOthersHands, actions.Joined):
            act_on(case, one, people, dice, minute)


def file_mails() -> None:
    for number in range(40):
        senders = (f"k{n} <k{n}@poczta.example>" for n in range(number, number + 3))
        arrive(*(a_mail(sender, f"Pytanie {number}") for sender in senders), now=at(3))


def move_on(rest: threading.Event) -> None:
    """The thread that hands out, until `rest` is set."""
    minute = 4.0
    while not rest.is_set():
        Post.objects.update(seen_at=at(minute))
        dispatching.step(now=at(minute))
        minute += 0.2


def started(what: Callable[[], None], troubles: list[BaseException]) -> threading.Thread:
    """A thread whose trouble is kept for the test, and whose connection is closed."""

    def run() -> None:
        try:
            what()
        except BaseException as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def all_at_once(people: list[Staff]) -> list[BaseException]:
    """What went wrong while everybody worked, mails came in and the line moved on."""
    troubles: list[BaseException] = []
    rest = threading.Event()
    mover = started(partial(move_on, rest), troubles)
    workers = [started(what, troubles) for what in (*(partial(work, one, people) for one in people), file_mails)]
    for worker in workers:
        worker.join()
    rest.set()
    mover.join()
    return troubles


def test_a_busy_hour_of_several_at_once(people: list[Staff]) -> None:
    for one in people:
        dispatching.here(staff_id=one.pk, now=MONDAY)

    troubles = all_at_once(people)

    assert troubles == []
    dispatching.catch_up(now=at(60))
    owed = Message.objects.filter(due_at__isnull=False, answered_at=None, waived_at=None)
    in_line = Turn.objects.filter(word_at=None)
    assert set(in_line.values_list("case", flat=True)) == set(owed.values_list("case", flat=True))
    in_hand = list(Turn.objects.filter(given_to__isnull=False, aside=False).values_list("given_to", flat=True))
    assert len(in_hand) == len(set(in_hand))
    assert set(Post.objects.filter(state="busy").values_list("consultant", flat=True)) == set(in_hand)


def test_the_thread_sleeps_until_something_is_due(people: list[Staff]) -> None:
    handing_out = HandingOut()
    assert handing_out.rest() == LONGEST
    begin = timezone.now()
    Shift.objects.update(starts_at=begin - timezone.timedelta(hours=1), ends_at=begin + timezone.timedelta(hours=8))
    dispatching.here(staff_id=people[0].pk, now=begin)

    # Five minutes until she would be silent.
    assert 290 < handing_out.rest() <= 300

    Post.objects.update(seen_at=begin - timezone.timedelta(minutes=6))
    handing_out.turn()
    assert not Post.objects.get().on_duty
    assert handing_out.rest() == LONGEST


def test_the_switch_is_followed(people: list[Staff]) -> None:
    ServiceHours.objects.update(hands_out=False)
    handing_out = HandingOut()
    arrive(a_mail(), now=at(1))
    handing_out.turn()
    assert Turn.objects.count() == 0

    ServiceHours.objects.update(hands_out=True)
    handing_out.turn()
    assert Turn.objects.count() == 1

    ServiceHours.objects.update(hands_out=False)
    handing_out.turn()
    assert Turn.objects.count() == 0


def test_the_roster_counts_at_once(people: list[Staff]) -> None:
    """Somebody who is let go is named to a job, which puts back what she has in hand."""
    anna, marek = people[:2]
    adam = staff("Adam", Role.ADMIN, works=False)
    dispatching.here(staff_id=anna.pk, now=MONDAY)
    arrive(a_mail(), now=at(1))
    dispatching.here(staff_id=marek.pk, now=at(1))

    staffing.deactivate(by=adam, person_id=anna.pk, now=at(2))

    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'samehand.cases.roster_changed'")
        assert [args["staff_id"] if isinstance(args, dict) else args for (args,) in cursor.fetchall()]
    dispatching.roster_changed(staff_id=anna.pk, now=at(2))
    assert Turn.objects.get().given_to == marek
    assert Event.objects.filter(kind="case.given").count() == 2
    assert not Absence.objects.exists()
