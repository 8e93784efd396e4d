"""What the form is filled with at first, so that a lead has little to type."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from samehand.desk.office.notices.forms import AT_ONCE
from samehand.people.models import NoticeKind

HALF_AN_HOUR = 30
SATURDAY = 5
TITLES = {
    NoticeKind.OUTAGE: ("Awaria", "Outage"),
    NoticeKind.WORKS: ("Prace techniczne", "Maintenance"),
    NoticeKind.SLOW: ("Odpowiadamy wolniej niż zwykle", "Answers take longer than usual"),
    NoticeKind.CLOSED: ("Biuro obsługi nieczynne", "Customer care is closed"),
    NoticeKind.NEWS: ("", ""),
}
# How many times longer than usual answers take when nobody knows yet.
SLOWER = 4


def preset(kind: str, now: datetime, zone: ZoneInfo, promise_minutes: int) -> dict[str, Any]:
    """An outage from now for two hours, the next Saturday closed, slow answers for the rest of the day."""
    chosen = NoticeKind(kind) if kind in NoticeKind.values else NoticeKind.OUTAGE
    today = now.astimezone(zone)
    polish, english = TITLES[chosen]
    first = {"kind": chosen, "title_pl": polish, "title_en": english, "shown": AT_ONCE, "first_day": today.date()}
    if chosen == NoticeKind.CLOSED:
        return first | {"first_day": _next(SATURDAY, today.date()), "closes": True}
    first["begins"] = today.time().replace(second=0, microsecond=0)
    if chosen == NoticeKind.SLOW:
        return first | {"promise_minutes": promise_minutes * SLOWER}
    ends = _rounded(today + timedelta(hours=2))
    return first | {"last_day": ends.date(), "ends": ends.time(), "about": chosen == NoticeKind.OUTAGE}


def _next(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday()) % 7 or 7)


def _rounded(moment: datetime) -> datetime:
    """To the next half hour: nobody guesses to the minute."""
    over = moment.minute % HALF_AN_HOUR
    return moment.replace(second=0, microsecond=0) + timedelta(minutes=HALF_AN_HOUR - over if over else 0)
