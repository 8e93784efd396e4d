"""What a roster knows beside shifts: breaks that take turns, somebody ill today, somebody on leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from samehand.core.days import midnight
from samehand.people.models import Absence, AbsenceKind, Break, Shift, Staff

HALF_AN_HOUR = timedelta(minutes=30)
LONG = timedelta(hours=6)
# Nobody of the crew that is on shift at the first look, so that its desk is as full as it is told.
ILL, ON_LEAVE, ELSEWHERE = "tomek@fala.example", "julia@fala.example", "piotr@fala.example"


def breaks(shifts: Sequence[Shift]) -> list[Break]:
    """Half an hour in every long shift; colleagues rest one after the other."""
    return [
        Break(shift=shift, starts_at=begin, ends_at=begin + HALF_AN_HOUR)
        for shift in shifts
        if shift.ends_at - shift.starts_at >= LONG
        for begin in [shift.starts_at + timedelta(hours=3) + shift.consultant_id % 3 * HALF_AN_HOUR]
    ]


def absences(staff: Mapping[str, Staff], *, now: datetime, zone: ZoneInfo) -> list[Absence]:
    """One is ill today and tomorrow, one on leave from the day after tomorrow, one at a training tomorrow."""
    today = now.astimezone(zone).date()
    wanted = [
        (ILL, AbsenceKind.SICK, *_days(today, 2, zone), ""),
        (ON_LEAVE, AbsenceKind.LEAVE, *_days(today + timedelta(days=2), 7, zone), "Tatry"),
        (ELSEWHERE, AbsenceKind.OTHER, *_hours(today + timedelta(days=1), 10, 13, zone), "szkolenie: eSIM"),
    ]
    return [
        Absence(consultant=staff[email], kind=kind, starts_at=begin, ends_at=end, note=note)
        for email, kind, begin, end, note in wanted
        if email in staff
    ]


def _days(first: date, count: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    return midnight(first, zone), midnight(first + timedelta(days=count), zone)


def _hours(day: date, begin: int, end: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    return datetime.combine(day, time(begin), zone), datetime.combine(day, time(end), zone)
