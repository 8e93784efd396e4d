"""What the cases do because something happened among the people: the roster and the hours count at once."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection

from samehand.cases.actions.dispatching import WAKE
from samehand.cases.jobs import roster_changed_soon
from samehand.core.days import Day
from samehand.lib.models import Event
from samehand.people.queries import service_hours


def after_roster(event: Event) -> None:
    """What is kept for the person by the old roster is looked at anew, where mails are handed out."""
    if service_hours().hands_out:
        roster_changed_soon(event.staff_id or event.data.get("staff"))


def after_return(event: Event) -> None:
    """An absence has another end now or is gone: did it keep her away until today?"""
    begins, ends = (datetime.fromisoformat(event.data[name]) for name in ("from", "to"))
    row = service_hours()
    if row.hands_out:
        today = Day.of(event.at, ZoneInfo(row.zone))
        roster_changed_soon(event.staff_id, returned=begins <= event.at and ends > today.starts)


def wake_handing_out(event: Event) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {WAKE}")
