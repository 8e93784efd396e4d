"""Events: recorded in the caller's transaction, announced to every process when it commits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import connection

from samehand.lib.bulk import insert
from samehand.lib.models import Event

CHANNEL = "samehand_events"


@dataclass(frozen=True, slots=True)
class Fact:
    kind: str
    case_id: int | None = None
    staff_id: int | None = None
    data: dict[str, Any] = field(default_factory=dict)


def record(facts: Iterable[Fact], *, now: datetime) -> list[Event]:
    """Write the facts, tell the reactions, and let NOTIFY leave with the commit. Needs an open transaction."""
    rows = [Event(at=now, kind=f.kind, case_id=f.case_id, staff_id=f.staff_id, data=f.data) for f in facts]
    if not rows:
        return []
    insert(rows)
    _announce(rows)
    for row in rows:
        for react in reactions().get(row.kind, ()):
            react(row)
    return rows


@cache
def reactions() -> dict[str, tuple[Callable[[Event], None], ...]]:
    """The table of effects, `settings.REACTIONS`: a dotted path, because effects live above this floor."""
    module, name = settings.REACTIONS.rsplit(".", 1)
    table: dict[str, tuple[Callable[[Event], None], ...]] = getattr(import_module(module), name)
    return table


def _announce(rows: list[Event]) -> None:
    # One notification for a run of rows: a payload each would make a full batch pay for the queue lock fifty times.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{rows[0].pk}-{rows[-1].pk}"])
