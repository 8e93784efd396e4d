"""The rest of a day, from what waits and who is there: which promises will be broken, and what would help.

The simulator runs it many times with the house's own engine. All variants of one run meet the same customers and the
same works, so that what one more person saves is not luck. The same seeds give the same forecast. Moments are minutes,
as in `world`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, NamedTuple

from samehand.sim.bench import Engine
from samehand.sim.measuring import quantile
from samehand.sim.running import Log, run
from samehand.sim.world import DAY, Case, Consultant, Interruption, Message, Rules, Shift, World

HOUR, SLOT = 60.0, 5.0
# Whoever is called needs so long to begin.
CALLED_IN = 15.0
MOST_SEEDS, FEWEST_SEEDS = 30, 5
# So many messages, over all runs, take about three seconds.
MESSAGES = 80_000
HELPS, HELPS_ENOUGH = 0.2, 0.5
SURGE = 1.3
BAND = (0.1, 0.9)


class Waiting(NamedTuple):
    """A customer who waits now; `owner` is who knows the case."""

    due: float
    topic: str
    language: str
    owner: int | None = None


class Worker(NamedTuple):
    """Somebody who is on duty today, now or later; `breaks` are (begin, end)."""

    id: int
    topics: frozenset[str]
    languages: frozenset[str]
    start: float
    end: float
    breaks: tuple[tuple[float, float], ...] = ()


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


@dataclass(slots=True)
class _Seen:
    """By hour, one number for every seed."""

    broken: list[list[int]] = field(default_factory=list)
    backlog: list[list[int]] = field(default_factory=list)
    asked: list[list[int]] = field(default_factory=list)

    def mean(self, hour: int) -> float:
        return sum(one[hour] for one in self.broken) / len(self.broken)

    def total(self) -> float:
        return sum(map(sum, self.broken)) / len(self.broken)


def forecast(today: Today, seed: int = 0, seeds: int | None = None) -> Forecast:
    """The hours from now until the desk closes."""
    seeds = seeds or _seeds(today)
    drawn = [_draw(today, Random(f"forecast {seed} {number}")) for number in range(seeds)]  # noqa: S311
    planned = _try(today, drawn, today.crew)
    if not planned.broken or planned.total() < 0.5:
        return Forecast(_hours(today, planned, planned, planned), seeds, None)
    since = _called(today)
    one = _try(today, drawn, _more(today, 1, since))
    two = _try(today, drawn, _more(today, 2, since))
    hours = _hours(today, planned, one, two)
    worst = max(hours, key=lambda hour: hour.broken).begins
    saved = {"one": planned.total() - one.total(), "two": planned.total() - two.total()}
    for kind, other in _others(today, drawn, worst, since):
        saved[kind] = planned.total() - other.total()
    return Forecast(hours, seeds, _remedy(saved, planned.total(), since))


def _remedy(saved: Mapping[str, float], broken: float, since: float) -> Remedy | None:
    """One more, when that saves half of it; else two; else whatever saves most, when it saves anything."""
    for kind in ("one", "two"):
        if saved[kind] >= max(HELPS_ENOUGH * broken, 0.5):
            return Remedy(kind, since, saved[kind])
    best = max(saved, key=lambda kind: saved[kind])
    return Remedy(best, since, saved[best]) if saved[best] >= max(HELPS * broken, 1.0) else None


def _seeds(today: Today) -> int:
    """By how much there is to simulate, not by the clock: the same state gives the same forecast on any machine."""
    messages = len(today.waiting) + sum(today.expected.values()) + 20
    return max(FEWEST_SEEDS, min(MOST_SEEDS, int(MESSAGES / 5 / messages)))


def _called(today: Today) -> float:
    """The next full quarter of an hour at which somebody who is called now may begin."""
    return math.ceil((today.now + CALLED_IN) / 15.0) * 15.0


def _more(today: Today, people: int, since: float) -> list[Worker]:
    topics, languages = frozenset(today.topics), frozenset(today.languages)
    free = max((worker.id for worker in today.crew), default=0) + 1
    until = max(today.closes, since + HOUR)
    return [*today.crew, *(Worker(free + n, topics, languages, since, until) for n in range(people))]


def _others(today: Today, drawn: Sequence[_Drawn], worst: float, since: float) -> Iterator[tuple[str, _Seen]]:
    """What a lead can do without calling anybody."""
    later = [_without_break(worker, worst) for worker in today.crew]
    if later != list(today.crew):
        yield "breaks", _try(today, drawn, later)
    sooner = [
        worker._replace(start=max(since, worker.start - HOUR)) if worker.start > since else worker
        for worker in today.crew
    ]
    if sooner != list(today.crew):
        yield "earlier", _try(today, drawn, sooner)
    if today.pace >= SURGE:
        yield "notice", _try(today, [one.thinned(since, 1 / today.pace) for one in drawn], today.crew)


def _without_break(worker: Worker, hour: float) -> Worker:
    """Breaks that begin in the hour, or run into it, are taken after it."""
    moved = tuple(
        (hour + HOUR, hour + HOUR + end - begin) if begin < hour + HOUR and end > hour else (begin, end)
        for begin, end in worker.breaks
    )
    return worker._replace(breaks=moved)


class _Arrival(NamedTuple):
    at: float
    topic: str
    language: str
    work: float
    owner: int | None
    lot: float


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What customers will do in one run."""

    arrivals: Sequence[_Arrival]
    works: Sequence[float]

    def thinned(self, since: float, share: float) -> _Drawn:
        """Of those who would write from a moment on, only this share does: the others have read the notice."""
        return replace(self, arrivals=[one for one in self.arrivals if one.at < since or one.lot < share])


