"""How soon and at which hour customers write again: learned from what was seen."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import Any

from samehand.core.routing.values import DAY
from samehand.core.routing.waiting import BIN, BINS

SHORT = 480.0
EDGES = (5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 240.0, 360.0, SHORT)
DAYS = 8


class Habits:
    """How soon customers write again: within hours, or on a later day at about their hour.

    What is learned counts from the next day on: `within`, `later` and `drift` are the shares as the day began.
    """

    def __init__(self) -> None:
        self.soon = [12.0, 12.0, 12.0, 14.0, 10.0, 8.0, 6.0, 6.0, 6.0]
        self.later = [0.0, 14.0, 8.0, 4.0, 3.0, 2.0, 2.0, 2.0]
        self.drift = [10.0 if min(i, BINS - i) <= 4 else 1.0 for i in range(BINS)]
        self._begin(-1, (self.soon, self.later, self.drift))

    def learn(self, written: float, answered: float, usual: float) -> None:
        self.at(written)
        gap = written - answered
        if gap <= SHORT and written // DAY == answered // DAY:
            self.soon[bisect_left(EDGES, gap)] += 1.0
            return
        days = int(written // DAY - answered // DAY)
        if 0 < days < DAYS:
            self.later[days] += 1.0
        self.drift[int((written - usual) % DAY // BIN)] += 1.0

    def at(self, now: float) -> Habits:
        """With the shares of this day."""
        day = int(now // DAY)
        if day != self.day:
            self._begin(day, (self.soon, self.later, self.drift))
        return self

    def kept(self) -> dict[str, Any]:
        return {"day": self.day, "now": [self.soon, self.later, self.drift], "as_the_day_began": list(self._began)}

    def restore(self, kept: dict[str, Any]) -> None:
        self.soon, self.later, self.drift = (list(counts) for counts in kept["now"])
        self._begin(kept["day"], kept["as_the_day_began"])

    def _begin(self, day: int, counts: Any) -> None:
        soon, later, drift = self._began = [list(each) for each in counts]
        total = sum(soon) + sum(later)
        self.day = day
        self.within: tuple[float, ...] = (0.0, *accumulate(count / total for count in soon))
        self.by_day: tuple[float, ...] = tuple(count / total for count in later)
        self.by_drift: tuple[float, ...] = tuple(count / sum(drift) for count in drift)
