"""Draws the crew: seats with fixed hours and skills, the people who come and go on them, and what keeps them away."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from samehand.sim.profile import Profile
from samehand.sim.world import DAY, Consultant, Interruption, Shift


@dataclass(slots=True)
class Crew:
    consultants: dict[int, Consultant] = field(default_factory=dict)
    shifts: list[Shift] = field(default_factory=list)
    breaks: list[Interruption] = field(default_factory=list)
    calls: list[Interruption] = field(default_factory=list)
    leave: set[tuple[int, int]] = field(default_factory=set)
    planned_breaks: dict[tuple[int, int], tuple[tuple[float, float], ...]] = field(default_factory=dict)


def make_crew(profile: Profile, dice: Random) -> Crew:
    crew = Crew()
    topics = _deal(profile.skills, "topics", list(profile.topics), profile.people, dice)
    languages = _deal(profile.spoken, "languages", list(profile.languages), profile.people, dice)
    for seat in range(profile.people):
        for from_day, to_day in _stays(profile, dice):
            number = len(crew.consultants)
            crew.consultants[number] = Consultant(
                id=number,
                topics=topics[seat],
                languages=languages[seat],
                from_day=from_day,
                to_day=to_day,
                speed=round(dice.lognormvariate(0.0, profile.speed_sigma), 4),
                slow_until_day=from_day + profile.ramp_days if from_day else 0,
            )
            _work(profile, dice, crew, seat, crew.consultants[number])
    return crew


def _deal(
    groups: Sequence[dict[str, Any]], word: str, everything: list[str], seats: int, dice: Random
) -> list[frozenset[str]]:
    """Skills by their shares, mixed over the seats; the first seat can do everything, so nothing waits for ever."""
    shares = [group["share"] for group in groups] or [1.0]
    skills = [frozenset(group[word]) for group in groups] or [frozenset(everything)]
    dealt: list[frozenset[str]] = []
    whole, owed = sum(shares), 0.0
    for skill, share in zip(skills, shares, strict=True):
        owed += seats * share / whole
        dealt += [skill] * (round(owed) - len(dealt))
    dealt = dealt[:seats]
    dice.shuffle(dealt)
    dealt[0] = frozenset(everything)
    return dealt


def _stays(profile: Profile, dice: Random) -> Iterator[tuple[int, int]]:
    """From and to which day one person after another sits on a seat."""
    day = 0
    while day < profile.days:
        rate = profile.turnover_per_year / 365.0
        leaves = day + max(1, math.ceil(dice.expovariate(rate))) if rate else profile.days
        yield day, min(leaves, profile.days)
        day = leaves


def _work(profile: Profile, dice: Random, crew: Crew, seat: int, who: Consultant) -> None:
    # Free days move on with the seats, so that every weekday has about as many people.
    free_from = seat * 3 % 7
    start = profile.starts[seat % len(profile.starts)]
    away_until = -1
    for day in range(who.from_day, who.to_day):
        if (day - free_from) % 7 < 7 - profile.days_on:
            continue
        if dice.random() < profile.leave_days_per_year / (365.0 * profile.days_on / 7):
            crew.leave.add((who.id, day))
            continue
        if day > away_until and dice.random() < profile.sick_share / profile.sick_days:
            away_until = day + max(1, round(dice.expovariate(1 / profile.sick_days))) - 1
        begins = day * DAY + start
        came = day > away_until
        crew.planned_breaks[who.id, day] = tuple(_planned(profile, begins))
        crew.shifts.append(Shift(who.id, day, begins, begins + profile.shift_minutes, came))
        if came:
            crew.breaks += _breaks(profile, dice, who.id, begins)
            crew.calls += _calls(profile, dice, who.id, begins)


def _planned(profile: Profile, begins: float) -> Iterator[tuple[float, float]]:
    apart = profile.shift_minutes / (len(profile.breaks) + 1)
    for index, minutes in enumerate(profile.breaks, 1):
        yield begins + apart * index, begins + apart * index + minutes


def _breaks(profile: Profile, dice: Random, who: int, begins: float) -> Iterator[Interruption]:
    for since, until in _planned(profile, begins):
        scatter = dice.uniform(-profile.break_scatter, profile.break_scatter)
        yield Interruption(who, round(since + scatter, 3), until - since)


def _calls(profile: Profile, dice: Random, who: int, begins: float) -> Iterator[Interruption]:
    at = begins
    while profile.calls_per_hour:
        at += dice.expovariate(profile.calls_per_hour / 60.0)
        if at >= begins + profile.shift_minutes:
            break
        if profile.open_min <= at % DAY < profile.close_min:
            minutes = dice.lognormvariate(math.log(max(profile.call_minutes, 0.01)), profile.call_sigma)
            yield Interruption(who, round(at, 3), round(minutes, 3))
