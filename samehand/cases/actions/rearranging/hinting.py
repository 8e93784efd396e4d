"""A person says that a case does not belong where it was thought to."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samehand.cases.actions.locking import locked
from samehand.lib.events import Fact, record


@transaction.atomic
def dismiss_hint(*, case_id: int, author_id: int, now: datetime) -> None:
    """The case is a matter of its own; nobody is asked again."""
    case = locked(case_id)
    case.maybe_case, case.maybe_why = None, None
    case.save(update_fields=["maybe_case", "maybe_why"])
    record([Fact("case.hint_dismissed", case_id, case.owner_id, {"by": author_id})], now=now)
