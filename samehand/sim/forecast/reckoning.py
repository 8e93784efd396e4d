"""Many runs of the day as it is planned and with what would help, put together by the hour."""

from __future__ import annotations

from random import Random

from samehand.sim.forecast.drawing import draw
from samehand.sim.forecast.helping import called, more, others, remedy
from samehand.sim.forecast.trying import Seen, attempt
from samehand.sim.forecast.values import Forecast, Hour, Today
from samehand.sim.measuring import quantile

MOST_SEEDS, FEWEST_SEEDS = 30, 5
# So many messages, over all runs, take about three seconds.
MESSAGES = 80_000
BAND = (0.1, 0.9)


def forecast(today: Today, seed: int = 0, seeds: int | None = None) -> Forecast:
    """The hours from now until the desk closes."""
    seeds = seeds or _seeds(today)
    drawn = [draw(today, Random(f"forecast {seed} {number}")) for number in range(seeds)]  # noqa: S311
    planned = attempt(today, drawn, today.crew)
    if not planned.broken or planned.total() < 0.5:
        return Forecast(_hours(today, planned, planned, planned), seeds, None)
    since = called(today)
    one = attempt(today, drawn, more(today, 1, since))
    two = attempt(today, drawn, more(today, 2, since))
    hours = _hours(today, planned, one, two)
    worst = max(hours, key=lambda hour: hour.broken).begins
    saved = {"one": planned.total() - one.total(), "two": planned.total() - two.total()}
    for kind, other in others(today, drawn, worst, since):
        saved[kind] = planned.total() - other.total()
    return Forecast(hours, seeds, remedy(saved, planned.total(), since))


def _seeds(today: Today) -> int:
    """By how much there is to simulate, not by the clock: the same state gives the same forecast on any machine."""
    messages = len(today.waiting) + sum(today.expected.values()) + 20
    return max(FEWEST_SEEDS, min(MOST_SEEDS, int(MESSAGES / 5 / messages)))


def _hours(today: Today, planned: Seen, one: Seen, two: Seen) -> tuple[Hour, ...]:
    runs = len(planned.broken)
    return tuple(
        Hour(
            begins=begins,
            asked=sum(each[at] for each in planned.asked) / runs,
            broken=planned.mean(at),
            low=quantile([each[at] for each in planned.broken], BAND[0]) or 0.0,
            high=quantile([each[at] for each in planned.broken], BAND[1]) or 0.0,
            backlog=sum(each[at] for each in planned.backlog) / runs,
            one=one.mean(at),
            two=two.mean(at),
        )
        for at, begins in enumerate(today.hours)
    )
