"""Crews that somebody thinks up or really has, put into a world whose customers stay the same.

A trap: when each consultant brought calls of her own, one more person would bring more calls. So calls are drawn for
the desk, and whoever is there takes them; two crews in the same world meet the same calls.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random
from typing import Any

from samehand.sim.profile import Profile
from samehand.sim.world import DAY, Consultant, Interruption, Shift, World

HOUR = 60.0
HOURS_OF_A_WEEK = 168
LONGEST_PIECE = 8
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with her shifts, in minutes since Monday 00:00 of the first week; ill on the days `away`."""

    id: int
    topics: frozenset[str]
    languages: frozenset[str]
    shifts: tuple[Span, ...]
    away: frozenset[int] = frozenset()

    def there(self) -> Iterator[Span]:
        return (span for span in self.shifts if span[0] // DAY not in self.away)


Crew = Sequence[Person]


def staffed(customers: World, profile: Profile, crew: Crew, seed: int) -> World:
    """The same customers with this crew."""
    until = customers.rules.days * DAY
    shifts = [
        Shift(who.id, int(start // DAY), start, end, int(start // DAY) not in who.away)
        for who in crew
        for start, end in who.shifts
        if start < until
    ]
    return replace(
        customers,
        consultants={who.id: _consultant(who, customers.rules.days) for who in crew},
        shifts=shifts,
        breaks=[pause for shift in shifts if shift.came for pause in _breaks(profile, shift)],
        calls=list(_calls(profile, shifts, seed, customers.rules.days)),
    )


def _consultant(who: Person, days: int) -> Consultant:
    return Consultant(who.id, who.topics, who.languages, 0, days)


def _breaks(profile: Profile, shift: Shift) -> Iterator[Interruption]:
    """Spread evenly, and not at the same minute for all."""
    length = shift.end - shift.start
    count = round(len(profile.breaks) * min(1.0, length / profile.shift_minutes))
    apart, moved = length / (count + 1), (shift.consultant * 7 % 11 - 5) * 4.0
    for index, minutes in enumerate(profile.breaks[:count], 1):
        yield Interruption(shift.consultant, shift.start + apart * index + moved * apart / 120.0, minutes)


def _calls(profile: Profile, shifts: Iterable[Shift], seed: int, days: int) -> Iterator[Interruption]:
    dice = Random(f"calls {seed}")  # noqa: S311
    present = Presence(shifts)
    for day in range(days):
        for hour, rate in enumerate(calls_by_hour(profile)):
            moment = day * DAY + hour * HOUR
            end = moment + HOUR
            while rate > 0 and (moment := moment + dice.expovariate(rate / HOUR)) < end:
                minutes = dice.lognormvariate(math.log(max(profile.call_minutes, 0.01)), profile.call_sigma)
                taker = present.one(moment, dice.random())
                if taker is not None:
                    yield Interruption(taker, round(moment, 3), round(minutes, 3))


def calls_by_hour(profile: Profile) -> list[float]:
    """Calls an hour that the profile's own crew takes, for each hour of the day in which the desk is open."""
    there = profile.people * profile.days_on / 7 * (1 - profile.sick_share) * (1 - leave_share(profile))
    rates = []
    for hour in range(24):
        middle = (hour + 0.5) * HOUR
        on = sum((middle - start) % DAY < profile.shift_minutes for start in profile.starts) / len(profile.starts)
        is_open = profile.open_min <= middle < profile.close_min
        rates.append(profile.calls_per_hour * there * on if is_open else 0.0)
    return rates


def leave_share(profile: Profile) -> float:
    return min(0.9, profile.leave_days_per_year / (365.0 * profile.days_on / 7))


class Presence:
    """Who is there at a moment, looked up quickly: the crew changes only when a shift begins or ends."""

    def __init__(self, shifts: Iterable[Shift]) -> None:
        came = [shift for shift in shifts if shift.came]
        self.moments = sorted({at for shift in came for at in (shift.start, shift.end)})
        place = {at: index for index, at in enumerate(self.moments)}
        self.who: list[list[int]] = [[] for _ in self.moments]
        for shift in sorted(came):
            for index in range(place[shift.start], place[shift.end]):
                self.who[index].append(shift.consultant)

    def one(self, moment: float, chance: float) -> int | None:
        index = bisect_right(self.moments, moment) - 1
        there = self.who[index] if index >= 0 else []
        return there[int(chance * len(there))] if there else None


def skills(profile: Profile) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Topics and languages of one person after another, so that any first few have the profile's shares.

    The first two can do everything: one has a day off or a break while mail comes that nobody else can answer."""
    everything = (frozenset(profile.topics), frozenset(profile.languages))
    yield everything
    yield everything
    groups = [
        (share * spoken, topics, languages)
        for share, topics in _groups(profile.skills, "topics", everything[0])
        for spoken, languages in _groups(profile.spoken, "languages", everything[1])
    ]
    dealt = [0] * len(groups)
    for count in range(1, 1_000_000):
        index = max(range(len(groups)), key=lambda n: (groups[n][0] * count - dealt[n], -n))
        dealt[index] += 1
        yield groups[index][1], groups[index][2]


def _groups(
    groups: Sequence[Mapping[str, Any]], word: str, everything: frozenset[str]
) -> list[tuple[float, frozenset[str]]]:
    whole = sum(group["share"] for group in groups)
    return [(group["share"] / whole, frozenset(group[word])) for group in groups] or [(1.0, everything)]


def stacked(profile: Profile, people: Sequence[int], first_day: int, last_day: int) -> list[Person]:
    """Exactly `people[hour of the week]` in every hour: lanes of short shifts, as no roster could have them."""
    crew: list[Person] = []
    for lane, (topics, languages) in zip(range(max(people, default=0)), skills(profile), strict=False):
        hours = range(first_day * 24, last_day * 24)
        for start, end in _runs([people[hour % HOURS_OF_A_WEEK] > lane for hour in hours]):
            for piece in _pieces(hours[0] + start, hours[0] + end):
                crew.append(Person(len(crew), topics, languages, (piece,)))
    return crew


def _runs(there: Sequence[bool]) -> Iterator[tuple[int, int]]:
    changes = [hour for hour in range(len(there)) if there[hour] != (hour > 0 and there[hour - 1])]
    changes += [len(there)] * (len(changes) % 2)
    return zip(changes[::2], changes[1::2], strict=True)


def _pieces(start: int, end: int) -> Iterator[Span]:
    count = math.ceil((end - start) / LONGEST_PIECE)
    edges = [start * HOUR + (end - start) * HOUR * n / count for n in range(count + 1)]
    return pairwise(edges)


def through(week: Crew, first_day: int, last_day: int) -> list[Person]:
    """The same week (its days count from 0, a Monday) again and again, from the first day until before the last."""
    return [
        replace(
            who,
            shifts=tuple(
                (day * DAY + start % DAY, day * DAY + start % DAY + end - start)
                for day in range(first_day, last_day)
                for start, end in who.shifts
                if start // DAY == day % 7
            ),
            away=frozenset(),
        )
        for who in week
    ]


def by_hour(crew: Crew, first_day: int = 0) -> list[float]:
    """How many are there, on average, in each hour of the week that begins on `first_day`; Monday's first."""
    people = [0.0] * HOURS_OF_A_WEEK
    for who in crew:
        for start, end in who.there():
            for hour in range(int(start // HOUR), math.ceil(end / HOUR)):
                if first_day * 24 <= hour < first_day * 24 + HOURS_OF_A_WEEK:
                    share = (min(end, (hour + 1) * HOUR) - max(start, hour * HOUR)) / HOUR
                    people[hour % HOURS_OF_A_WEEK] += share
    return people


def week_of(profile: Profile) -> list[float]:
    """The shape of the week: 168 weights that sum to 1."""
    week = profile.hour_of_week or [day * hour for day in profile.weekdays for hour in profile.hours]
    whole = math.fsum(week)
    return [weight / whole for weight in week]
