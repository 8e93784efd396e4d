"""The crew in the engine's minutes: split shifts, nights, leave and breaks, over both DST nights."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from samehand.people.models import Absence, AbsenceKind, Break, Shift, Staff
from samehand.people.rostering.colleagues import colleagues

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 10, 24, 10, tzinfo=UTC)


def utc(day: int, hour: float) -> datetime:
    return datetime(2026, 10, day, int(hour), round(hour % 1 * 60), tzinfo=UTC)


@pytest.fixture
def free(anna: Staff) -> Staff:
    Shift.objects.all().delete()
    return anna


def works(person: Staff, begin: datetime, end: datetime) -> Shift:
    return Shift.objects.create(consultant=person, starts_at=begin, ends_at=end)


def told(spans: dict[int, tuple[tuple[float, float], ...]]) -> list[list[tuple[float, float]]]:
    """Each day's spans in hours of that day."""
    return [[((a - day * 1440) / 60, (b - day * 1440) / 60) for a, b in spans[day]] for day in sorted(spans)]


def test_a_split_day_and_a_night(free: Staff) -> None:
    works(free, utc(24, 6), utc(24, 10))
    works(free, utc(24, 12), utc(24, 14))
    works(free, utc(24, 20), utc(25, 5))

    (anna,) = colleagues(NOON, 2)

    assert anna.id == free.pk
    assert anna.topics == {"general", "billing"}
    assert anna.languages == {"pl", "en"}
    assert told(anna.shifts) == [[(8, 12), (14, 16), (22, 30)]], "the hour that comes twice counts once"


def test_leave_and_breaks_are_taken_out(free: Staff) -> None:
    shift = works(free, utc(26, 7), utc(26, 15))
    Break.objects.create(shift=shift, starts_at=utc(26, 9), ends_at=utc(26, 9.25))
    Break.objects.create(shift=shift, starts_at=utc(26, 13), ends_at=utc(26, 13.25))
    Absence.objects.create(consultant=free, kind=AbsenceKind.OTHER, starts_at=utc(26, 11), ends_at=utc(26, 13.1))

    (anna,) = colleagues(NOON, 3)

    assert told(anna.shifts) == [[(8, 12), (pytest.approx(14.1), 16)]]
    assert told(anna.breaks) == [[(10, 10.25), (pytest.approx(14.1), 14.25)]]


def test_who_is_away_all_day_has_no_shift_and_is_still_a_colleague(free: Staff) -> None:
    works(free, utc(24, 6), utc(24, 14))
    Absence.objects.create(consultant=free, kind=AbsenceKind.SICK, starts_at=utc(23, 22), ends_at=utc(24, 22))

    assert [one.shifts for one in colleagues(NOON, 1)] == [{}]


def test_who_can_do_nothing_in_particular_does_what_everybody_does(free: Staff) -> None:
    Staff.objects.update(skills=[], languages=[])

    (anna,) = colleagues(NOON, 1)

    assert (anna.topics, anna.languages) == ({"general"}, {"pl"})


def test_only_the_days_asked_for(free: Staff) -> None:
    for day in (20, 23, 24, 26, 28):
        works(free, utc(day, 6), utc(day, 14))

    assert len(colleagues(NOON, 2)[0].shifts) == 3


def test_who_has_gone_is_no_colleague(free: Staff) -> None:
    Staff.objects.update(is_active=False)

    assert colleagues(NOON, 1) == []
