"""A turn is kept for one person, whoever else is free: by the word of a lead, a colleague or the customer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from samehand.cases.models import Turn


def keep_for_owner(*, message_ids: Collection[int], until: datetime, now: datetime) -> None:
    """The customer waits for the owner of her case by her own choice, with a promise that ends at `until`: nobody else
    gets these messages. Part of the caller's transaction, which has moved their promises."""
    waiting = Turn.objects.filter(case__messages__in=message_ids, case__owner__isnull=False).distinct()
    for turn in waiting.select_related("case"):
        keep_only_for(turn, turn.case.owner_id or 0, until)


def keep_only_for(turn: Turn, staff_id: int, until: datetime) -> None:
    turn.only_for_id, turn.owner_id, turn.kept_for = staff_id, staff_id, [staff_id]
    turn.stage, turn.until, turn.due_at = "owner", until, until
    turn.save(update_fields=["only_for", "owner", "kept_for", "stage", "until", "due_at"])
