"""What readers said is seen to by an editor."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samehand.guide.access import needs, writes
from samehand.guide.models import Vote
from samehand.people.models import Staff


@transaction.atomic
def see_to(*, vote_id: int, by: Staff, now: datetime) -> bool:
    """An editor has read why an article did not help; False when another one was faster."""
    needs(writes(by))
    return bool(Vote.objects.filter(pk=vote_id, handled_at=None).update(handled_at=now, handled_by=by))
