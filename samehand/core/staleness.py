"""What a change of an article means for its translations, and when somebody should look at it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

# A week's leave must not turn what is due soon into what is overdue.
SOON = timedelta(days=14)


class Standing(Enum):
    CURRENT = "current"
    SHOULD_FOLLOW = "should_follow"
    OUT_OF_DATE = "out_of_date"


class Freshness(Enum):
    FRESH = "fresh"
    DUE_SOON = "due_soon"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Version:
    """A version that the source language once published, and what its change meant: minor, medium or major."""

    number: int
    significance: str


def standing(follows: int | None, versions: Iterable[Version]) -> Standing:
    """How a translation stands that follows version `follows` of its source, which published these `versions`.

    A translation that names no version follows none: every change since the first concerns it.
    """
    newer = {version.significance for version in versions if version.number > (follows or 0)}
    if "major" in newer:
        return Standing.OUT_OF_DATE
    return Standing.SHOULD_FOLLOW if "medium" in newer else Standing.CURRENT


def freshness(review_by: date | None, today: date) -> Freshness:
    """What has no day yet was never looked at: it is due."""
    if review_by is None or review_by <= today:
        return Freshness.DUE
    return Freshness.DUE_SOON if review_by - today <= SOON else Freshness.FRESH
