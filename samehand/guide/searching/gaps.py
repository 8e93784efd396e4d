"""Searches that failed: nothing was found, or nothing of it opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from samehand.lib.sql import named


@dataclass(frozen=True, slots=True)
class Failed:
    """`query` as it was typed last; `times` since nobody has seen to it, `nothing` of them without a single article."""

    folded: str
    language: str
    query: str
    times: int
    nothing: int
    last: datetime


def gaps(since: datetime, *, limit: int = 100) -> list[Failed]:
    """What failed since then and since somebody put it aside: the most frequent first."""
    with connection.cursor() as cursor:
        cursor.execute(named("samehand.guide", "gaps"), {"since": since, "limit": limit})
        return [Failed(*row) for row in cursor.fetchall()]
