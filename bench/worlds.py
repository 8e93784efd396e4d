"""Worlds that differ from the usual one as months do: a lean crew, a flu, an outage, shifts that change by week."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from samehand.sim.making import make_world
from samehand.sim.profile import EXAMPLES, Profile, read_profile
from samehand.sim.world import DAY, Shift, World

SEED = 5
FLU_DAY = 15


def usual(**what: object) -> Profile:
    return replace(read_profile(EXAMPLES / "example.json"), **what)  # type: ignore[arg-type]


def lean() -> World:
    return make_world(usual(people=108), SEED)


def flu() -> World:
    """On one day three in ten of those who should come do not."""
    world, dice = make_world(usual(), SEED), Random(SEED)
    ill = {one.consultant for one in world.shifts if one.day == FLU_DAY and dice.random() < 0.3}
    shifts = [
        one._replace(came=one.came and not (one.day == FLU_DAY and one.consultant in ill)) for one in world.shifts
    ]
    return replace(world, shifts=shifts)


def outage() -> World:
    """For an hour eight times the mail."""
    return make_world(usual(surges=({"day": 15, "minute": 840, "minutes": 60, "factor": 8},)), SEED)


def rotating() -> World:
    """Early in one week, late in the next."""
    world = make_world(usual(), SEED)
    moved = {(one.consultant, one.day): _turned(one) - one.start for one in world.shifts}

    def later(consultant: int, at: float) -> float:
        return at + moved.get((consultant, int(at // DAY)), 0.0)

    return replace(
        world,
        shifts=[one._replace(start=_turned(one), end=_turned(one) + one.end - one.start) for one in world.shifts],
        breaks=[one._replace(at=later(one.consultant, one.at)) for one in world.breaks],
        calls=[one._replace(at=later(one.consultant, one.at)) for one in world.calls],
        planned_breaks={
            key: tuple((begin + moved[key], end + moved[key]) for begin, end in spans)
            for key, spans in world.planned_breaks.items()
        },
    )


def _turned(shift: Shift) -> float:
    minute = shift.start - shift.day * DAY
    return shift.day * DAY + (1200.0 - minute if shift.day // 7 % 2 else minute)


def evenings() -> World:
    """Much in the evening and at the weekend."""
    hours = (1, 0.5, 0.3, 0.3, 0.3, 0.4, 0.8, 1.5, 2.5, 3.5, 4, 4.5, 5, 5, 5, 5.5, 6, 7, 8, 9, 9, 8, 5, 2)
    weekdays = (1.0, 0.9, 0.9, 0.9, 1.0, 1.2, 1.1)
    return make_world(usual(hours=hours, weekdays=weekdays, people=140), SEED)


def sixteen() -> World:
    """A crew of sixteen, who know few of three million customers."""
    return make_world(usual(people=16, subscribers=3_000_000, messages_per_day=300), SEED)


WORLDS: dict[str, Callable[[], World]] = {
    "usual": lambda: make_world(usual(), SEED),
    "lean": lean,
    "flu": flu,
    "outage": outage,
    "rotating": rotating,
    "evenings": evenings,
    "sixteen": sixteen,
}
