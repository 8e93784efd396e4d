"""Cases told in a line or two."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from samehand.core.briefs import Brief, Said, brief

WARSAW = ZoneInfo("Europe/Warsaw")
# A Monday, 11:00 in Warsaw.
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def told(*said: tuple[str, str], now: datetime | None = None) -> Brief:
    """The brief of utterances an hour apart: ("customer", "…"), ("us", "…"), ("note", "…")."""
    return brief(case(*said), now=now or MONDAY + timedelta(hours=len(said)), zone=WARSAW)


def case(*said: tuple[str, str]) -> list[Said]:
    moments = (MONDAY + timedelta(hours=at) for at in range(len(said)))
    return [
        Said(who, at, text, "" if who == "customer" else "Anna")  # type: ignore[arg-type]
        for (who, text), at in zip(said, moments, strict=True)
    ]
