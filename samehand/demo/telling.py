"""What Fala Mobile told its customers: an outage and works that are over, and news that stand on the pages now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from samehand.demo.storybook import guide
from samehand.people.models import Notice, Staff


def tell(by: Staff, now: datetime) -> None:
    minute = now.replace(second=0, microsecond=0)
    Notice.objects.bulk_create(_notice(row, by, minute) for row in guide()["notice"])


def _notice(row: dict[str, Any], by: Staff, now: datetime) -> Notice:
    starts_at = now + timedelta(days=row["days"])
    return Notice(
        kind=row["kind"],
        titles={language: row[language] for language in ("pl", "en")},
        texts={language: row[f"text_{language}"] for language in ("pl", "en") if f"text_{language}" in row},
        topics=row["topics"],
        shown_from=starts_at,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=row["hours"]),
        about=row["about"],
        created_by=by,
        created_at=starts_at,
    )
