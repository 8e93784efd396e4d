"""The crew as the engine knows it: skills, languages and the roster in the engine's minutes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from samehand.core.coverage import Interval
from samehand.core.routing import Colleague
from samehand.core.routing.clock import Clock
from samehand.core.routing.values import DAY, Spans
from samehand.people.queries import service_hours
from samehand.people.rostering.presence import Presence, languages_of, presence, skills_of


def colleagues(now: datetime, days: int) -> list[Colleague]:
    """Every active colleague, by number, with her shifts from yesterday on and for so many days ahead.

    Leave and illness are taken out of the shifts. A span belongs to the day on which it begins.
    """
    clock = Clock(ZoneInfo(service_hours().zone))
    today = clock.day(now)
    begin, end = clock.instant((today - 1) * DAY), clock.instant((today + days + 1) * DAY)
    return [_colleague(one, clock) for one in presence(begin, end)]


def _colleague(one: Presence, clock: Clock) -> Colleague:
    return Colleague(
        id=one.person.pk,
        topics=skills_of(one.person),
        languages=languages_of(one.person),
        shifts=_calendar(one.shifts, clock),
        breaks=_calendar(one.breaks, clock),
    )


def _calendar(spans: Iterable[Interval], clock: Clock) -> Spans:
    days: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for begin, end in spans:
        days[clock.day(begin)].append((clock.minute(begin), clock.minute(end)))
    return {day: tuple(sorted(found)) for day, found in days.items()}
