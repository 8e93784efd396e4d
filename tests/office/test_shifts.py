"""Ola plans who is on duty."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from samehand.people.actions import timetable
from samehand.people.models import Shift, Staff
from tests.personas import MONDAY

pytestmark = pytest.mark.django_db


def plan(lead: Client, person: Staff, day: str, begin: str, end: str) -> int:
    said = {"consultant": person.pk, "day": day, "begin": begin, "end": end}
    return lead.post("/desk/office/shifts", said).status_code


@pytest.fixture
def free(anna: Staff) -> Staff:
    Shift.objects.all().delete()
    return anna


@pytest.mark.parametrize(
    ("day", "begin", "end", "starts_at", "ends_at"),
    [
        pytest.param("2026-07-01", "08:00", "16:00", (7, 1, 6), (7, 1, 14), id="summer"),
        pytest.param("2026-11-23", "08:00", "16:00", (11, 23, 7), (11, 23, 15), id="winter"),
        pytest.param("2026-11-23", "22:00", "06:00", (11, 23, 21), (11, 24, 5), id="over midnight"),
        pytest.param("2026-10-24", "22:00", "06:00", (10, 24, 20), (10, 25, 5), id="the night that has an hour more"),
    ],
)
def test_hours_are_the_operators(
    lead: Client,
    free: Staff,
    day: str,
    begin: str,
    end: str,
    starts_at: tuple[int, int, int],
    ends_at: tuple[int, int, int],
) -> None:
    assert plan(lead, free, day, begin, end) == 302

    shift = Shift.objects.get()
    assert shift.starts_at == datetime(2026, *starts_at, tzinfo=UTC)
    assert shift.ends_at == datetime(2026, *ends_at, tzinfo=UTC)


def test_nobody_is_on_duty_twice_at_once(lead: Client, free: Staff, marek: Staff) -> None:
    plan(lead, free, "2026-11-23", "08:00", "16:00")

    assert plan(lead, free, "2026-11-23", "15:00", "20:00") == 422
    assert plan(lead, free, "2026-11-23", "16:00", "20:00") == 302
    assert plan(lead, marek, "2026-11-24", "08:00", "16:00") == 302


def test_a_form_without_a_person_is_refused(lead: Client, free: Staff) -> None:
    said = {"consultant": "", "day": "2026-11-23", "begin": "8", "end": "16:00"}

    assert lead.post("/desk/office/shifts", said).status_code == 422
    assert not Shift.objects.exists()


def test_an_hour_that_the_night_in_march_does_not_have(lead: Client, free: Staff) -> None:
    assert plan(lead, free, "2026-03-29", "02:30", "03:10") == 422
    assert plan(lead, free, "2026-03-28", "22:00", "06:00") == 302


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "rubbish"])
def test_a_day_that_nobody_plans(lead: Client, free: Staff, day: str) -> None:
    assert plan(lead, free, day, "22:00", "06:00") == 422


def test_a_shift_is_taken_out(lead: Client, anna: Staff) -> None:
    lead.post(f"/desk/office/shifts/{Shift.objects.get(consultant=anna).pk}/drop")

    assert not Shift.objects.filter(consultant=anna).exists()


def test_the_week_is_copied_by_the_wall_clock(lead: Client, free: Staff) -> None:
    plan(lead, free, "2026-10-19", "08:00", "16:00")

    lead.post("/desk/office/shifts/copy", {"week": "2026-10-26"})

    copied = Shift.objects.latest("starts_at")
    assert copied.starts_at == datetime(2026, 10, 26, 7, tzinfo=UTC), "in winter time 8:00 is 7:00 UTC"


def test_copying_twice_adds_nothing(ola: Staff, free: Staff) -> None:
    Shift.objects.create(
        consultant=free,
        starts_at=datetime(2026, 11, 16, 7, tzinfo=UTC),
        ends_at=datetime(2026, 11, 16, 15, tzinfo=UTC),
    )

    counts = [timetable.copy_week(by=ola, monday=date(2026, 11, 23), now=MONDAY) for _turn in range(2)]

    assert counts == [1, 0]


def test_who_was_sent_away_is_not_copied(ola: Staff, anna: Staff) -> None:
    anna.is_active = False
    anna.save()

    assert timetable.copy_week(by=ola, monday=date(2026, 11, 30), now=MONDAY) == 0


@pytest.mark.parametrize("week", ["", "2026-11-25", "rubbish", "9999-12-31"])
def test_any_week_can_be_asked_for(lead: Client, anna: Staff, week: str) -> None:
    assert lead.get(f"/desk/office/shifts?week={week}").status_code == 200
