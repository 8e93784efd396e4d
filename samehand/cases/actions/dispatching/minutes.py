"""The engine's minutes of a desk, on a grid fine enough for every mail and coarse enough to come back exactly.

A stored moment has microseconds, the engine reckons in binary fractions. On multiples of 2**-20 of a minute "eight
minutes before" is exact in both, so a moment that was stored and read is the same, and so is what is decided by it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from math import inf
from zoneinfo import ZoneInfo

from samehand.core.routing import Clock
from samehand.core.routing.clock import MONDAY

GRID = 2.0**20


class Minutes:
    def __init__(self, zone: str) -> None:
        self.clock = Clock(ZoneInfo(zone))

    def of(self, moment: datetime) -> float:
        return round(self.clock.minute(moment) * GRID) / GRID

    def until(self, moment: datetime | None) -> float:
        return inf if moment is None else self.of(moment)

    def moment(self, minute: float) -> datetime:
        return self.clock.instant(minute)

    def ends(self, minute: float) -> datetime | None:
        return None if minute == inf else self.moment(minute)

    @staticmethod
    def day(day: date | None) -> int:
        return (day - MONDAY.date()).days if day else -9

    @staticmethod
    def date(day: int) -> date | None:
        return MONDAY.date() + timedelta(days=day) if day >= 0 else None
