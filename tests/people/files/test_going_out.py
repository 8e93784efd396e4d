"""The roster as a file: it comes back the same, and a person's own calendar tells nothing of illness."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from samehand.people.models import Absence, AbsenceKind, Break, Shift, Staff
from samehand.people.rostering.files.calendar import read_calendar
from samehand.people.rostering.files.table import read_table, write_table
from samehand.people.rostering.files.telling import write_calendar
from tests.people.files.taken import take
from tests.people.files.written import WARSAW
from tests.personas import MONDAY

pytestmark = pytest.mark.django_db


def a_roster(anna: Staff) -> None:
    """Shifts by day and by night, over the change of clocks, with breaks; leave, illness, hours away."""
    for day, begin, length in ((date(2026, 11, 24), 8, 8), (date(2026, 10, 24), 22, 9), (date(2026, 11, 27), 16, 8)):
        starts_at = datetime.combine(day, time(begin), WARSAW).astimezone(UTC)
        shift = Shift.objects.create(consultant=anna, starts_at=starts_at, ends_at=starts_at + timedelta(hours=length))
        pause = starts_at + timedelta(hours=2)
        Break.objects.create(shift=shift, starts_at=pause, ends_at=pause + timedelta(minutes=20))
    for kind, begin, end in (
        ("leave", datetime(2026, 12, 1, tzinfo=WARSAW), datetime(2026, 12, 5, tzinfo=WARSAW)),
        ("sick", datetime(2026, 12, 7, 11, 30, tzinfo=WARSAW), datetime(2026, 12, 8, tzinfo=WARSAW)),
        ("other", datetime(2026, 12, 9, 12, tzinfo=WARSAW), datetime(2026, 12, 9, 15, tzinfo=WARSAW)),
    ):
        Absence.objects.create(consultant=anna, kind=kind, starts_at=begin, ends_at=end)


def rows() -> tuple[Any, ...]:
    """What the database holds, without its numbers."""
    return (
        sorted(Shift.objects.values_list("consultant", "starts_at", "ends_at")),
        sorted(Break.objects.values_list("starts_at", "ends_at")),
        sorted(Absence.objects.values_list("consultant", "kind", "starts_at", "ends_at")),
    )


@pytest.mark.parametrize("form", ["table", "calendar"])
def test_what_goes_out_comes_back_the_same(ola: Staff, free: Staff, form: str) -> None:
    a_roster(free)
    shifts, absences, before = Shift.objects.all(), Absence.objects.all(), rows()
    if form == "table":
        sheet = read_table(write_table(shifts, absences, WARSAW).encode(), WARSAW)
    else:
        raw = write_calendar(shifts, absences, host="fala.example", zone=WARSAW, now=MONDAY)
        sheet = read_calendar(raw, WARSAW, MONDAY)

    assert take(ola, sheet) == ({"new": 0, "changed": 0, "same": 6}, [])
    Shift.objects.all().delete()
    Absence.objects.all().delete()
    assert take(ola, sheet) == ({"new": 6, "changed": 0, "same": 0}, [])
    assert rows() == before


def test_a_persons_own_calendar_never_tells_that_she_was_ill(free: Staff) -> None:
    a_roster(free)
    absences = Absence.objects.filter(kind=AbsenceKind.SICK)

    def written(*, own: bool) -> str:
        return write_calendar([], absences, host="h", zone=WARSAW, now=MONDAY, own=own).decode()

    assert "SICK" in written(own=False)
    assert "SICK" not in written(own=True)
    assert "SUMMARY:Away" in written(own=True)
    assert "mailto" not in written(own=True)
