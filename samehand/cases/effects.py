"""What the table of reactions calls here, in the transaction of the event."""

from __future__ import annotations

from samehand.cases import actions
from samehand.lib.models import Event


def end_choices(event: Event) -> None:
    """Somebody's roster or a case's owner changed: does she still come for whom customers wait?"""
    staff_id = None if event.case_id else event.staff_id
    actions.end_choices(now=event.at, staff_id=staff_id, case_id=event.case_id)
