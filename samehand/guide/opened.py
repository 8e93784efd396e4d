"""Which article was opened after a search: what is found and never opened is not what was looked for."""

from __future__ import annotations

from datetime import datetime, timedelta

from samehand.guide.models import Asked, Problem

# Longer than this nobody reads a page of results.
WITHIN = timedelta(minutes=30)


def opened_after(*, query: str, language: str, problem: Problem, now: datetime) -> None:
    """The latest search of these words that led nowhere yet led here; of searches that nobody made nothing is kept."""
    lately = Asked.objects.filter(query=query, language=language, opened=None, at__gt=now - WITHIN)
    latest = lately.order_by("-at", "-pk").values("pk")[:1]
    Asked.objects.filter(pk__in=latest).update(opened=problem)
