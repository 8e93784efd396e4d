"""A reader says whether an article helped."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samehand.guide.models import Revision, Vote


@transaction.atomic
def vote(
    *, reader: str, revision: Revision, helped: bool, reason: str, comment: str, came: str, query: str, now: datetime
) -> Vote:
    """Her one word on this version; said again it is changed, never counted twice. `reader` is a hash."""
    said = {
        "helped": helped,
        "reason": "" if helped else reason,
        "comment": comment,
        "came": came,
        "query": query,
        "at": now,
        # A changed word is a new one to whoever reads them.
        "handled_at": None,
        "handled_by": None,
    }
    spoken, _made = Vote.objects.update_or_create(reader=reader, revision=revision, defaults=said)
    return spoken
