"""The work that comes in an hour of the week, put into the hours in which it is done."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samehand.sim.profile import Profile
from samehand.sim.staffing.crews import HOUR, HOURS_OF_A_WEEK, calls_by_hour, stacked, week_of
from samehand.sim.staffing.customers import HISTORY_DAYS
from samehand.sim.staffing.trying import SEARCH_POLICY, Trial, Worlds, try_crew

EARLY = 120.0
WEEK = 7


@dataclass(frozen=True, slots=True)
class Load:
    """By hour of the week: people's `work` (calls and breaks included) and `messages`; `handling` minutes each."""

    work: tuple[float, ...]
    messages: tuple[float, ...]
    handling: float


def load_of(profile: Profile, worlds: Worlds) -> Load:
    """Measured with more than enough people, and smoothed: a few weeks' chance is no reason for more people at five."""
    ample = [math.ceil(3 * _crude(profile) + 3) * at_work(profile, hour % 24) for hour in range(HOURS_OF_A_WEEK)]
    crew = stacked(profile, ample, HISTORY_DAYS, HISTORY_DAYS + WEEK + 1)
    first, later = _Sums(), _Sums()
    worked = began = 0.0
    for seed, world in worlds.items():
        trial = try_crew(world, profile, crew, seed, SEARCH_POLICY)
        for number, hour in _measured(trial):
            numbers = trial.world.messages_of[trial.world.messages[number].case]
            (first if trial.world.messages[number].place == 0 and number == numbers[0] else later).add(
                hour, trial.world.messages[number].work
            )
        worked += math.fsum(trial.log.work_minutes.values())
        began += math.fsum(trial.world.messages[number].work for number in trial.log.done)
    reading, weeks = worked / began if began else 1.0, len(worlds)
    shape = week_of(profile)
    minutes = _expected(shape, first.minutes, later.minutes)
    messages = _expected(shape, first.messages, later.messages)
    handling = reading * math.fsum(minutes) / max(1.0, math.fsum(messages))
    work = _placed(profile, [each * reading / weeks / HOUR for each in minutes])
    return Load(tuple(work), tuple(each / weeks for each in messages), handling)


class _Sums:
    def __init__(self) -> None:
        self.minutes, self.messages = [0.0] * HOURS_OF_A_WEEK, [0.0] * HOURS_OF_A_WEEK

    def add(self, hour: int, minutes: float) -> None:
        self.minutes[hour] += minutes
        self.messages[hour] += 1


def _measured(trial: Trial) -> Iterator[tuple[int, int]]:
    rules = trial.world.rules
    for number, arrived in trial.log.arrived.items():
        if rules.measured_from <= arrived < rules.measured_to:
            yield number, int(arrived // HOUR) % HOURS_OF_A_WEEK


def _expected(shape: Sequence[float], first: Sequence[float], later: Sequence[float]) -> list[float]:
    """First messages have the profile's shape; later ones that of the hours of the day and of the days, apart."""
    whole_first, whole = math.fsum(first), math.fsum(later)
    of_hour = [math.fsum(later[hour::24]) for hour in range(24)]
    of_day = [math.fsum(later[24 * day : 24 * day + 24]) for day in range(WEEK)]
    return [
        shape[hour] * whole_first + (of_hour[hour % 24] * of_day[hour // 24] / whole if whole else 0.0)
        for hour in range(HOURS_OF_A_WEEK)
    ]


def worked_in(profile: Profile, hour: int) -> range:
    """In which hours of the day the mail of this one is worked on."""
    first, opening = early_hour(profile), int(profile.open_min // HOUR)
    last = math.ceil(profile.close_min / HOUR)
    if first <= hour < opening or hour >= last or hour < first:
        return range(first, max(first + 1, opening))
    return range(hour, hour + 1)


def at_work(profile: Profile, hour: int) -> bool:
    return early_hour(profile) <= hour < math.ceil(profile.close_min / HOUR)


def early_hour(profile: Profile) -> int:
    """The night's mail is due half an hour after opening: work on it begins two hours before."""
    return int(max(0.0, profile.open_min - EARLY) // HOUR)


def _crude(profile: Profile) -> float:
    hours = math.ceil(profile.close_min / HOUR) - early_hour(profile)
    whole = sum(topic["share"] for topic in profile.topics.values())
    mean = sum(
        topic["share"] / whole * topic["median_minutes"] * math.exp(topic["sigma"] ** 2 / 2)
        for topic in profile.topics.values()
    )
    return (
        profile.messages_per_day * mean / HOUR / hours + sum(calls_by_hour(profile)) * profile.call_minutes / HOUR / 10
    )


def _placed(profile: Profile, load: Sequence[float]) -> list[float]:
    """Work moved to the hours in which it is done, with the calls and the breaks of those hours."""
    placed = [0.0] * HOURS_OF_A_WEEK
    for hour, each in enumerate(load):
        day = hour // 24 + (hour % 24 >= math.ceil(profile.close_min / HOUR))
        target = worked_in(profile, hour % 24)
        for at in target:
            placed[(day * 24 + at) % HOURS_OF_A_WEEK] += each / len(target)
    call = profile.call_minutes * math.exp(profile.call_sigma**2 / 2) + 1.0
    resting = sum(profile.breaks) / profile.shift_minutes
    for hour, calls in enumerate(calls_by_hour(profile) * WEEK):
        placed[hour] = (placed[hour] + calls * call / HOUR) / (1.0 - resting)
    return placed
