"""How many people an hour of the week needs, found by simulation.

The search begins with the work that comes in an hour, without any reserve, and simulates a week on several seeds. In
hours of the day whose promises break the reserve grows (by the square root of the work, as reserves do); in those
with hardly anything late it shrinks again while the target holds. First everybody takes from one queue, which is
cheap to simulate; then shifts are made of it and the house's own engine works with them. It holds mail for the right
person, and what that costs in people is part of the answer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from samehand.sim.comparing import Estimate, estimate
from samehand.sim.profile import Profile
from samehand.sim.staffing.crews import HOUR, HOURS_OF_A_WEEK, Crew, stacked, through
from samehand.sim.staffing.customers import HISTORY_DAYS
from samehand.sim.staffing.load import WEEK, Load, early_hour, load_of, worked_in
from samehand.sim.staffing.shifts import Plan, cover, rota
from samehand.sim.staffing.trying import OURS, SEARCH_POLICY, Counted, Worlds, count, try_crew

MOST_ROUNDS = 14
ROUNDS_WITH_SHIFTS, ROUNDS_OF_FEW = 6, 16
TRIMS, TRIMS_OF_FEW, MANY_MAILS = 2, 8, 1500.0
STEP_DOWN = 0.2
STEPS_UP = ((20.0, 1.5), (8.0, 1.0), (4.0, 0.5), (1.0, 0.25))
FIRST_DAY, LAST_DAY = HISTORY_DAYS, HISTORY_DAYS + WEEK + 1
Told = Callable[[float], None]
Reserves = Sequence[float]
MakeCrew = Callable[[Sequence[int]], tuple[Crew, str]]


@dataclass(frozen=True, slots=True)
class LateComers:
    """When nobody came before the desk opens: what is in time then, of all and of the night's mail."""

    in_time: float
    of_the_night: float


@dataclass(frozen=True, slots=True)
class Need:
    """People that must be there, breaks and calls included, by hour of the week from Monday 00-01 on.

    `pool` would do with one queue for all; `least` and `most` are what single weeks needed. `plan` covers them; the
    estimates are of that plan, simulated. `reached` says whether it keeps the target."""

    people: tuple[int, ...]
    pool: tuple[int, ...]
    least: tuple[int, ...]
    most: tuple[int, ...]
    load: Load
    plan: Plan
    pool_plan: Plan
    in_time: Estimate
    same_person: Estimate
    reached: bool
    late_comers: LateComers | None


def needed(profile: Profile, worlds: Worlds, target: float, told: Told) -> Need:
    return _Search(profile, worlds, target, told).find()


