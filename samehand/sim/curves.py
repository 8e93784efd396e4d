"""What the pictures show of one run: waits, arrivals by hour of the week, how busy the crew was by hour of the day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from samehand.sim.measuring import quantile
from samehand.sim.running import Log
from samehand.sim.running.log import NEVER
from samehand.sim.world import DAY, World

HOUR, WEEK = 60.0, 7 * DAY
LONGER_THAN_ANY_PICTURE = 1e6
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Curves:
    """Sorted waits at even steps; by hour of day the share in time, mails and occupancy; mails by hour of the week."""

    waits: list[float]
    in_time_by_hour: list[float | None]
    arrivals_by_hour: list[float]
    arrivals_by_hour_of_week: list[float]
    occupancy_by_hour: list[float | None]


def curves(world: World, log: Log, steps: int = 100) -> Curves:
    rules = world.rules
    waits: list[float] = []
    arrived_in, kept_in, of_week = [0] * 24, [0] * 24, [0] * 168
    for number, arrived in log.arrived.items():
        if not rules.measured_from <= arrived < rules.measured_to:
            continue
        answered = log.answered.get(number)
        wait = LONGER_THAN_ANY_PICTURE if answered is None else rules.waited(arrived, answered)
        waits.append(wait)
        hour = int(arrived % DAY // HOUR)
        arrived_in[hour] += 1
        of_week[int(arrived % WEEK // HOUR)] += 1
        kept_in[hour] += wait <= rules.promise + 1e-6
    days = max(1.0, (rules.measured_to - rules.measured_from) / DAY)
    waits.sort()
    return Curves(
        [quantile(waits, step / steps) or 0.0 for step in range(steps + 1)] if waits else [],
        [kept / arrived if arrived else None for kept, arrived in zip(kept_in, arrived_in, strict=True)],
        [arrived / days for arrived in arrived_in],
        _a_week(of_week, rules.measured_from, rules.measured_to),
        _occupancy(world, log),
    )


def _a_week(counts: list[int], begins: float, ends: float) -> list[float]:
    """By how often each hour of the week was measured."""
    seen = [0.0] * 168
    for hour, minutes in _by_hour([(begins, ends)], 168):
        seen[hour] += minutes / HOUR
    return [count / times if times else 0.0 for count, times in zip(counts, seen, strict=True)]


def _occupancy(world: World, log: Log) -> list[float | None]:
    """Writing and calls over the time that people were there, breaks left out. Who works on is still there."""
    busy, here = _works_and_calls(log), dict[int, list[Span]]()
    for shift in world.shifts:
        if shift.came:
            here.setdefault(shift.consultant, []).append((shift.start, shift.end))
    busy_in, here_in = [0.0] * 24, [0.0] * 24
    for who, spans in busy.items():
        here.setdefault(who, []).extend(spans)
        _add(busy_in, spans)
    for spans in here.values():
        _add(here_in, spans)
    _add(here_in, [(at, at + minutes) for at, _, minutes in log.breaks], -1.0, merge=False)
    return [at_work / there if there > 1 else None for at_work, there in zip(busy_in, here_in, strict=True)]


def _works_and_calls(log: Log) -> dict[int, list[Span]]:
    done = log.done.values_by_number
    spans: dict[int, list[Span]] = {}
    for at, who, number in log.starts:
        if done[number] != NEVER:
            spans.setdefault(who, []).append((at, done[number]))
    for at, who, minutes in log.calls:
        spans.setdefault(who, []).append((at, at + minutes))
    return spans


def _add(bins: list[float], spans: Iterable[Span], factor: float = 1.0, merge: bool = True) -> None:
    for hour, minutes in _by_hour(_merged(spans) if merge else spans, len(bins)):
        bins[hour] += factor * minutes


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """A mail that lies aside and the one before it are one stretch of work."""
    until = NEVER
    for begins, ends in sorted(spans):
        if ends > until:
            yield max(begins, until), ends
            until = ends


def _by_hour(spans: Iterable[Span], hours: int) -> Iterator[tuple[int, float]]:
    for begins, ends in spans:
        while begins < ends:
            until = min((begins // HOUR + 1) * HOUR, ends)
            yield int(begins // HOUR) % hours, until - begins
            begins = until
