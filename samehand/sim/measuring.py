"""What a log is worth: shares of messages in time and in the same hands.

Only messages that arrived in the measured time count; what came before counts as history.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from samehand.sim.running import Log
from samehand.sim.running.log import NEVER, NOBODY
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
    same_later: float | None
    urgent_in_time: float | None
    urgent_median: float | None
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
        self.arrived, self.answered = log.arrived.values_by_number, log.answered.values_by_number
        self.done, self.who = log.done.values_by_number, log.consultant.values_by_number
        # What was never answered has waited until the last thing happened.
        self.last = max([0.0, *log.arrived.values(), *log.answered.values()])
        self.counts = _Counts()
        self.waits, self.urgent_waits = array("d"), array("d")
        self.urgent = frozenset(world.rules.urgent)
        self.late = bytearray(len(world.messages))

    def figures(self) -> Figures:
        for numbers in self.world.messages_of.values():
            self._case([number for number in numbers if self.arrived[number] != NEVER])
        self._later_cases()
        count = self.counts
        followups, messages = count.followups, count.messages
        waits = sorted(self.waits)
        return Figures(
            messages=messages,
            followups=followups,
            later_cases=count.later_cases,
            unanswered=count.unanswered,
            in_time=_share(count.in_time, messages),
            done_in_time=_share(count.done_in_time, messages),
            same_as_before=_share(count.same_as_before, followups),
            same_owner=_share(count.same_owner, followups),
            owner_in_time=_share(count.owner_in_time, followups),
            pair=_share(count.pair, followups),
            first_three=_share(count.first_three, followups),
            known_later=_share(count.known_later, count.later_cases),
            same_later=_share(count.same_later, count.later_cases),
            urgent_in_time=_share(count.urgent_in_time, len(self.urgent_waits)),
            urgent_median=quantile(self.urgent_waits, 0.5),
            promise_kept=_share(count.promise_kept, messages),
            median=quantile(waits, 0.5),
            p99=quantile(waits, 0.99),
            occupancy=self._occupancy(),
        )

    def _case(self, numbers: list[int]) -> None:
        rules, count, met = self.rules, self.counts, list[int]()
        numbers.sort(key=self.arrived.__getitem__)
        for place, number in enumerate(numbers):
            arrived, who = self.arrived[number], self.who[number]
            if who != NOBODY and who not in met:
                met.append(who)
            in_time = self._in_time(number)
            if rules.measured_from <= arrived < rules.measured_to:
                count.messages += 1
                count.in_time += in_time
                count.unanswered += who == NOBODY
                count.done_in_time += in_time and self._done_in_time(number)
                if place:
                    self._followup(met, self.who[numbers[0]], self.who[numbers[place - 1]], who, in_time)

    def _in_time(self, number: int) -> bool:
        """Also keeps the wait, if it is measured, and who was late."""
        rules, arrived, answered = self.rules, self.arrived[number], self.answered[number]
        wait = rules.waited(arrived, self.last if answered == NEVER else answered)
        in_time = answered != NEVER and wait <= rules.promise + TOLERANCE
        self.late[number] = not in_time
        if rules.measured_from <= arrived < rules.measured_to:
            self.waits.append(wait)
            if self.urgent and self.world.cases[self.world.messages[number].case].topic in self.urgent:
                self.urgent_waits.append(wait)
                self.counts.urgent_in_time += in_time
        return in_time

    def _done_in_time(self, number: int) -> bool:
        done = self.done[number]
        if done == self.answered[number]:
            return True
        return done != NEVER and self.rules.waited(self.arrived[number], done) <= self.rules.promise + TOLERANCE

    def _followup(self, met: list[int], owner: int, before: int, who: int, in_time: bool) -> None:
        count = self.counts
        count.followups += 1
        if who == NOBODY:
            return
        rank = met.index(who)
        count.same_as_before += who == before
        count.same_owner += who == owner
        count.owner_in_time += who == owner and in_time
        count.promise_kept += who == owner and in_time
        count.pair += rank <= 1
        count.first_three += rank <= 2

    def _later_cases(self) -> None:
        """First messages: of customers who had an answer before, and of those who had none."""
        cases_of: dict[int, list[Sequence[int]]] = {}
        for case, numbers in self.world.messages_of.items():
            if self.arrived[numbers[0]] != NEVER:
                cases_of.setdefault(self.world.cases[case].customer, []).append(numbers)
        for cases in cases_of.values():
            firsts = sorted((self.arrived[numbers[0]], numbers[0]) for numbers in cases)
            answers = sorted(
                (self.answered[number], self.who[number])
                for numbers in (cases if len(cases) > 1 else ())
                for number in numbers
                if self.answered[number] != NEVER
            )
            self._firsts(firsts, answers)

    def _firsts(self, firsts: list[tuple[float, int]], answers: list[tuple[float, int]]) -> None:
        known: set[int] = set()
        position = 0
        for arrived, number in firsts:
            while position < len(answers) and answers[position][0] <= arrived:
                known.add(answers[position][1])
                position += 1
            if self.rules.measured_from <= arrived < self.rules.measured_to:
                by_known = self.who[number] in known
                self.counts.promise_kept += (by_known or not known) and not self.late[number]
                self.counts.later_cases += bool(known)
                self.counts.known_later += by_known
                self.counts.same_later += bool(known) and answers[position - 1][1] == self.who[number]

    def _occupancy(self) -> float | None:
        """Writing and calls over the hours that people were there, breaks left out; of the whole run."""
        there = sum(shift.end - shift.start for shift in self.world.shifts if shift.came)
        resting = sum(pause.minutes for pause in self.world.breaks)
        busy = sum(self.log.work_minutes.values()) + sum(self.log.call_minutes.values())
        return busy / (there - resting) if there > resting else None


@dataclass(slots=True)
class _Counts:
    messages: int = 0
    followups: int = 0
    later_cases: int = 0
    unanswered: int = 0
    in_time: int = 0
    done_in_time: int = 0
    same_as_before: int = 0
    same_owner: int = 0
    owner_in_time: int = 0
    pair: int = 0
    first_three: int = 0
    known_later: int = 0
    same_later: int = 0
    urgent_in_time: int = 0
    promise_kept: int = 0


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