class _Search:
    def __init__(self, profile: Profile, worlds: Worlds, target: float, told: Told) -> None:
        self.profile, self.worlds, self.target, self.told = profile, worlds, target, told
        self.load = load_of(profile, worlds)
        self.done, self.expected = 0.0, float(len(worlds) * (10 + 5 * ROUNDS_WITH_SHIFTS))

    def find(self) -> Need:
        trims = self._few_or_many(TRIMS_OF_FEW, TRIMS)
        start, counted = self._grow([0.0] * 24, self.worlds, MOST_ROUNDS, self._stacked)
        start, counted = self._trim(start, counted, self.worlds, trims, self._stacked)
        pool = self.people(start)
        weeks = [self._week_alone(start, seed, one) for seed, one in zip(self.worlds, counted, strict=True)]
        reserves, counted = self._grow(
            start, self.worlds, self._few_or_many(ROUNDS_OF_FEW, ROUNDS_WITH_SHIFTS), self._with_shifts
        )
        if _in_time(counted) >= self.target:
            reserves, counted = self._trim(reserves, counted, self.worlds, trims, self._with_shifts)
        people = self.people(reserves)
        in_time = _by_days(counted, lambda one: one.in_time)
        found = Need(
            people=people,
            pool=pool,
            least=_moved(people, pool, map(min, pool, *weeks)),
            most=_moved(people, pool, map(max, pool, *weeks)),
            load=self.load,
            plan=cover(self.profile, people),
            pool_plan=cover(self.profile, pool),
            in_time=in_time,
            same_person=_by_days(counted, lambda one: one.same_person),
            reached=in_time.mean >= self.target,
            late_comers=self._late_comers(pool),
        )
        self.told(1.0)
        return found

    def people(self, reserves: Reserves) -> tuple[int, ...]:
        """Nobody is needed where nothing comes; elsewhere one at least."""
        return tuple(
            max(1, math.ceil(work + reserves[hour % 24] * math.sqrt(work) - 1e-9)) if work > 0 else 0
            for hour, work in enumerate(self.load.work)
        )

    def _grow(
        self, reserves: Reserves, worlds: Worlds, rounds: int, crew_of: MakeCrew
    ) -> tuple[Reserves, list[Counted]]:
        counted = self._try(self.people(reserves), worlds, crew_of)
        for _ in range(rounds):
            if _in_time(counted) >= self.target:
                break
            steps = self._steps(counted)
            if not any(steps):
                break
            reserves = [reserve + step for reserve, step in zip(reserves, steps, strict=True)]
            counted = self._try(self.people(reserves), worlds, crew_of)
        return reserves, counted

    def _few_or_many(self, of_few: int, of_many: int) -> int:
        """A large desk's rounds take long, and its steps are large."""
        return of_many if self.profile.messages_per_day > MANY_MAILS else of_few

    def _trim(
        self, reserves: Reserves, counted: list[Counted], worlds: Worlds, rounds: int, crew_of: MakeCrew
    ) -> tuple[Reserves, list[Counted]]:
        for _ in range(rounds):
            calm = self._calm(counted)
            fewer = [reserve - STEP_DOWN * each for reserve, each in zip(reserves, calm, strict=True)]
            if self.people(fewer) == self.people(reserves):
                break
            tried = self._try(self.people(fewer), worlds, crew_of)
            if _in_time(tried) < self.target:
                break
            reserves, counted = fewer, tried
        return reserves, counted

    def _week_alone(self, reserves: Reserves, seed: int, counted: Counted) -> tuple[int, ...]:
        """What this week would have needed by itself, beginning from what they need together."""
        alone = {seed: self.worlds[seed]}
        if counted.in_time < self.target:
            return self.people(self._grow(reserves, alone, 3, self._stacked)[0])
        return self.people(self._trim(reserves, [counted], alone, 3, self._stacked)[0])

    def _late_comers(self, people: Sequence[int]) -> LateComers | None:
        """The same hours of work, but those before opening moved to the hours after it."""
        early, opening = early_hour(self.profile), int(self.profile.open_min // HOUR)
        if early == opening:
            return None
        moved = list(people)
        for start in range(0, HOURS_OF_A_WEEK, 24):
            for hour in range(early, opening):
                moved[start + hour], later = 0, start + opening + hour - early
                moved[later] += people[start + hour]
        counted = self._try(moved, self.worlds, self._stacked)
        closing = self.profile.close_min
        night = [hour for hour in range(HOURS_OF_A_WEEK) if not opening <= hour % 24 < closing / HOUR]
        late = sum(one.late[hour] for one in counted for hour in night)
        messages = sum(one.messages[hour] for one in counted for hour in night)
        return LateComers(_in_time(counted), 1.0 - late / messages if messages else 1.0)

    def _steps(self, counted: Sequence[Counted]) -> list[float]:
        """How much more reserve each hour of the day needs: the more, the more promises break in it.

        One late mail is chance. Where no hour has more, each that has one gets the smallest step."""
        hours = list(_by_hour_of_day(self.profile, counted))
        steps = [self._step(messages, late) for messages, late in hours]
        return steps if any(steps) else [STEPS_UP[-1][1] if late else 0.0 for _messages, late in hours]

    def _step(self, messages: int, late: int) -> float:
        allowed = (1.0 - self.target) * messages
        if late <= allowed + 1.0:
            return 0.0
        return next(step for above, step in STEPS_UP if late > above * allowed)

    def _calm(self, counted: Sequence[Counted]) -> list[bool]:
        allowed = 1.0 - self.target
        return [late <= allowed * messages / 3 for messages, late in _by_hour_of_day(self.profile, counted)]

    def _stacked(self, people: Sequence[int]) -> tuple[Crew, str]:
        return stacked(self.profile, people, FIRST_DAY, LAST_DAY), SEARCH_POLICY

    def _with_shifts(self, people: Sequence[int]) -> tuple[Crew, str]:
        return through(rota(self.profile, cover(self.profile, people)), FIRST_DAY, LAST_DAY), OURS

    def _try(self, people: Sequence[int], worlds: Worlds, crew_of: MakeCrew) -> list[Counted]:
        crew, policy = crew_of(people)
        counted = []
        for seed, customers in worlds.items():
            counted.append(count(try_crew(customers, self.profile, crew, seed, policy)))
            self.done += 5.0 if policy == OURS else 1.0
            self.told(min(0.99, self.done / self.expected))
        return counted


def _moved(people: Sequence[int], pool: Sequence[int], others: Iterator[int]) -> tuple[int, ...]:
    """What single weeks needed was found with one queue; with shifts it is as much more or less."""
    return tuple(max(0, most + other - few) for most, few, other in zip(people, pool, others, strict=True))


def _by_days(counted: Sequence[Counted], of: Callable[[Counted], float]) -> Estimate:
    """The mean of the weeks; its interval goes by their days, which are many where weeks are two."""
    days = estimate(of(day) for one in counted for day in one.days())
    return Estimate(math.fsum(map(of, counted)) / len(counted), days.half_width if days else None)


def _in_time(counted: Sequence[Counted]) -> float:
    return math.fsum(one.in_time for one in counted) / len(counted)


def _by_hour_of_day(profile: Profile, counted: Sequence[Counted]) -> Iterator[tuple[int, int]]:
    """Messages and late ones by the hour in which they had to be worked on: those of the night before opening."""
    messages, late = [0] * 24, [0] * 24
    for one in counted:
        for hour in range(HOURS_OF_A_WEEK):
            for at in worked_in(profile, hour % 24):
                messages[at] += one.messages[hour]
                late[at] += one.late[hour]
    return zip(messages, late, strict=True)
