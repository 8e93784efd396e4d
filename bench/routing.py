"""What a decision of the routing engine costs, and what it reaches in months unlike the usual, beside a shared pool."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from bench.figures import Row, percentile
from bench.worlds import SEED, WORLDS, usual
from samehand.sim.making import make_world
from samehand.sim.measuring import Figures, measure
from samehand.sim.policies import Engine, SharedPool
from samehand.sim.running import run
from samehand.sim.world import World

CREWS = ((30, "50"), (110, ""), (500, "500"))
MESSAGES_OF_ONE = 24.0  # a day and person of the crew, as in the example


class Timed(Engine):
    """Each event with the decision after it, in microseconds of the processor."""

    took: list[float]

    def __init__(self, public: dict[str, Any]) -> None:
        super().__init__(public)
        self.took, self.began, self.spent = [], 0.0, 0.0

    def event(self, now: float, kind: str, **what: Any) -> None:
        began = time.process_time()
        super().event(now, kind, **what)
        self.spent += time.process_time() - began

    def decide(self, now: float) -> list[tuple[int, int]]:
        began = time.process_time()
        gives = super().decide(now)
        self.took.append(1e6 * (self.spent + time.process_time() - began))
        self.spent = 0.0
        return gives


def measure_all(say: Callable[[str], None]) -> list[Row]:
    rows: list[Row] = []
    for people, target in CREWS:
        say(f"routing: {people} consultants")
        rows += _decisions(people, target)
    for name, make in WORLDS.items():
        say(f"routing: {name}")
        rows += _reached(name, make())
    return rows


def _decisions(people: int, target: str) -> list[Row]:
    profile = usual(people=people, messages_per_day=people * MESSAGES_OF_ONE, days=10, warm_days=3)
    engines: list[Timed] = []

    def make(public: dict[str, Any]) -> Timed:
        engines.append(Timed(public))
        return engines[-1]

    began = time.process_time()
    log = run(make_world(profile, SEED), make)
    seconds = time.process_time() - began
    took = engines[0].took
    return [
        Row("routing", f"{people} consultants: a decision", sum(took) / len(took), "us", target, "mean"),
        Row("routing", f"{people} consultants: slow ones", percentile(took, 0.999), "us", remark="one in a thousand"),
        Row("routing", f"{people} consultants: events", log.events / seconds, "/s", remark="clock and world included"),
    ]


def _reached(name: str, world: World) -> list[Row]:
    ours, pool = (measure(world, run(world, policy)) for policy in (Engine, SharedPool))
    return [
        _share(f"{name}: in 30 minutes", ours.in_time, pool, "in_time"),
        _share(f"{name}: whole answer in 30", ours.done_in_time, pool, "done_in_time"),
        _share(f"{name}: its owner in 30", ours.owner_in_time, pool, "owner_in_time"),
        _share(f"{name}: promise kept", ours.promise_kept, pool, "promise_kept"),
    ]


def _share(name: str, value: float | None, pool: Figures, column: str) -> Row:
    return Row("routing", name, 100 * (value or 0.0), "%", remark=f"pool {100 * (getattr(pool, column) or 0.0):.2f} %")
