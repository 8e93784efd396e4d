"""The marginal price: what one more chair, or one less, in a part of the day changes on the same weeks.

A chair is one shift on every day of the week. Days are compared with themselves (the same customers, the same calls),
so a difference is known better than either share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from samehand.sim.comparing import Estimate, estimate
from samehand.sim.profile import Profile
from samehand.sim.staffing.crews import HOUR, Crew, Person, Span, skills, through
from samehand.sim.staffing.load import WEEK, early_hour
from samehand.sim.staffing.needed import FIRST_DAY, LAST_DAY, Told
from samehand.sim.staffing.trying import OURS, Counted, Worlds, count, try_crew
from samehand.sim.world import DAY

Part = Literal["early", "middle", "late"]
POINTS = 100.0
NEAR = 120.0


@dataclass(frozen=True, slots=True)
class Price:
    """`hours` a week (negative: one less); `in_time` and `same_person` in points of per cent; `promises` more kept a
    week; `cost` a week when an hour's cost is known."""

    part: Part
    start: float
    hours: float
    in_time: Estimate
    same_person: Estimate
    promises: Estimate
    cost: float | None

    @property
    def for_each_promise(self) -> float | None:
        """What a promise more costs, or one less spares; None when chance explains the promises as well."""
        kept, unsure = self.promises.mean, self.promises.half_width or 0.0
        if self.cost is None or abs(kept) <= unsure or kept * self.hours <= 0:
            return None
        return self.cost / kept


@dataclass(frozen=True, slots=True)
class Prices:
    """`in_time` and `same_person` are those of the crew as it is, from 0 to 1; `hours` are its hours a week."""

    in_time: Estimate
    same_person: Estimate
    hours: float
    table: tuple[Price, ...]


def prices(profile: Profile, worlds: Worlds, week: Crew, hour_cost: float | None, told: Told) -> Prices:
    """Of a crew whose days count from 0, a Monday."""
    crew = through(week, FIRST_DAY, LAST_DAY)
    changes = list(_changes(profile, crew))
    runs, done = (len(changes) + 1) * len(worlds), 0

    def counted(with_crew: Crew) -> list[Counted]:
        nonlocal done
        days: list[Counted] = []
        for seed, customers in worlds.items():
            days += count(try_crew(customers, profile, with_crew, seed, OURS)).days()
            done += 1
            told(done / runs)
        return days

    before = counted(crew)
    table = [
        _price(part, start, crew, changed, hour_cost, before, counted(changed)) for part, start, changed in changes
    ]
    return Prices(
        in_time=_sure([day.in_time for day in before]),
        same_person=_sure([day.same_person for day in before]),
        hours=_hours(crew),
        table=tuple(table),
    )


def starts_of(profile: Profile) -> dict[Part, float]:
    """An early shift begins two hours before the desk opens, a late one ends when it closes."""
    early = early_hour(profile) * HOUR
    late = max(early, profile.close_min - profile.shift_minutes)
    return {"early": early, "middle": (early + late) / 2 // 30 * 30, "late": late}


def _changes(profile: Profile, crew: Crew) -> Iterator[tuple[Part, float, Crew]]:
    for part, start in starts_of(profile).items():
        yield part, start, [*crew, *_one_more(profile, crew, start)]
        if all(_nearest(crew, day, start) for day in range(FIRST_DAY, LAST_DAY)):
            yield part, start, _one_less(crew, start)


def _one_more(profile: Profile, crew: Crew, start: float) -> list[Person]:
    """Two people share the chair, as they must: one works five days of the week, one the rest."""
    following = max((who.id for who in crew), default=-1) + 1
    everything = next(skills(profile))
    shared = []
    for index, days in enumerate((range(5), range(5, WEEK))):
        spans = [
            (day * DAY + start, day * DAY + start + profile.shift_minutes)
            for day in range(FIRST_DAY, LAST_DAY)
            if day % WEEK in days
        ]
        shared.append(Person(following + index, *everything, tuple(spans)))
    return shared


def _one_less(crew: Crew, start: float) -> list[Person]:
    """On every day one shift of this part of the day is gone."""
    gone = {_nearest(crew, day, start) for day in range(FIRST_DAY, LAST_DAY)}
    return [replace(who, shifts=tuple(span for span in who.shifts if (who.id, span) not in gone)) for who in crew]


def _nearest(crew: Crew, day: int, start: float) -> tuple[int, Span] | None:
    """Whose shift of that day begins nearest to the start, within two hours; of several the last in the list."""
    near = [
        (distance, -who.id, span)
        for who in crew
        for span in who.there()
        if span[0] // DAY == day and (distance := abs(span[0] - day * DAY - start)) <= NEAR
    ]
    return (-min(near)[1], min(near)[2]) if near else None


def _price(
    part: Part,
    start: float,
    crew: Crew,
    changed: Crew,
    hour_cost: float | None,
    before: Sequence[Counted],
    after: Sequence[Counted],
) -> Price:
    hours = _hours(changed) - _hours(crew)
    return Price(
        part=part,
        start=start,
        hours=hours,
        in_time=_paired(before, after, lambda day: day.in_time * POINTS),
        same_person=_paired(before, after, lambda day: day.same_person * POINTS),
        promises=_scaled(_paired(before, after, lambda day: -float(sum(day.late))), WEEK),
        cost=hours * hour_cost if hour_cost is not None else None,
    )


def _hours(crew: Crew) -> float:
    begin, end = FIRST_DAY * DAY, (FIRST_DAY + WEEK) * DAY
    return sum((to - at) / HOUR for who in crew for at, to in who.there() if begin <= at < end)


def _paired(before: Sequence[Counted], after: Sequence[Counted], of_day: Callable[[Counted], float]) -> Estimate:
    return _sure([of_day(two) - of_day(one) for one, two in zip(before, after, strict=True)])


def _sure(values: Sequence[float]) -> Estimate:
    found = estimate(values)
    assert found is not None
    return found


def _scaled(one: Estimate, factor: float) -> Estimate:
    return Estimate(one.mean * factor, one.half_width * factor if one.half_width is not None else None)
