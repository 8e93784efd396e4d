"""How well a person's roster fits the hours at which a customer writes, by habits learned from what was seen."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache

from samehand.core.routing.habits import BIN, BINS, DAYS, EDGES, SHORT, Habits
from samehand.core.routing.people import Person
from samehand.core.routing.values import DAY, Rules, Span
from samehand.core.routing.waiting import Message

STEPS = (0.0, *EDGES)


class Fit:
    """The expected share of this customer's next messages that fall into a person's shifts."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.habits = Habits()
        self.day = -1
        self._later: dict[tuple[int, int], float] = {}

    def of(self, person: Person, message: Message, now: float) -> float:
        if int(now // DAY) != self.day:
            self.day = self.habits.at(now).day
            self._later.clear()
        minutes = message.case.customer.minutes or [message.arrived % DAY]
        later = sum(self._on_later_days(person, int(minute // BIN)) for minute in minutes) / len(minutes)
        return self._soon(person, now) + later

    def forget(self, person: int) -> None:
        """What was reckoned for the person today: she is not there."""
        for known in [one for one in self._later if one[0] == person]:
            del self._later[known]

    def _soon(self, person: Person, now: float) -> float:
        """Within the shift that she has begun, and within those that she begins today."""
        until = person.until if person.on_duty else now + SHORT
        share = self._within(until - now - self.rules.word_takes)
        if person.on_duty:
            for start, end in person.colleague.shifts.get(self.day, ()):
                if start > now and start >= until:
                    share += self._within(end - now - self.rules.word_takes) - self._within(start - now)
        return share

    def _within(self, minutes: float) -> float:
        """The share that comes so soon after the answer."""
        shares: tuple[float, ...] = self.habits.within
        if minutes <= 0.0:
            return 0.0
        if minutes >= SHORT:
            return shares[-1]
        at = bisect_right(STEPS, minutes) - 1
        return shares[at] + (shares[at + 1] - shares[at]) * (minutes - STEPS[at]) / (STEPS[at + 1] - STEPS[at])

    def _on_later_days(self, person: Person, at: int) -> float:
        known = self._later.get((person.id, at))
        if known is None:
            known = self._later[person.id, at] = self._sum_of_days(person, at)
        return known

    def _sum_of_days(self, person: Person, at: int) -> float:
        total = 0.0
        for ahead in range(1, DAYS):
            if there := _presence(person, self.day + ahead):
                doubt = 0.5 if person.absent_day >= self.day and ahead <= 2 else 1.0
                covered = _covered(there, self.habits.by_drift, self.rules)
                total += doubt * self.habits.by_day[ahead] * covered[at]
        return total


def _presence(person: Person, day: int) -> tuple[Span, ...]:
    """The day's shifts without their breaks, in minutes of the day."""
    shifts = person.colleague.shifts.get(day, ())
    breaks = person.colleague.breaks.get(day, ())
    return tuple((start - day * DAY, end - day * DAY) for start, end in _without(shifts, breaks))


def _without(spans: Iterable[Span], breaks: tuple[Span, ...]) -> Iterator[Span]:
    for start, end in spans:
        for pause, back in breaks:
            if start <= pause and back <= end:
                yield start, pause
                start = back
        yield start, end


@lru_cache(maxsize=4096)
def _covered(there: tuple[Span, ...], by_drift: tuple[float, ...], rules: Rules) -> tuple[float, ...]:
    """By the half hour at which a customer last wrote: the share of what she writes on that day that is in time."""
    served = [any(_serves(span, (at + 0.5) * BIN, rules) for span in there) for at in range(BINS)]
    return tuple(sum(share for i, share in enumerate(by_drift) if served[(at + i) % BINS]) for at in range(BINS))


def _serves(span: Span, minute: float, rules: Rules) -> bool:
    """What comes at night is answered by whoever is there at the opening."""
    minute = rules.open_at if minute < rules.open_at or minute >= rules.close_at else minute
    return span[0] - rules.promise / 2 <= minute <= span[1] - rules.word_takes
