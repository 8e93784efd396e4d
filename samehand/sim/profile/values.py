"""Everything that is drawn has its parameters here; the guide to the simulator says what each means."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from samehand.sim.world import Rules

Numbers = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """A made-up operator. Minutes, days and shares; weights need not add up to anything."""

    days: int
    subscribers: int
    messages_per_day: float
    people: int
    name: str = ""
    warm_days: int = 7
    open_min: float = 480.0
    close_min: float = 1320.0
    promise: float = 30.0
    over_dispersion: float = 1.85
    hours: Numbers = tuple([0.3] * 6 + [1, 2, 5, 7, 8, 8, 7, 7, 7, 7, 7, 6.5, 6.5, 6.5, 6, 4.5, 2, 0.8])
    weekdays: Numbers = (1.22, 1.12, 1.06, 1.04, 1.0, 0.82, 0.74)
    hour_of_week: Numbers = ()
    surges: tuple[dict[str, float], ...] = ()
    topics: dict[str, dict[str, float]] = field(
        default_factory=lambda: {"general": {"share": 1.0, "median_minutes": 5.0, "sigma": 0.7}}
    )
    languages: dict[str, float] = field(default_factory=lambda: {"PL": 1.0})
    exchange_tail: float = 2.1
    longest_exchange: int = 40
    later_work: float = 0.85
    postscript_share: float = 0.06
    postscript_minutes: float = 8.0
    delays: tuple[dict[str, float], ...] = (
        {"share": 0.45, "median_minutes": 18, "sigma": 1.0},
        {"share": 0.33, "median_minutes": 210, "sigma": 0.8},
        {"share": 0.22, "median_minutes": 1900, "sigma": 0.9},
    )
    returning: float = 0.5
    skills: tuple[dict[str, Any], ...] = ()
    spoken: tuple[dict[str, Any], ...] = ()
    shift_minutes: float = 480.0
    starts: Numbers = (360, 390, 420, 450, 480, 540, 600, 660, 720, 780, 840)
    days_on: int = 5
    breaks: Numbers = (15, 20, 15)
    break_scatter: float = 20.0
    leave_days_per_year: float = 26
    sick_share: float = 0.045
    sick_days: float = 3.0
    turnover_per_year: float = 0.25
    ramp_days: int = 28
    speed_sigma: float = 0.12
    calls_per_hour: float = 0.5
    call_minutes: float = 4.0
    call_sigma: float = 0.7

    def rules(self) -> Rules:
        return Rules(
            name=self.name,
            days=self.days,
            measured_from=self.warm_days * 1440.0,
            measured_to=self.days * 1440.0 - (1440.0 if self.days - self.warm_days > 1 else 0.0),
            open_min=self.open_min,
            close_min=self.close_min,
            promise=self.promise,
            urgent=tuple(name for name, topic in self.topics.items() if topic.get("urgent")),
        )


def mean_exchange(tail: float, longest: int) -> float:
    """Messages in a case of this tail, on average."""
    weights = [math.pow(length, -tail) for length in range(1, longest + 1)]
    return sum(n * weight for n, weight in enumerate(weights, 1)) / sum(weights)
