"""The crew before the engine. Reading five hundred people's roster takes longer than all the rest of an event, so it is
kept for as long as not a row of it changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from samehand.cases.actions.dispatching.minutes import Minutes
from samehand.core.routing import Colleague
from samehand.core.routing.values import DAY
from samehand.lib.sql import named
from samehand.people.rostering.colleagues import colleagues

# The fit of a roster looks a week ahead.
DAYS = 8
_last: tuple[tuple[Any, ...], Mapping[int, Colleague]] | None = None


def crew(now: datetime, zone: str, minutes: Minutes) -> Mapping[int, Colleague]:
    """Every active colleague by number, with the shifts from yesterday on and for eight days."""
    global _last
    today = int(minutes.of(now) // DAY)
    key = (zone, today, _print(minutes, today))
    if _last is None or _last[0] != key:
        _last = (key, {one.id: one for one in colleagues(now, DAYS)})
    return _last[1]


def _print(minutes: Minutes, today: int) -> int:
    begin, end = minutes.moment((today - 1) * DAY), minutes.moment((today + DAYS + 1) * DAY)
    with connection.cursor() as cursor:
        cursor.execute(named("samehand.people", "roster_print"), {"begin": begin, "end": end})
        return int(cursor.fetchone()[0] or 0)
