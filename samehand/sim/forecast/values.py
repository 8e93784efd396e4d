"""What is known of a day, and what is said of the rest of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from samehand.sim.world import DAY, Rules

HOUR = 60.0


class Waiting(NamedTuple):
    """A customer who waits now; `owner` is who knows the case."""

    due: float
    topic: str
    language: str
    owner: int | None = None


class Worker(NamedTuple):
    """Somebody who is on duty today, now or later; `breaks` are (begin, end). Until `free` she ends what she has begun
    before: a mail, a call, a break."""

    id: int
    topics: frozenset[str]
    languages: frozenset[str]
    start: float
    end: float
    breaks: tuple[tuple[float, float], ...] = ()
    free: float = 0.0

    @property
    def begins(self) -> float:
        return max(self.start, self.free)


class Work(NamedTuple):
    """How often a topic comes, and how long it takes."""

    share: float
    median: float
    sigma: float


@dataclass(frozen=True, slots=True)
class Today:
    """`expected`: messages still to come, by the hour's begin; `pace`: how much more than usual comes today."""

    now: float
    rules: Rules
    waiting: Sequence[Waiting]
    crew: Sequence[Worker]
    expected: Mapping[float, float]
    topics: Mapping[str, Work]
    languages: Mapping[str, float]
    over_dispersion: float = 1.85
    followups: float = 0.5
    pace: float = 1.0

    @property
    def closes(self) -> float:
        return self.now // DAY * DAY + self.rules.close_min

    @property
    def hours(self) -> list[float]:
        first = self.now // HOUR
        return [hour * HOUR for hour in range(int(first), math.ceil(self.closes / HOUR))]


@dataclass(frozen=True, slots=True)
class Hour:
    """What an hour brings on average: messages, promises broken (and between which numbers eight times in ten), who
    still waits at its end; and the broken ones with one and with two more people."""

    begins: float
    asked: float
    broken: float
    low: float
    high: float
    backlog: float
    one: float
    two: float


@dataclass(frozen=True, slots=True)
class Remedy:
    """What helps ("one", "two", "breaks", "earlier", "notice"), from when on, and how many promises it saves."""

    kind: str
    since: float
    saves: float


@dataclass(frozen=True, slots=True)
class Forecast:
    hours: tuple[Hour, ...]
    seeds: int
    remedy: Remedy | None

    @property
    def broken(self) -> float:
        return sum(hour.broken for hour in self.hours)

    @property
    def worst(self) -> Hour | None:
        return max(self.hours, key=lambda hour: hour.broken, default=None)
