"""How well a person's roster fits the hours at which a customer writes, by habits learned from what was seen."""

from __future__ import annotations

from copy import deepcopy

from samehand.core.routing.people import Person
from samehand.core.routing.values import DAY, Rules
from samehand.core.routing.waiting import Message

BINS = 48
BIN = DAY / BINS
SHORT = 480.0
EDGES = (5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 240.0, 360.0, SHORT)
DAYS = 8
Shift = tuple[float, float]


class Habits:
    """How soon customers write again: within hours, or on a later day at about their hour."""

    def __init__(self) -> None:
        self.soon = [12.0, 12.0, 12.0, 14.0, 10.0, 8.0, 6.0, 6.0, 6.0]
        self.later = [0.0, 14.0, 8.0, 4.0, 3.0, 2.0, 2.0, 2.0]
        self.drift = [10.0 if min(i, BINS - i) <= 4 else 1.0 for i in range(BINS)]

    def learn(self, written: float, answered: float, usual: float) -> None:
        gap = written - answered
        if gap <= SHORT and written // DAY == answered // DAY:
            self.soon[next(i for i, edge in enumerate(EDGES) if gap <= edge)] += 1.0
            return
        days = int(written // DAY - answered // DAY)
        if 0 < days < DAYS:
            self.later[days] += 1.0
        self.drift[int((written - usual) % DAY // BIN)] += 1.0


class Fit:
    """The expected share of this customer's next messages that fall into a person's shifts."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.habits = Habits()
        # What was known when the day began: a decision must not depend on what else was asked since.
        self.at_dawn = self.habits
        self.day = -1
        self._cover: dict[Shift, list[float]] = {}
        self._later: dict[tuple[int, int], float] = {}
        self._within: list[float] = []
        self._weights: list[float] = []

    def of(self, person: Person, message: Message, now: float) -> float:
        if int(now // DAY) != self.day:
            self.begin_day(int(now // DAY), deepcopy(self.habits))
        minutes = message.case.customer.minutes or [message.arrived % DAY]
        later = sum(self._on_later_days(person, int(minute // BIN)) for minute in minutes) / len(minutes)
        return self._soon(person, now) + later

    def forget(self, person: int) -> None:
        """What was reckoned for the person today: she is not there."""
        for known in [one for one in self._later if one[0] == person]:
            del self._later[known]

    def begin_day(self, day: int, habits: Habits) -> None:
        self.day, self.at_dawn = day, habits
        self._cover.clear()
        self._later.clear()
        total = sum(habits.soon) + sum(habits.later)
        self._weights = [count / total for count in habits.later]
        share, self._within = 0.0, [0.0]
        for count in habits.soon:
            share += count / total
            self._within.append(share)

    def _soon(self, person: Person, now: float) -> float:
        left = (person.until if person.on_duty else now + SHORT) - now - self.rules.word_takes
        lower = 0.0
        for index, edge in enumerate(EDGES):
            if left < edge:
                below, above = self._within[index], self._within[index + 1]
                return below + (above - below) * max(0.0, left - lower) / (edge - lower)
            lower = edge
        return self._within[-1]

    def _on_later_days(self, person: Person, at: int) -> float:
        known = self._later.get((person.id, at))
        if known is None:
            known = self._later[person.id, at] = self._sum_of_days(person, at)
        return known

    def _sum_of_days(self, person: Person, at: int) -> float:
        shifts, total = person.colleague.shifts, 0.0
        for ahead in range(1, DAYS):
            day = self.day + ahead
            if shift := shifts.get(day):
                doubt = 0.5 if person.absent_day >= self.day and ahead <= 2 else 1.0
                total += doubt * self._weights[ahead] * self._covered(shift[0] - day * DAY, shift[1] - day * DAY)[at]
        return total

    def _covered(self, start: float, end: float) -> list[float]:
        known = self._cover.get((start, end))
        if known is None:
            served = [self._serves(start, end, (i + 0.5) * BIN) for i in range(BINS)]
            total = sum(self.at_dawn.drift)
            known = self._cover[start, end] = [
                sum(w * served[(at + i) % BINS] for i, w in enumerate(self.at_dawn.drift)) / total for at in range(BINS)
            ]
        return known

    def _serves(self, start: float, end: float, minute: float) -> float:
        """What comes at night is answered by whoever is there at the opening."""
        minute = self.rules.open_at if minute < self.rules.open_at or minute >= self.rules.close_at else minute
        return 1.0 if start - self.rules.promise / 2 <= minute <= end - self.rules.word_takes else 0.0
