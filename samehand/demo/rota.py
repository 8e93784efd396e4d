"""Who works when: three crews in three shifts around the clock, changing places every week, two days off in seven."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BEGINS = (6, 14, 22)
LENGTH = timedelta(hours=8)
# Days after the anchor, modulo seven, on which the first, second and third of a crew are off; never on the anchor.
DAYS_OFF = ((3, 4), (5, 6), (1, 2))


@dataclass(frozen=True, slots=True)
class Turn:
    email: str
    starts_at: datetime
    ends_at: datetime


def place_of(now: datetime, zone: ZoneInfo) -> tuple[date, int]:
    """The day on which the shift that runs at `now` began, and which of the day's three it is."""
    local = now.astimezone(zone)
    if local.hour < BEGINS[0]:
        return local.date() - timedelta(days=1), 2
    return local.date(), sum(local.hour >= hour for hour in BEGINS) - 1


def turns(crews: Mapping[int, Sequence[str]], *, now: datetime, zone: ZoneInfo, days: range) -> list[Turn]:
    """The shifts that begin `days` (an interval of days from today); the first crew is on shift at `now`."""
    today, present = place_of(now, zone)
    found = []
    for offset in days:
        day = today + timedelta(days=offset)
        for crew, emails in crews.items():
            place = (present + crew + offset // 7) % 3
            begins = datetime.combine(day, time(BEGINS[place]), zone)
            ends = datetime.combine(day + timedelta(days=place == 2), time((BEGINS[place] + 8) % 24), zone)
            found += [
                Turn(email, begins, ends)
                for number, email in enumerate(emails)
                if offset % 7 not in DAYS_OFF[number % len(DAYS_OFF)]
            ]
    return sorted(found, key=lambda turn: (turn.starts_at.timestamp(), turn.email))
