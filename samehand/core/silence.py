"""When a silence is longer than the habit: mails come at their own pace in each hour of the week.

The habit is how many mails came in each hour of the week of late. Since the last one, so many were to be expected; when
the chance that none of them comes is next to nothing, nobody is writing to us any more, or we no longer hear it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import log
from zoneinfo import ZoneInfo

WEEK = 168
SUNDAY = 6
HOUR = timedelta(hours=1)
# Less is no habit yet.
LEAST_TIME, LEAST_MAILS = timedelta(weeks=3), 60
# How probable a silence may be and still be news: with a thousand mails a week, one false alarm in two years.
CHANCE = 1e-5
# Days differ among themselves by more than chance. Beyond this it was an outage, which must not make us patient.
MOST_SPREAD = 0.2
# Below this no silence is worth a word; beyond that nobody waits for an answer.
SHORTEST, LONGEST = timedelta(minutes=15), timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Habit:
    """Mails an hour for each hour of the week from Monday 0:00 on the zone's clock; `spread` is how much days differ
    beyond chance: the variance of a day on which m are expected is m + spread * m * m."""

    rates: tuple[float, ...]
    spread: float


def learn(counts: Mapping[datetime, int], until: datetime, as_sundays: Collection[date] = ()) -> Habit | None:
    """The habit in these hours of the zone's clock (naive, without those in which nothing came), from the first of them
    until the given one. Public holidays are counted as Sundays. None: too little is known."""
    first = min(counts, default=until)
    if until - first < LEAST_TIME or sum(counts.values()) < LEAST_MAILS:
        return None
    hours = list(_hours(first, until))
    lasted = Counter(_place(hour, as_sundays) for hour in hours)
    came: Counter[int] = Counter()
    for hour in hours:
        came[_place(hour, as_sundays)] += counts.get(hour, 0)
    rates = tuple(came[place] / lasted[place] if lasted[place] else 0.0 for place in range(WEEK))
    return Habit(rates, _spread(counts, hours, rates, as_sundays))


def unusual_from(habit: Habit, last: datetime, zone: str, as_sundays: Collection[date] = ()) -> datetime | None:
    """From when on a silence since `last` (aware) is longer than the habit; None: it never is, within three weeks."""
    clock = ZoneInfo(zone)
    moment, missing = last, _expected_before_it_counts(habit.spread)
    while moment - last < LONGEST:
        local = moment.astimezone(clock)
        rate = habit.rates[_place(local, as_sundays)]
        # To the end of this hour on the clock, added where no clock changes.
        rest = HOUR - timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        expected = rate * (rest / HOUR)
        if rate and missing <= expected:
            return max(moment + HOUR * (missing / rate), last + SHORTEST)
        missing -= expected
        moment += rest
    return None


def _expected_before_it_counts(spread: float) -> float:
    """How many mails must have been expected for none to be as improbable as CHANCE (negative binomial; Poisson
    without spread)."""
    return float((CHANCE**-spread - 1) / spread) if spread > 1e-9 else -log(CHANCE)


def _spread(
    counts: Mapping[datetime, int], hours: list[datetime], rates: tuple[float, ...], as_sundays: Collection[date]
) -> float:
    came: Counter[date] = Counter()
    expected: dict[date, float] = {}
    for hour in hours:
        came[hour.date()] += counts.get(hour, 0)
        expected[hour.date()] = expected.get(hour.date(), 0.0) + rates[_place(hour, as_sundays)]
    beyond = sum((came[day] - mean) ** 2 - mean for day, mean in expected.items())
    return min(MOST_SPREAD, max(0.0, beyond / sum(mean * mean for mean in expected.values())))


def _hours(first: datetime, until: datetime) -> Iterator[datetime]:
    hour = first
    while hour < until:
        yield hour
        hour += HOUR


def _place(local: datetime, as_sundays: Collection[date]) -> int:
    weekday = SUNDAY if local.date() in as_sundays else local.weekday()
    return weekday * 24 + local.hour
