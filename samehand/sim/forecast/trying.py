"""Runs the day with a crew, and counts by the hour what came of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from samehand.sim.bench import Engine
from samehand.sim.forecast.drawing import Drawn
from samehand.sim.forecast.values import HOUR, Today, Worker
from samehand.sim.running import Log, run
from samehand.sim.world import DAY, Case, Consultant, Interruption, Message, Shift, World


@dataclass(slots=True)
class Seen:
    """By hour, one number for every seed."""

    broken: list[list[int]] = field(default_factory=list)
    backlog: list[list[int]] = field(default_factory=list)
    asked: list[list[int]] = field(default_factory=list)

    def mean(self, hour: int) -> float:
        return sum(one[hour] for one in self.broken) / len(self.broken)

    def total(self) -> float:
        return sum(map(sum, self.broken)) / len(self.broken)


def attempt(today: Today, drawn: Sequence[Drawn], crew: Sequence[Worker]) -> Seen:
    seen, hours = Seen(), today.hours
    for one in drawn:
        owners = _owners(today, one, crew)
        world = replace(_world(today, one, crew), owners=owners)
        _count(seen, world, run(world, _knowing(owners)), today.now, hours)
    return seen


def _world(today: Today, drawn: Drawn, crew: Sequence[Worker]) -> World:
    cases: dict[int, Case] = {}
    messages: list[Message] = []
    known = [(_asked(today, one.due), one.topic, one.language) for one in today.waiting]
    coming = [(one.at, one.topic, one.language) for one in drawn.arrivals]
    works = [*drawn.works, *(one.work for one in drawn.arrivals)]
    for number, ((at, topic, language), work) in enumerate(zip([*known, *coming], works, strict=True)):
        cases[number] = Case(number, topic, language, at)
        messages.append(Message(number, 0, False, work, 0.0, 0.0, 0.0))
    day = int(today.now // DAY)
    people = {worker.id: Consultant(worker.id, worker.topics, worker.languages, 0, day + 2) for worker in crew}
    shifts = [
        Shift(worker.id, day, max(worker.begins, today.now), worker.end, True)
        for worker in crew
        if worker.begins < worker.end
    ]
    breaks = [
        Interruption(worker.id, max(begin, today.now), end - max(begin, today.now))
        for worker in crew
        for begin, end in worker.breaks
        if end > today.now
    ]
    rules = replace(today.rules, days=day + 1)
    return World(rules, cases, messages, people, shifts, breaks, [], {number: [number] for number in cases})


def _asked(today: Today, due: float) -> float:
    """The moment whose promise ends at `due`."""
    rules = today.rules
    day, minute = divmod(due, DAY)
    missing = rules.promise - (minute - rules.open_min)
    at = due - rules.promise if missing <= 0 else (day - 1) * DAY + rules.close_min - missing
    return min(at, today.now)


def _owners(today: Today, drawn: Drawn, crew: Sequence[Worker]) -> dict[int, int]:
    """By case, who of those that come today answered it before."""
    here = {worker.id for worker in crew}
    owners = [*(one.owner for one in today.waiting), *(one.owner for one in drawn.arrivals)]
    return {number: owner for number, owner in enumerate(owners) if owner is not None and owner in here}


def _knowing(owners: Mapping[int, int]) -> Callable[[dict[str, Any]], Engine]:
    """The house's engine, which knows who answered these customers before."""

    def make(public: dict[str, Any]) -> Engine:
        policy = Engine(public)
        for number, owner in owners.items():
            case = policy.engine.board.case(number, number)
            case.seen.append(owner)
            case.customer.known.append(owner)
        return policy

    return make


def _count(seen: Seen, world: World, log: Log, now: float, hours: Sequence[float]) -> None:
    first = hours[0] if hours else 0.0
    broken, backlog, asked = ([0] * len(hours) for _ in range(3))
    for number, arrived in log.arrived.items():
        answered = log.answered.get(number, math.inf)
        due = world.rules.due(arrived)
        place = int((due - first) // HOUR)
        if due >= now and place < len(hours) and answered > due:
            broken[place] += 1
        if arrived > now and int((arrived - first) // HOUR) < len(hours):
            asked[int((arrived - first) // HOUR)] += 1
        for at in range(max(0, int((arrived - first) // HOUR)), len(hours)):
            if answered <= hours[at] + HOUR:
                break
            backlog[at] += 1
    seen.broken.append(broken)
    seen.backlog.append(backlog)
    seen.asked.append(asked)