def _draw(today: Today, dice: Random) -> _Drawn:
    works = [_work(today, waiting.topic, dice) for waiting in today.waiting]
    return _Drawn(sorted(_arrivals(today, dice)), works)


def _arrivals(today: Today, dice: Random) -> Iterator[_Arrival]:
    spread = today.over_dispersion - 1.0
    topics, languages = list(today.topics), list(today.languages)
    shares, spoken = [today.topics[one].share for one in topics], [today.languages[one] for one in languages]
    owners = [worker.id for worker in today.crew]
    for hour, mean in today.expected.items():
        begins = max(hour, today.now)
        slots = max(1, math.ceil((hour + HOUR - begins) / SLOT))
        width = (hour + HOUR - begins) / slots
        for slot in range(slots):
            mails = mean / slots
            rate = dice.gammavariate(mails / spread, spread) if spread > 0 and mails > 0 else mails
            moment = dice.expovariate(rate) if rate > 0 else 1.0
            while moment < 1.0:
                topic = dice.choices(topics, shares)[0]
                language = dice.choices(languages, spoken)[0]
                again = dice.random() < today.followups and bool(owners)
                owner = dice.choice(owners) if again else None
                at = begins + (slot + moment) * width
                yield _Arrival(at, topic, language, _work(today, topic, dice), owner, dice.random())
                moment += dice.expovariate(rate)


def _work(today: Today, topic: str, dice: Random) -> float:
    usual = today.topics.get(topic) or next(iter(today.topics.values()))
    return dice.lognormvariate(math.log(usual.median), usual.sigma)


def _try(today: Today, drawn: Sequence[_Drawn], crew: Sequence[Worker]) -> _Seen:
    seen, hours = _Seen(), today.hours
    for one in drawn:
        world = _world(today, one, crew)
        _count(seen, world, run(world, _knowing(today, one, crew)), today.now, hours)
    return seen


def _world(today: Today, drawn: _Drawn, crew: Sequence[Worker]) -> World:
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
    shifts = [Shift(worker.id, day, max(worker.start, today.now), worker.end, True) for worker in crew]
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


def _knowing(today: Today, drawn: _Drawn, crew: Sequence[Worker]) -> Callable[[dict[str, Any]], Engine]:
    """The house's engine, which knows who answered these customers before."""
    here = {worker.id for worker in crew}
    owners = [*(one.owner for one in today.waiting), *(one.owner for one in drawn.arrivals)]

    def make(public: dict[str, Any]) -> Engine:
        policy = Engine(public)
        for number, owner in enumerate(owners):
            if owner is not None and owner in here:
                case = policy.engine.board.case(number, number)
                case.seen.append(owner)
                case.customer.known.append(owner)
        return policy

    return make


def _count(seen: _Seen, world: World, log: Log, now: float, hours: Sequence[float]) -> None:
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


def _hours(today: Today, planned: _Seen, one: _Seen, two: _Seen) -> tuple[Hour, ...]:
    runs = len(planned.broken)
    return tuple(
        Hour(
            begins=begins,
            asked=sum(each[at] for each in planned.asked) / runs,
            broken=planned.mean(at),
            low=quantile([each[at] for each in planned.broken], BAND[0]) or 0.0,
            high=quantile([each[at] for each in planned.broken], BAND[1]) or 0.0,
            backlog=sum(each[at] for each in planned.backlog) / runs,
            one=one.mean(at),
            two=two.mean(at),
        )
        for at, begins in enumerate(today.hours)
    )
