"""The roster told to other calendars: the whole team for leads, or one person's own behind her link."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from samehand.people.models import Absence, AbsenceKind, Shift, Staff

CATEGORIES = {"shift": "SHIFT", AbsenceKind.LEAVE: "LEAVE", AbsenceKind.SICK: "SICK", AbsenceKind.OTHER: "AWAY"}


def write_calendar(
    shifts: Iterable[Shift], absences: Iterable[Absence], *, host: str, zone: ZoneInfo, now: datetime, own: bool = False
) -> bytes:
    """RFC 5545, in the operator's zone. `own` is what a person's other calendars may hold: not why she is away."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("PRODID", "-//Samehand//Roster//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", _("Shifts"))
    calendar.add("X-WR-TIMEZONE", zone.key)
    # Programs that subscribe ask again every hour.
    calendar.add("REFRESH-INTERVAL", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for shift in shifts:
        calendar.add_component(_shift(shift, host, zone, now, own))
    for absence in absences:
        calendar.add_component(_absence(absence, host, zone, now, own))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _shift(shift: Shift, host: str, zone: ZoneInfo, now: datetime, own: bool) -> Any:
    event = _event(f"shift-{shift.pk}@{host}", shift.consultant, _("Shift"), now, own)
    event.add("DTSTART", shift.starts_at.astimezone(zone))
    event.add("DTEND", shift.ends_at.astimezone(zone))
    event.add("CATEGORIES", [CATEGORIES["shift"]])
    pauses = [(one.starts_at.astimezone(zone), one.ends_at.astimezone(zone)) for one in shift.breaks.all()]
    if pauses:
        said = ", ".join(f"{begin:%H:%M}-{end:%H:%M}" for begin, end in pauses)
        event.add("X-SAMEHAND-BREAKS", said)
        event.add("DESCRIPTION", _("Breaks: %(breaks)s") % {"breaks": said})
    return event


def _absence(absence: Absence, host: str, zone: ZoneInfo, now: datetime, own: bool) -> Any:
    shown = AbsenceKind.OTHER if own and absence.kind == AbsenceKind.SICK else AbsenceKind(absence.kind)
    event = _event(f"absence-{absence.pk}@{host}", absence.consultant, str(shown.label).capitalize(), now, own)
    begin, end = absence.starts_at.astimezone(zone), absence.ends_at.astimezone(zone)
    whole_days = begin.time() == time() == end.time()
    event.add("DTSTART", begin.date() if whole_days else begin)
    event.add("DTEND", end.date() if whole_days else end)
    event.add("CATEGORIES", [CATEGORIES[shown]])
    event.add("TRANSP", "TRANSPARENT")
    return event


def _event(uid: str, person: Staff, what: str, now: datetime, own: bool) -> Any:
    from icalendar import Event, vCalAddress

    event = Event()
    event.add("UID", uid)
    event.add("DTSTAMP", now)
    event.add("SUMMARY", what if own else f"{what}: {person.full_name}")
    if not own:
        attendee = vCalAddress(f"mailto:{person.email}")
        attendee.params["CN"] = person.full_name
        event.add("ATTENDEE", attendee)
    return event
