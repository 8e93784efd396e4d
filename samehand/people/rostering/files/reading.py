"""Any file of a roster, by what is in it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from samehand.people.rostering.files.calendar import read_calendar
from samehand.people.rostering.files.entries import Sheet
from samehand.people.rostering.files.table import decoded, read_table


def read(raw: bytes, zone: ZoneInfo, now: datetime) -> Sheet:
    """A calendar says so in its first line; all else is a table. Raises NotAFile."""
    if decoded(raw).lstrip().upper().startswith("BEGIN:VCALENDAR"):
        return read_calendar(raw, zone, now)
    return read_table(raw, zone)
