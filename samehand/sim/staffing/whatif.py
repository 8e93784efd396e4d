"""A bad day beside the same day as usual: people who are ill, or an outage, and what a notice then saves."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from samehand.sim.comparing import Estimate, estimate
from samehand.sim.profile import Profile
from samehand.sim.staffing.crews import Crew, Person, through
from samehand.sim.staffing.customers import HISTORY_DAYS, customers_of
from samehand.sim.staffing.needed import Told
from samehand.sim.staffing.outages import Mass, Outage, strike, with_banner, with_mass_answer
from samehand.sim.staffing.trying import OURS, TOLERANCE, Trial, try_crew
from samehand.sim.world import DAY, Rules, World

Notice = Literal["banner", "answer"]
NOTICES: tuple[Notice, ...] = ("banner", "answer")
GRID = 5.0
# A day to get going, the day itself, and the next: what is left over in the evening is due in the morning.
DAYS = 3
BACKLOG_IS_GONE = 0.05


@dataclass(frozen=True, slots=True)
class Day:
    """Of what came on that day and the next: messages, promises broken, and opening minutes that customers waited.

    `backlog` is how many opening minutes it took until hardly more waited than on the usual day."""

    messages: Estimate
    broken: Estimate
    waited: Estimate
    backlog: Estimate | None
    more_broken: Estimate | None
    more_waited: Estimate | None


@dataclass(frozen=True, slots=True)
class Ill:
    people: int
    planned: Estimate
    usual: Day
    then: Day


@dataclass(frozen=True, slots=True)
class OutageDay:
    outage: Outage
    usual: Day
    then: Day
    notices: Mapping[Notice, Day]


@dataclass(frozen=True, slots=True)
class _Seen:
    """One run: who waited from when to when (None: for good), what was late."""

    messages: int
    broken: int
    waited: float
    waits: tuple[Sequence[float], Sequence[float]]


def ill(profile: Profile, week: Crew, seeds: Sequence[int], weekday: int, people: int, told: Told) -> Ill:
    """So many of those who should work on that day stay at home, drawn anew for each seed."""
    day = HISTORY_DAYS + weekday
    crew = through(week, day - 1, day + DAYS)
    usual, then, planned = [], [], []
    for index, seed in enumerate(seeds):
        customers = customers_of(profile, seed, DAYS, day - 1)
        usual.append(_seen(try_crew(customers, profile, crew, seed, OURS), day))
        fewer, count = _fewer(crew, day, people, seed)
        planned.append(count)
        told((index + 0.5) / len(seeds))
        then.append(_seen(try_crew(customers, profile, fewer, seed, OURS), day))
        told((index + 1) / len(seeds))
    rules = profile.rules()
    return Ill(people, _sure(planned), _day(rules, usual), _day(rules, then, usual))


def outage(
    profile: Profile,
    week: Crew,
    seeds: Sequence[int],
    weekday: int,
    what: Outage,
    told: Told,
    notices: Sequence[Notice] = NOTICES,
) -> OutageDay:
    """The same day as usual, struck, and struck with each notice."""
    day = HISTORY_DAYS + weekday
    crew = through(week, day - 1, day + DAYS)
    seen: dict[str, list[_Seen]] = {}
    for index, seed in enumerate(seeds):
        customers = customers_of(profile, seed, DAYS, day - 1)
        runs = _outage_of_seed(profile, crew, customers, seed, day, what, notices)
        for place, (name, one) in enumerate(runs, 1):
            seen.setdefault(name, []).append(one)
            told((index + place / (2 + len(notices))) / len(seeds))
    rules, begins, usual = profile.rules(), day * DAY + what.at, seen["usual"]
    days = {name: _day(rules, seen[name], usual, begins) for name in seen if name != "usual"}
    return OutageDay(what, _day(rules, usual), days["then"], {notice: days[notice] for notice in notices})


def _outage_of_seed(
    profile: Profile, crew: Crew, customers: World, seed: int, day: int, what: Outage, notices: Sequence[Notice]
) -> Iterator[tuple[str, _Seen]]:
    def tried(world: World) -> Trial:
        return try_crew(world, profile, crew, seed, OURS)

    yield "usual", _seen(tried(customers), day)
    struck = strike(customers, profile, what, seed, day)
    then = tried(struck.world)
    yield "then", _seen(then, day)
    if "banner" in notices:
        yield "banner", _seen(tried(with_banner(struck, what, seed).world), day)
    if "answer" in notices:
        calmer, mass = with_mass_answer(struck, what, then.log)
        yield "answer", _seen(tried(calmer.world), day, mass)


def _fewer(crew: Crew, day: int, people: int, seed: int) -> tuple[list[Person], int]:
    there = [who.id for who in crew if any(start // DAY == day for start, _ in who.shifts)]
    stay = set(Random(f"ill {seed}").sample(there, min(people, len(there))))  # noqa: S311
    return [replace(who, away=who.away | {day}) if who.id in stay else who for who in crew], len(there)


def _seen(trial: Trial, day: int, mass: Mass | None = None) -> _Seen:
    rules = trial.world.rules
    spans = [(at, trial.log.answered.get(number)) for number, at in trial.log.arrived.items()]
    spans += list(mass.settled) if mass else []
    end = rules.days * DAY
    counted = [(at, end if answered is None else answered) for at, answered in spans if at >= day * DAY]
    return _Seen(
        messages=len(counted),
        broken=sum(answered > rules.due(at) + TOLERANCE for at, answered in counted),
        waited=sum(rules.service_minutes(answered) - rules.service_minutes(at) for at, answered in counted),
        waits=(sorted(at for at, _ in counted), sorted(answered for _, answered in counted)),
    )


def _day(rules: Rules, seen: Sequence[_Seen], usual: Sequence[_Seen] = (), begins: float | None = None) -> Day:
    def more(of: Callable[[_Seen], float]) -> Estimate | None:
        return estimate(of(one) - of(other) for one, other in zip(seen, usual, strict=False))

    return Day(
        messages=_sure(one.messages for one in seen),
        broken=_sure(one.broken for one in seen),
        waited=_sure(one.waited for one in seen),
        more_broken=more(lambda one: one.broken),
        more_waited=more(lambda one: one.waited),
        backlog=None
        if begins is None
        else estimate(_backlog(rules, one, other, begins) for one, other in zip(seen, usual, strict=False)),
    )


def _backlog(rules: Rules, seen: _Seen, usual: _Seen, begins: float) -> float:
    """Opening minutes from the beginning until the backlog, over the usual one, is a twentieth of its height."""
    end = rules.service_minutes(max([begins, *seen.waits[1]]))
    moments = [begins + step * GRID for step in range(int((DAYS - 1) * DAY / GRID))]
    extra = [_waiting(seen, moment) - _waiting(usual, moment) for moment in moments]
    peak = max(extra, default=0)
    if peak <= 0:
        return 0.0
    since = extra.index(peak)
    for moment, height in zip(moments[since:], extra[since:], strict=True):
        if height <= max(1.0, BACKLOG_IS_GONE * peak):
            return rules.service_minutes(moment) - rules.service_minutes(begins)
    return end - rules.service_minutes(begins)


def _waiting(seen: _Seen, moment: float) -> int:
    return bisect_right(seen.waits[0], moment) - bisect_right(seen.waits[1], moment)


def _sure(values: Iterable[float]) -> Estimate:
    found = estimate(values)
    assert found is not None
    return found
