"""The questions about staffing, each answered whole: what a door shows or a job keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from samehand.sim.profile import Profile
from samehand.sim.staffing import erlang
from samehand.sim.staffing.crews import HOUR, Crew, by_hour
from samehand.sim.staffing.customers import customers_of
from samehand.sim.staffing.load import WEEK, Load
from samehand.sim.staffing.needed import Need, Told, needed
from samehand.sim.staffing.outages import Outage
from samehand.sim.staffing.prices import Prices, prices
from samehand.sim.staffing.shifts import Plan, covered, heads, rota
from samehand.sim.staffing.whatif import DAYS, NOTICES, Ill, Notice, OutageDay, ill, outage
from samehand.sim.world import ScenarioError

# Mails that are simulated for an answer: a small desk gets more weeks for the same time, and so do single days.
MAILS_OF_WEEKS, FEWEST_WEEKS, MOST_WEEKS = 40_000, 2, 6
MAILS_OF_PRICES = 42_000
MAILS_OF_DAYS, FEWEST_DAYS, MOST_DAYS = 60_000, 5, 15
SHARE_OF_THE_SEARCH = 0.45


@dataclass(frozen=True, slots=True)
class Aside:
    """What Erlang's queues would ask for, by hour of the week."""

    c: tuple[int, ...]
    a: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Staffing:
    """`there` is who is there by the plan found; `rostered` by the roster that the operator has, if it has one. The
    prices are of the roster, else of the plan. `heads` to employ, `pool_heads` if everybody took from one queue."""

    name: str
    target: float
    within: float
    need: Need
    there: tuple[float, ...]
    rostered: tuple[float, ...] | None
    heads: int
    pool_heads: int
    prices: Prices | None
    erlang: Aside
    seeds: int


def staffing(
    profile: Profile,
    target: float,
    told: Told,
    roster: Crew = (),
    hour_cost: float | None = None,
    first_seed: int = 1,
    with_prices: bool = True,
) -> Staffing:
    """`roster` is a week of people whose days count from 0, a Monday."""
    worlds = {seed: customers_of(profile, seed, WEEK) for seed in _seeds_of_weeks(profile, first_seed)}
    searching = SHARE_OF_THE_SEARCH if with_prices else 1.0
    need = needed(profile, worlds, target, lambda share: told(share * searching))
    few = dict(list(worlds.items())[: _count(MAILS_OF_PRICES / WEEK, profile, 1, MOST_WEEKS)])
    week = roster or rota(profile, need.plan)
    table = (
        prices(profile, few, week, hour_cost, lambda s: told(searching + s * (1 - searching))) if with_prices else None
    )
    return Staffing(
        name=profile.name,
        target=target,
        within=profile.promise,
        need=need,
        there=tuple(covered(need.plan)),
        rostered=tuple(by_hour(roster)) if roster else None,
        heads=heads(profile, need.plan),
        pool_heads=heads(profile, need.pool_plan),
        prices=table,
        erlang=_erlang(need.load, profile.promise, target),
        seeds=len(worlds),
    )


def people_ill(profile: Profile, week: Crew, weekday: int, people: int, told: Told, first_seed: int = 1) -> Ill:
    return ill(profile, week, _seeds_of_days(profile, first_seed), weekday, people, told)


def an_outage(
    profile: Profile,
    week: Crew,
    weekday: int,
    what: Outage,
    told: Told,
    notices: Sequence[Notice] = NOTICES,
    first_seed: int = 1,
) -> OutageDay:
    return outage(profile, week, _seeds_of_days(profile, first_seed), weekday, what, told, notices)


def asked_within(profile: Profile, minutes: float) -> Profile:
    """The profile with another promise."""
    if not 0 < minutes <= profile.close_min - profile.open_min:
        raise ScenarioError("the promise must be longer than 0 minutes and not longer than the desk is open")
    return replace(profile, promise=minutes)


def week_of_plan(profile: Profile, plan: Plan) -> Crew:
    return rota(profile, plan)


def as_values(answer: Staffing | Ill | OutageDay) -> dict[str, Any]:
    """Numbers, texts, lists and objects only: for JSON and for keeping."""
    return asdict(answer)


def _seeds_of_weeks(profile: Profile, first: int) -> range:
    return range(first, first + _count(MAILS_OF_WEEKS / WEEK, profile, FEWEST_WEEKS, MOST_WEEKS))


def _seeds_of_days(profile: Profile, first: int) -> range:
    return range(first, first + _count(MAILS_OF_DAYS / DAYS, profile, FEWEST_DAYS, MOST_DAYS))


def _count(mails_a_day: float, profile: Profile, fewest: int, most: int) -> int:
    return min(max(round(mails_a_day / profile.messages_per_day), fewest), most)


def _erlang(load: Load, within: float, target: float) -> Aside:
    """By the hour in which mail comes, as for calls; for A, customers lose patience when the promise breaks."""
    loads = [messages * load.handling / HOUR for messages in load.messages]
    return Aside(
        c=tuple(erlang.needed(each, load.handling, within, target) for each in loads),
        a=tuple(erlang.needed(each, load.handling, within, target, patience=within) for each in loads),
    )
