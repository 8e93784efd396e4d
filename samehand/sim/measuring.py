"""What a log is worth: shares of messages in time and in the same hands.

Only messages that arrived in the measured time count; what came before counts as history.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from samehand.sim.running import Log
from samehand.sim.world import World

TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares from 0 to 1, minutes of opening hours; None where there was nothing to count."""

    messages: int
    followups: int
    later_cases: int
    unanswered: int
    in_time: float | None
    done_in_time: float | None
    same_as_before: float | None
    same_owner: float | None
    owner_in_time: float | None
    pair: float | None
    first_three: float | None
    known_later: float | None
    promise_kept: float | None
    median: float | None
    p99: float | None
    occupancy: float | None

    def named(self) -> dict[str, float | int | None]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


def measure(world: World, log: Log) -> Figures:
    return _Measuring(world, log).figures()


class _Measuring:
    def __init__(self, world: World, log: Log) -> None:
        self.world, self.log, self.rules = world, log, world.rules
        last = max([0.0, *log.arrived.values(), *log.answered.values()])
        self.horizon = self.rules.service_minutes(last)
        self.counts: dict[str, int] = dict.fromkeys(COUNTED, 0)
        self.waits: list[float] = []
        self.late: set[int] = set()

    def figures(self) -> Figures:
        for numbers in self.world.messages_of.values():
            self._case(sorted((self.log.arrived[n], n) for n in numbers if n in self.log.arrived))
        self._later_cases()
        count = self.counts
        return Figures(
            messages=count["messages"],
            followups=count["followups"],
            later_cases=count["later_cases"],
            unanswered=count["unanswered"],
            in_time=_share(count["in_time"], count["messages"]),
            done_in_time=_share(count["done_in_time"], count["messages"]),
            same_as_before=_share(count["same_as_before"], count["followups"]),
            same_owner=_share(count["same_owner"], count["followups"]),
            owner_in_time=_share(count["owner_in_time"], count["followups"]),
            pair=_share(count["pair"], count["followups"]),
            first_three=_share(count["first_three"], count["followups"]),
            known_later=_share(count["known_later"], count["later_cases"]),
            promise_kept=_share(count["promise_kept"], count["messages"]),
            median=quantile(self.waits, 0.5),
            p99=quantile(self.waits, 0.99),
            occupancy=self._occupancy(),
        )

    def _case(self, arrivals: list[tuple[float, int]]) -> None:
        met: list[int] = []
        for index, (arrived, number) in enumerate(arrivals):
            who = self.log.consultant.get(number)
            if who is not None and who not in met:
                met.append(who)
            wait, in_time = self._wait(arrived, self.log.answered.get(number))
            if not in_time:
                self.late.add(number)
            if self.rules.measured_from <= arrived < self.rules.measured_to:
                self.waits.append(wait)
                self._count(messages=1, in_time=in_time, unanswered=who is None)
                self._count(done_in_time=self._wait(arrived, self.log.done.get(number))[1])
                if index:
                    self._followup(who, met, arrivals, index, in_time)

    def _wait(self, arrived: float, answered: float | None) -> tuple[float, bool]:
        until = self.horizon if answered is None else self.rules.service_minutes(answered)
        wait = until - self.rules.service_minutes(arrived)
        return wait, answered is not None and wait <= self.rules.promise + TOLERANCE

    def _followup(
        self, who: int | None, met: list[int], arrivals: list[tuple[float, int]], index: int, in_time: bool
    ) -> None:
        owner = self.log.consultant.get(arrivals[0][1])
        before = self.log.consultant.get(arrivals[index - 1][1])
        by_owner = who is not None and who == owner
        rank = met.index(who) if who is not None else len(met) + 3
        self._count(
            followups=1,
            same_as_before=who is not None and who == before,
            same_owner=by_owner,
            owner_in_time=by_owner and in_time,
            promise_kept=by_owner and in_time,
            pair=rank <= 1,
            first_three=rank <= 2,
        )

    def _later_cases(self) -> None:
        """First messages of customers who had an answer before, in order of arrival."""
        log, cases, messages = self.log, self.world.cases, self.world.messages
        answers = sorted((at, number) for number, at in log.answered.items())
        firsts = sorted((log.arrived[n[0]], n[0]) for n in self.world.messages_of.values() if n[0] in log.arrived)
        met: dict[int, set[int]] = {}
        position = 0
        for arrived, number in firsts:
            while position < len(answers) and answers[position][0] <= arrived:
                answered = answers[position][1]
                met.setdefault(cases[messages[answered].case].customer, set()).add(log.consultant[answered])
                position += 1
            if self.rules.measured_from <= arrived < self.rules.measured_to:
                self._first(met.get(cases[messages[number].case].customer), number)

    def _first(self, known: set[int] | None, number: int) -> None:
        by_known = known is not None and self.log.consultant.get(number) in known
        right = by_known or known is None
        self._count(promise_kept=right and number not in self.late)
        if known is not None:
            self._count(later_cases=1, known_later=by_known)

    def _occupancy(self) -> float | None:
        """Writing and calls over the hours that people were there, breaks left out; of the whole run."""
        there = sum(shift.end - shift.start for shift in self.world.shifts if shift.came)
        resting = sum(pause.minutes for pause in self.world.breaks)
        busy = sum(self.log.work_minutes.values()) + sum(self.log.call_minutes.values())
        return busy / (there - resting) if there > resting else None

    def _count(self, **what: int) -> None:
        for name, one in what.items():
            self.counts[name] += one


COUNTED = [
    *("messages", "followups", "later_cases", "unanswered", "in_time", "done_in_time", "same_as_before"),
    *("same_owner", "owner_in_time", "pair", "first_three", "known_later", "promise_kept"),
]


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def quantile(values: Iterable[float], q: float) -> float | None:
    ordered = sorted(values)
    if not ordered:
        return None
    place = q * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
