"""When first messages come: the shape of the week, and how much more they scatter than Poisson."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

from samehand.sim.profile import Profile

HOURS = 168
HOUR, WEEK = 60.0, 10080.0
SLOT = 5.0
CASES_OF_THE_DEFAULT_SHAPE = 200.0
WEEKS_OF_THE_SMOOTH_SHAPE = 1.0
FEWEST_IN_AN_HOUR = 20


def shape_of_week(moments: Sequence[float], begins: float, ends: float, base: Profile) -> tuple[float, ...]:
    """Rates by hour of the week. Each hour leans on weekday x hour of day, and that on the default's shape."""
    counts, weeks = _counts(moments), _weeks_of_each_hour(begins, ends)
    rates = [count / seen if seen else 0.0 for count, seen in zip(counts, weeks, strict=True)]
    default = _default(base)
    seen_part = sum(share for share, seen in zip(default, weeks, strict=True) if seen) or 1.0
    # A weekday that was never seen says nothing of itself: its hours are the default's, at the level of the others.
    trust = len(moments) / (len(moments) + CASES_OF_THE_DEFAULT_SHAPE) if all(weeks) else 0.0
    total = sum(rates) if all(weeks) else sum(rates) / seen_part
    smooth = [
        total * (trust * ours + (1 - trust) * theirs)
        for ours, theirs in zip(_weekday_by_hour(rates), default, strict=True)
    ]
    lean = WEEKS_OF_THE_SMOOTH_SHAPE
    return tuple(
        round((count + lean * expected) / (seen + lean), 6)
        for count, seen, expected in zip(counts, weeks, smooth, strict=True)
    )


def _counts(moments: Sequence[float]) -> list[int]:
    counts = [0] * HOURS
    for moment in moments:
        counts[int(moment % WEEK // HOUR)] += 1
    return counts


def _weeks_of_each_hour(begins: float, ends: float) -> list[float]:
    """How often each hour of the week was seen, parts of an hour counted as parts."""
    seen = [0.0] * HOURS
    at = begins
    while at < ends:
        until = min((at // HOUR + 1) * HOUR, ends)
        seen[int(at % WEEK // HOUR)] += (until - at) / HOUR
        at = until
    return seen


def _default(base: Profile) -> list[float]:
    week = base.hour_of_week or [day * hour for day in base.weekdays for hour in base.hours]
    whole = sum(week)
    return [weight / whole for weight in week]


def _weekday_by_hour(rates: Sequence[float]) -> list[float]:
    whole = sum(rates)
    if not whole:
        return [1 / HOURS] * HOURS
    by_day = [sum(rates[day * 24 : day * 24 + 24]) for day in range(7)]
    by_hour = [sum(rates[hour::24]) for hour in range(24)]
    return [day * hour / whole**2 for day in by_day for hour in by_hour]


def scatter(moments: Sequence[float], begins: float, ends: float) -> tuple[float, int] | None:
    """Variance over mean of five-minute counts between the weeks, and from how many counts; None before two weeks.

    Taken by hour of the week, and of these the median: one outage or holiday does not decide.
    """
    first, last = math.ceil(begins / WEEK), math.floor(ends / WEEK)
    if last - first < 2:
        first, last = 0, int((ends - begins) // WEEK)
        moments = [moment - begins for moment in moments]
    if last - first < 2:
        return None
    counts: dict[int, list[int]] = {}
    for moment in moments:
        week = int(moment // WEEK) - first
        if 0 <= week < last - first:
            counts.setdefault(int(moment % WEEK // SLOT), [0] * (last - first))[week] += 1
    return scatter_of_slots(counts)


def scatter_of_slots(counts: dict[int, list[int]]) -> tuple[float, int] | None:
    """The same of counts by slot of the week, each with one number a week (two at least)."""
    sums: dict[int, tuple[float, float]] = {}
    seen = 0
    for slot, by_week in counts.items():
        if len(by_week) < 2:
            continue
        hour = int(slot * SLOT // HOUR)
        mean = sum(by_week) / len(by_week)
        variance = sum((count - mean) ** 2 for count in by_week) / (len(by_week) - 1)
        before = sums.get(hour, (0.0, 0.0))
        sums[hour] = before[0] + variance, before[1] + mean
        seen += len(by_week)
    weeks = max((len(by_week) for by_week in counts.values()), default=0)
    ratios = [variance / mean for variance, mean in sums.values() if mean * weeks >= FEWEST_IN_AN_HOUR]
    return (median(ratios), seen) if ratios else None
