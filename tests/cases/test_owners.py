"""For whom customers wait where mails are handed out: what is held and until when, what lies in hand, who is there."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samehand.cases.actions import dispatching
from samehand.cases.models import Case, Post, Turn
from samehand.cases.owners import Held, Owner, owners
from samehand.cases.presence import presence
from samehand.people.models import Absence, ServiceHours, Shift, Staff
from samehand.people.queries import terms
from tests.personas import JAN, MONDAY, a_mail, arrive, at, staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hands_out(db: None) -> None:
    ServiceHours.objects.update_or_create(pk=1, defaults={"hands_out": True})


def here(*people: Staff, minute: float = 0) -> None:
    for one in people:
        dispatching.here(staff_id=one.pk, now=at(minute))


def doing(one: Staff, minute: float = 0) -> str:
    found = presence(at(minute)).get(one.pk)
    return found.doing if found else "nothing"


def row(one: Staff, minute: float) -> Owner:
    return next(row for row in owners(at(minute), terms()) if row.person == one)


def wait_for(one: Staff, subject: str, **turn: object) -> None:
    """The mail has come before; now it is hers, and held as told."""
    Case.objects.filter(subject=subject).update(owner=one)
    Turn.objects.filter(case__subject=subject).update(given_to=None, given_at=None, **turn)


def arrived(*subjects: str) -> None:
    arrive(*(a_mail(f"{subject} <{subject}@x.example>", subject) for subject in subjects), now=at(1))


@pytest.mark.parametrize("wish", ["break", "phone", "away"])
def test_what_she_says_of_herself_is_what_she_does(anna: Staff, wish: str) -> None:
    here(anna)
    assert doing(anna) == "free"

    dispatching.say(staff_id=anna.pk, wish=wish, now=at(5))

    assert doing(anna, 6) == wish
    assert presence(at(6))[anna.pk].here is (wish != "away")
    assert presence(at(6))[anna.pk].since == at(5)


def test_with_a_mail_she_is_busy_and_free_after_a_usual_work(anna: Staff) -> None:
    here(anna)
    arrive(a_mail(), now=at(2))

    found = presence(at(3))[anna.pk]

    assert (found.doing, found.since, found.in_hand, found.until) == ("busy", at(2), 1, at(360))
    assert found.free_at == at(8)
    assert presence(at(30))[anna.pk].free_at is None


def test_planned_is_not_there(anna: Staff, marek: Staff) -> None:
    """Anna never came; Marek came and fell silent; Ewa's shift has only just begun; Adam is ill; Ola is not planned."""
    here(marek)
    Post.objects.filter(consultant=marek).update(seen_at=at(1))
    dispatching.go_away(staff_id=marek.pk, why="silent", now=at(20))
    ewa, adam, ola = staff("Ewa", works=False), staff("Adam"), staff("Ola", works=False)
    Shift.objects.create(consultant=ewa, starts_at=at(19.5), ends_at=at(400))
    Absence.objects.create(consultant=adam, kind="sick", starts_at=at(-600), ends_at=at(600))

    assert [doing(one, 20) for one in (anna, marek, ewa, adam, ola)] == [
        "silent",
        "silent",
        "due",
        "nothing",
        "nothing",
    ]
    assert presence(at(20))[anna.pk].since is None
    assert presence(at(20))[marek.pk].since == at(1)


def test_what_she_said_on_another_shift_counts_no_more(anna: Staff) -> None:
    here(anna)
    dispatching.say(staff_id=anna.pk, wish="away", now=at(5))
    Shift.objects.create(consultant=anna, starts_at=at(420), ends_at=at(600))
    assert doing(anna, 200) == "away"
    assert doing(anna, 500) == "silent"


def test_who_takes_mails_outside_the_roster_is_there(ola: Staff) -> None:
    dispatching.say(staff_id=ola.pk, wish="mails", now=at(0))
    assert doing(ola, 5) == "free"
    assert row(ola, 5).here


def test_what_is_held_for_her_and_until_when(anna: Staff, marek: Staff) -> None:
    here(anna, marek)
    arrived("one", "two", "three", "four")
    wait_for(anna, "one", stage="owner", owner=anna, kept_for=[anna.pk, marek.pk], due_at=at(24.5))
    wait_for(anna, "two", stage="circle", owner=anna, kept_for=[anna.pk], due_at=at(17.5))
    wait_for(anna, "three", stage="owner", owner=anna, kept_for=[anna.pk], only_for=anna, until=None)
    wait_for(marek, "four", stage="all", kept_for=[])

    assert row(anna, 5).held == Held(2, at(14), at(21), 1)
    assert row(marek, 5).held == Held()


def test_it_asks_as_often_for_many_as_for_few(anna: Staff, marek: Staff) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            owners(at(5), terms())
        return len(asked)

    here(anna, marek)
    arrive(a_mail(), a_mail(JAN, "Faktura"), now=MONDAY)
    queries()
    few = queries()
    more = [staff(f"P{n}") for n in range(8)]
    here(*more)
    arrived(*(f"held-{number}" for number in range(8)))
    for number, one in enumerate(more):
        wait_for(one, f"held-{number}", stage="owner", owner=one, kept_for=[one.pk], until=at(20))
    queries()

    assert sum(row.held.held for row in owners(at(5), terms())) == 8
    assert queries() == few


def test_without_handing_out_the_roster_says_who_is_here(anna: Staff) -> None:
    ServiceHours.objects.update(hands_out=False)
    assert presence(MONDAY) == {}
    assert owners(MONDAY, terms()) == [Owner(anna, here=True, until=at(360))]
