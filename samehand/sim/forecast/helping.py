"""What a lead can do about it, and which of it helps."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from samehand.sim.forecast.drawing import Drawn
from samehand.sim.forecast.trying import Seen, attempt
from samehand.sim.forecast.values import HOUR, Remedy, Today, Worker

# Whoever is called needs so long to begin.
CALLED_IN = 15.0
HELPS, HELPS_ENOUGH = 0.2, 0.5
SURGE = 1.3


def called(today: Today) -> float:
    """The next full quarter of an hour at which somebody who is called now may begin."""
    return math.ceil((today.now + CALLED_IN) / 15.0) * 15.0


def more(today: Today, people: int, since: float) -> list[Worker]:
    topics, languages = frozenset(today.topics), frozenset(today.languages)
    free = max((worker.id for worker in today.crew), default=0) + 1
    until = max(today.closes, since + HOUR)
    return [*today.crew, *(Worker(free + n, topics, languages, since, until) for n in range(people))]


def others(today: Today, drawn: Sequence[Drawn], worst: float, since: float) -> Iterator[tuple[str, Seen]]:
    """What a lead can do without calling anybody."""
    later = [_without_break(worker, worst) for worker in today.crew]
    if later != list(today.crew):
        yield "breaks", attempt(today, drawn, later)
    sooner = [
        worker._replace(start=max(since, worker.start - HOUR)) if worker.start > since else worker
        for worker in today.crew
    ]
    if sooner != list(today.crew):
        yield "earlier", attempt(today, drawn, sooner)
    if today.pace >= SURGE:
        yield "notice", attempt(today, [one.thinned(since, 1 / today.pace) for one in drawn], today.crew)


def _without_break(worker: Worker, hour: float) -> Worker:
    """Breaks that begin in the hour, or run into it, are taken after it."""
    moved = tuple(
        (hour + HOUR, hour + HOUR + end - begin) if begin < hour + HOUR and end > hour else (begin, end)
        for begin, end in worker.breaks
    )
    return worker._replace(breaks=moved)


def remedy(saved: Mapping[str, float], broken: float, since: float) -> Remedy | None:
    """One more, when that saves half of it; else two; else whatever saves most, when it saves anything."""
    for kind in ("one", "two"):
        if saved[kind] >= max(HELPS_ENOUGH * broken, 0.5):
            return Remedy(kind, since, saved[kind])
    best = max(saved, key=lambda kind: saved[kind])
    return Remedy(best, since, saved[best]) if saved[best] >= max(HELPS * broken, 1.0) else None
