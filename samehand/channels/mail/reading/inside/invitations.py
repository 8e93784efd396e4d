"""Invitations: what, when and where, for a small card. The file itself stays beside the message."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from samehand.channels.mail.reading.text import one_line
from samehand.core.arrivals import Remark

# A calendar of many months is a file, no invitation.
MAX_CALENDAR = 200_000
MAX_LINES = 5_000
KIND = "invitation"
METHODS = {"REQUEST", "CANCEL", "REPLY", "PUBLISH", "COUNTER"}


def remark_of(raw: bytes) -> Remark | None:
    """The first event of a calendar; None when it holds none that can be read. Moments are ISO 8601, of whole days
    without a time."""
    if len(raw) > MAX_CALENDAR or raw.count(b"\n") > MAX_LINES or b"BEGIN:VEVENT" not in raw:
        return None
    # Only for the few mails that bring one: it takes its time to load.
    from icalendar import Calendar

    try:
        calendar = Calendar.from_ical(raw)
        event = next(iter(calendar.walk("VEVENT")), None)
        return Remark(KIND, dict(_words(calendar, event))) if event is not None else None
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError):
        return None


def _words(calendar: Any, event: Any) -> Iterator[tuple[str, str]]:
    method = str(calendar.get("METHOD", "")).upper()
    yield "method", method if method in METHODS else ""
    for name, of in (("what", "SUMMARY"), ("where", "LOCATION")):
        yield name, one_line(str(event.get(of, ""))[:1_000])[:300]
    organizer = event.get("ORGANIZER")
    if organizer is not None:
        name = str(organizer.params.get("CN", "")) or str(organizer)
        yield "who", one_line(name[:500]).removeprefix("mailto:").removeprefix("MAILTO:")[:200]
    for name, of in (("starts", "DTSTART"), ("ends", "DTEND")):
        moment = _moment(event.get(of))
        if moment:
            yield name, moment


def _moment(value: Any) -> str:
    moment = getattr(value, "dt", None)
    if isinstance(moment, datetime):
        return moment.isoformat()
    return moment.isoformat() if isinstance(moment, date) else ""
