"""Shifts that cover the people needed by hour, and people who work them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mode

from samehand.sim.profile import Profile
from samehand.sim.staffing.crews import HOUR, HOURS_OF_A_WEEK, Person, leave_share, skills
from samehand.sim.staffing.load import WEEK, at_work
from samehand.sim.world import DAY

SLOT = 30.0
SLOTS_OF_A_DAY = int(DAY / SLOT)
SLOTS_OF_A_WEEK = SLOTS_OF_A_DAY * WEEK


@dataclass(frozen=True, slots=True)
class Plan:
    """`starts[day]`: the minutes of the day at which shifts begin, one each; of `length` minutes, the breaks inside."""

    starts: tuple[tuple[float, ...], ...]
    length: float

    @property
    def shifts(self) -> int:
        return sum(map(len, self.starts))

    @property
    def hours(self) -> float:
        return self.shifts * self.length / HOUR


def cover(profile: Profile, people: Sequence[int]) -> Plan:
    """The fewest shifts of the profile's length: wherever somebody is missing, one begins as late as it may.

    Shifts of one length on a line: an exchange of shifts shows that no other cover has fewer."""
    length = max(1, round(profile.shift_minutes / SLOT))
    there = [0] * SLOTS_OF_A_WEEK
    starts: list[list[float]] = [[] for _ in range(WEEK)]
    for _round in range(2):  # A week is a ring: what runs over Sunday's midnight is known in the second one.
        for slot in range(SLOTS_OF_A_WEEK):
            missing = people[slot // 2] - there[slot]
            for _ in range(missing):
                start = _latest_start(profile, slot, length)
                starts[start // SLOTS_OF_A_DAY].append(start % SLOTS_OF_A_DAY * SLOT)
                for each in range(start, start + length):
                    there[each % SLOTS_OF_A_WEEK] += 1
    return Plan(tuple(tuple(sorted(day)) for day in starts), length * SLOT)


def _latest_start(profile: Profile, slot: int, length: int) -> int:
    """The slot itself, or so much earlier that the shift ends with the day's work."""
    day, at = divmod(slot, SLOTS_OF_A_DAY)
    hours = [hour for hour in range(24) if at_work(profile, hour)]
    if len(hours) == 24 or not hours:
        return slot
    first, last = hours[0] * 2, (hours[-1] + 1) * 2
    return day * SLOTS_OF_A_DAY + max(min(at, last - length), min(first, at))


def rota(profile: Profile, plan: Plan) -> list[Person]:
    """People for the plan's week, days from 0: each works `days_on` of them, at hours as equal as the plan allows."""
    crew = []
    dealt: dict[float, Iterator[tuple[frozenset[str], frozenset[str]]]] = {}
    for number, worked in enumerate(_week(profile, plan)):
        usual = mode(worked.values())
        # Whoever plans sees to it that those who can do everything are not all on one shift.
        topics, languages = next(dealt.setdefault(usual, skills(profile)))
        shifts = [(day * DAY + start, day * DAY + start + plan.length) for day, start in worked.items()]
        crew.append(Person(number, topics, languages, tuple(shifts)))
    return crew


def _week(profile: Profile, plan: Plan) -> list[dict[int, float]]:
    """For each person, the start of her shift on the weekdays that she works."""
    busiest = max(map(len, plan.starts), default=0)
    people = max(busiest, math.ceil(plan.shifts / profile.days_on))
    week: list[dict[int, float]] = [{} for _ in range(people)]
    for day, starts in enumerate(plan.starts):
        # Those with most days still to work; the number turns, so that days off are spread over all hours.
        ready = sorted(range(people), key=lambda who: (len(week[who]), (who * 7 + day * 3) % people))[: len(starts)]
        for who, start in zip(sorted(ready), starts, strict=True):
            week[who][day] = start
    return week


def heads(profile: Profile, plan: Plan) -> int:
    """People to employ, so that leave and illness are covered."""
    present = profile.days_on * (1.0 - leave_share(profile)) * (1.0 - profile.sick_share)
    return math.ceil(plan.shifts / present) if plan.shifts else 0


def covered(plan: Plan) -> list[float]:
    """How many are there by hour of the week."""
    people = [0.0] * HOURS_OF_A_WEEK
    for day, start in each_shift(plan):
        for slot in range(round(plan.length / SLOT)):
            people[int((day * DAY + start + slot * SLOT) // HOUR) % HOURS_OF_A_WEEK] += SLOT / HOUR
    return people


def each_shift(plan: Plan) -> Iterator[tuple[int, float]]:
    return ((day, start) for day, starts in enumerate(plan.starts) for start in starts)
