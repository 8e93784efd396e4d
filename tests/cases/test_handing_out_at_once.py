"""Several at once: doors that file, consultants who answer and hand over, the thread that moves on. Nobody waits for
nobody, and nothing is given twice."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable

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


def test_a_busy_hour_of_several_at_once(people: list[Staff]) -> None:
    for one in people:
        dispatching.here(staff_id=one.pk, now=MONDAY)
    troubles: list[BaseException] = []
    rest = threading.Event()

    def answers(one: Staff) -> None:
        dice = random.Random(one.first_name)
        for step in range(25):
            case = Case.objects.filter(turn__given_to=one, turn__aside=False).first()
            if case is None:
                dispatching.say(staff_id=one.pk, wish=dice.choice(["mails", "phone", "mails"]), now=at(step))
                continue
            act = dice.random()
            try:
                if act < 0.7:
                    actions.reply(
                        case_id=case.pk, author_id=one.pk, text="Już działa.", seen=newest(case), now=at(step),
                        more_follows=act < 0.2,
                    )  # fmt: skip
                elif act < 0.85:
                    to = dice.choice(people)
                    actions.hand_over(case_id=case.pk, author_id=one.pk, to_id=to.pk, word="", now=at(step))
                else:
                    actions.solve(case_id=case.pk, author_id=one.pk, seen=newest(case), now=at(step))
            except (actions.AlreadyAnswered, actions.InOthersHands, actions.Joined):
                pass

    def files() -> None:
        for number in range(40):
            arrive(
                *(a_mail(f"k{n} <k{n}@poczta.example>", f"Pytanie {number}") for n in range(number, number + 3)),
                now=at(3),
            )

    def moves_on() -> None:
        minute = 4.0
        while not rest.is_set():
            Post.objects.update(seen_at=at(minute))
            dispatching.step(now=at(minute))
            minute += 0.2

    def guarded(what: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            try:
                what()
            except BaseException as trouble:
                troubles.append(trouble)
            finally:
                connection.close()

        return run

    mover = threading.Thread(target=guarded(moves_on))
    workers = [threading.Thread(target=guarded(lambda one=one: answers(one))) for one in people]  # type: ignore[misc]
    workers.append(threading.Thread(target=guarded(files)))
    for thread in (mover, *workers):
        thread.start()
    for thread in workers:
        thread.join()
    rest.set()
    mover.join()

    assert troubles == []
    dispatching.catch_up(now=at(60))
    owed = Message.objects.filter(due_at__isnull=False, answered_at=None, waived_at=None)
    assert set(Turn.objects.filter(word_at=None).values_list("case", flat=True)) == set(
        owed.values_list("case", flat=True)
    )
    in_hand = list(Turn.objects.filter(given_to__isnull=False, aside=False).values_list("given_to", flat=True))
    assert len(in_hand) == len(set(in_hand))
    busy = set(Post.objects.filter(state="busy").values_list("consultant", flat=True))
    assert busy == set(in_hand)


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
