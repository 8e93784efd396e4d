"""What readers look for: kept so that editors see what is missing, without numbers in it that belong to somebody."""

from __future__ import annotations

from datetime import datetime, timedelta

from samehand.core.masking import mask
from samehand.core.search.words import words
from samehand.guide.models import Asked, Problem

KEPT = timedelta(days=90)
# Longer than this nobody reads a page of results.
WITHIN = timedelta(minutes=30)
LONGEST = 200


def ask(*, query: str, language: str, where: str, found: int, now: datetime) -> None:
    """Somebody searched, and so much was found."""
    said = _written(query)
    folded = " ".join(word.folded for word in words(said))[:LONGEST]
    if folded:
        Asked.objects.create(query=said, folded=folded, language=language, where=where, found=found, at=now)


def opened_after(*, query: str, language: str, problem: Problem, now: datetime) -> None:
    """The latest search of these words that led nowhere yet led here; of searches that nobody made nothing is kept."""
    lately = Asked.objects.filter(query=_written(query), language=language, opened=None, at__gt=now - WITHIN)
    latest = lately.order_by("-at", "-pk").values("pk")[:1]
    Asked.objects.filter(pk__in=latest).update(opened=problem)


def forget_old(*, now: datetime) -> int:
    """What was looked for more than 90 days ago is gone; returns how much."""
    return Asked.objects.filter(at__lt=now - KEPT).delete()[0]


def _written(query: str) -> str:
    return mask(" ".join(query.split()))[:LONGEST]
