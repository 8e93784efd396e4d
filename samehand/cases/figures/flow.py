"""How much comes and is answered, hour by hour, against what is usual; and how long first words take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection

from samehand.core.days import Day
from samehand.core.hours import Hours, opened
from samehand.lib.sql import named

WEEKS = 8
# A weekend with holidays around it: what was asked before it may end its promise today.
LONGEST_CLOSED = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Flow:
    """Twenty-four numbers each; the usual is the mean of `weeks` days like this one, None when there were none."""

    asked: tuple[float, ...]
    said: tuple[float, ...]
    usual: tuple[float, ...] | None
    weeks: int


@dataclass(frozen=True, slots=True)
class Wait:
    """First words for what was asked in an hour: how many, and the open minutes of half and of nine in ten."""

    hour: int
    answers: int
    median: float
    ninetieth: float


def flow(day: Day, hours: Hours) -> Flow:
    """What came and was answered on this day, beside the same weekday in the last eight weeks."""
    asked, said = _by_hour("asked_by_hour", [day]), _by_hour("said_by_hour", [day])
    usual, weeks = usual_hours(day, hours)
    return Flow(asked[0], said[0], usual, weeks)


def usual_hours(day: Day, hours: Hours) -> tuple[tuple[float, ...] | None, int]:
    """The mean of the days like this one: the same weekday, open when this one is, from the first mail on."""
    before = (day.ago(7 * week) for week in range(1, WEEKS + 1))
    like = [one for one in before if _opens(one, hours) == _opens(day, hours)]
    counted = _by_hour("asked_by_hour", like)
    # Before the first mail of all there was no desk yet.
    while counted and not sum(counted[-1]):
        counted.pop()
    if not counted:
        return None, 0
    return tuple(sum(hour) / len(counted) for hour in zip(*counted, strict=True)), len(counted)


def _opens(day: Day, hours: Hours) -> bool:
    return bool(hours.spans_of(day.on))


def first_words(day: Day, hours: Hours) -> list[Wait]:
    spans = opened(hours, day.starts - LONGEST_CLOSED, day.ends)
    told: dict[str, Any] = {
        "zone": str(day.zone),
        "today": day.starts,
        "tomorrow": day.ends,
        "opens": [opens for opens, _ in spans],
        "closes": [closes for _, closes in spans],
    }
    with connection.cursor() as cursor:
        cursor.execute(named("samehand.cases", "first_words_by_hour"), told)
        return [Wait(*row) for row in cursor.fetchall()]


def _by_hour(statement: str, days: Sequence[Day]) -> list[tuple[float, ...]]:
    counted = [[0.0] * 24 for _day in days]
    with connection.cursor() as cursor:
        cursor.execute(
            named("samehand.cases", statement),
            {
                "zone": str(days[0].zone) if days else "UTC",
                "starts": [day.starts for day in days],
                "ends": [day.ends for day in days],
            },
        )
        for number, hour, count in cursor.fetchall():
            counted[number - 1][hour] = float(count)
    return [tuple(one) for one in counted]
