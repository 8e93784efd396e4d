"""The one place that looks at the clock: doors and tasks call `now()` and hand it down."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The moment, zone-aware, in UTC."""
    return datetime.now(UTC)
