"""In whose hands customers were: the same person again, one of the first two, somebody known from before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from samehand.lib.sql import named


@dataclass(frozen=True, slots=True)
class Hands:
    """`first`: follow-ups answered by whoever answered the case first; `pair`: by one of its first two people;
    `known`: first words of customers who came back, answered by somebody who had answered them before."""

    followups: int = 0
    first: int = 0
    pair: int = 0
    returning: int = 0
    known: int = 0

    def __add__(self, other: Hands) -> Hands:
        return Hands(
            self.followups + other.followups,
            self.first + other.first,
            self.pair + other.pair,
            self.returning + other.returning,
            self.known + other.known,
        )

    @property
    def first_share(self) -> float | None:
        return self.first / self.followups if self.followups else None

    @property
    def pair_share(self) -> float | None:
        return self.pair / self.followups if self.followups else None

    @property
    def known_share(self) -> float | None:
        return self.known / self.returning if self.returning else None


def hands(start: datetime, end: datetime) -> Hands:
    """Of the promises that end between two moments and were answered."""
    with connection.cursor() as cursor:
        cursor.execute(named("samehand.cases", "same_hands"), {"start": start, "end": end})
        return Hands(*cursor.fetchone())
