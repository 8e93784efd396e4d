"""Why a follow-up was not answered by its owner in time: what she did when somebody else began, or the promise ended.

The owner is whoever answered the case's first message. Was she away for as long as the promise lasted, nothing can be
done any more with this owner; who becomes the owner is the policy's choice. All other losses are the price of a rule.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from samehand.sim.running import Log
from samehand.sim.running.log import NEVER, NOBODY
from samehand.sim.world import DAY, Shift, World

TOLERANCE = 1e-6
# Works that may have begun before the one in question and still be open: one lies aside, again and again.
LOOK_BACK = 8

AWAY = ("left", "sick", "leave", "day_off", "off_shift")
THERE = ("came_or_went", "on_break", "on_phone", "busy", "free_but_given_away", "late_herself", "no_owner")
REASONS = (*AWAY, *THERE)
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Losses:
    """Counts of follow-ups: all that were measured, kept by the owner in time, and lost by reason."""

    followups: int
    kept: int
    lost: dict[str, int]

    def shares(self) -> dict[str, float | None]:
        every = {"kept": self.kept, **{reason: self.lost.get(reason, 0) for reason in REASONS}}
        away = sum(every[reason] for reason in AWAY)
        counted = {**every, "unavoidable": away, "avoidable": self.followups - self.kept - away}
        return {name: count / self.followups if self.followups else None for name, count in counted.items()}


def losses(world: World, log: Log) -> Losses:
    return _Losses(world, log).count()


class _Losses:
    def __init__(self, world: World, log: Log) -> None:
        self.world, self.log, self.rules = world, log, world.rules
        self.began = {number: (at, who) for at, who, number in log.starts}
        self.works = _by_person((who, at, log.done.get(number, float("inf"))) for at, who, number in log.starts)
        self.rests = _by_person((who, at, at + minutes) for at, who, minutes in log.breaks)
        self.calls = _by_person((who, at, at + minutes) for at, who, minutes in log.calls)
        self.shifts = {(shift.consultant, shift.day): shift for shift in world.shifts}

    def count(self) -> Losses:
        lost: Counter[str] = Counter()
        followups = kept = 0
        for number, owner in self._followups():
            followups += 1
            if self._kept(number, owner):
                kept += 1
            else:
                lost[self._reason(number, owner)] += 1
        return Losses(followups, kept, {reason: lost[reason] for reason in REASONS if lost[reason]})

    def _followups(self) -> Iterator[tuple[int, int]]:
        arrived, who = self.log.arrived.values_by_number, self.log.consultant.values_by_number
        for numbers in self.world.messages_of.values():
            owner = who[numbers[0]]
            for number in numbers[1:]:
                if self.rules.measured_from <= arrived[number] < self.rules.measured_to:
                    yield number, owner

    def _kept(self, number: int, owner: int) -> bool:
        answered = self.log.answered.get(number)
        if answered is None or owner == NOBODY or self.log.consultant.get(number) != owner:
            return False
        return self.rules.waited(self.log.arrived[number], answered) <= self.rules.promise + TOLERANCE

    def _reason(self, number: int, owner: int) -> str:
        arrived = self.log.arrived[number]
        due = self.rules.due(arrived)
        if owner == NOBODY:
            return "no_owner"
        if not self._there(owner, arrived, due):
            return self._why_away(owner, arrived, due)
        began, who = self._began(number)
        if who == owner:
            return "late_herself"
        return self._what_she_did(owner, min(began, due))

    def _began(self, number: int) -> tuple[float, int]:
        """A post scriptum was begun with the message that it was added to: whose it was is known from the answer."""
        if number in self.began:
            return self.began[number]
        return self.log.answered.get(number, float("inf")), self.log.consultant.get(number, NOBODY)

    def _there(self, owner: int, since: float, until: float) -> bool:
        return any(
            shift.came and shift.start < until and since < shift.end for shift in self._planned(owner, since, until)
        )

    def _planned(self, owner: int, since: float, until: float) -> Iterator[Shift]:
        # From the day before: a shift may go over midnight.
        for day in range(int(since // DAY) - 1, int(until // DAY) + 1):
            if (owner, day) in self.shifts:
                yield self.shifts[owner, day]

    def _why_away(self, owner: int, since: float, until: float) -> str:
        day = int(until // DAY)
        if since >= self.world.consultants[owner].to_day * DAY:
            return "left"
        shift = self.shifts.get((owner, day))
        if shift is None:
            return "leave" if (owner, day) in self.world.leave else "day_off"
        return "off_shift" if shift.came else "sick"

    def _what_she_did(self, owner: int, at: float) -> str:
        if not self._there(owner, at, at + TOLERANCE):
            return "came_or_went"
        for reason, spans in (("on_phone", self.calls), ("on_break", self.rests), ("busy", self.works)):
            if _covers(spans.get(owner, []), at):
                return reason
        return "free_but_given_away"


def _by_person(rows: Iterator[tuple[int, float, float]]) -> dict[int, list[Span]]:
    spans: dict[int, list[Span]] = {}
    for who, begins, ends in rows:
        spans.setdefault(who, []).append((begins, ends))
    return spans


def _covers(spans: list[Span], at: float) -> bool:
    """What begins at this very moment does not count: she could have begun the other."""
    place = bisect_right(spans, (at, NEVER))
    return any(begins < at < ends for begins, ends in spans[max(place - LOOK_BACK, 0) : place])
