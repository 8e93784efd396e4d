"""Refusals and hours in the lead's words."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samehand.people.actions.rostering import refusals
from samehand.people.actions.rostering.refusals import Refused


def refused(refusal: Refused | refusals.Gone, zone: ZoneInfo) -> str:
    if isinstance(refusal, refusals.Gone):
        return _("Somebody has taken this out meanwhile.")
    said = {"name": refusal.person.full_name, "span": span(*refusal.span, zone) if refusal.span else ""}
    return _sentence(refusal) % said


def _sentence(refusal: Refused) -> str:
    match refusal:
        case refusals.ShiftOverlaps():
            return _("%(name)s already has a shift at that time: %(span)s.")
        case refusals.AbsenceOverlaps():
            return _("%(name)s is away at that time already: %(span)s.")
        case refusals.OutsideTheShift():
            return _("Breaks lie inside the shift and apart from each other: %(span)s does not fit.")
        case refusals.EndsBeforeItBegins():
            return _("The end has to come after the beginning; on one night in spring the clocks jump over an hour.")
        case refusals.TooLong():
            return _("That is too long: a shift lasts a day at the most, an absence two years.")
        case _:
            return _("%(name)s can no longer sign in.")


def span(begin: datetime, end: datetime, zone: ZoneInfo) -> str:
    """ "Tue 24 Nov 8:00–16:00", "Tue 24 Nov 22:00 – Wed 25 Nov 6:00"."""
    first, last = begin.astimezone(zone), end.astimezone(zone)
    if first.date() == last.date():
        return f"{short_day(first)} {hour(first)}–{hour(last)}"
    return f"{short_day(first)} {hour(first)} – {short_day(last)} {hour(last)}"


def hours(begin: datetime, end: datetime, zone: ZoneInfo) -> str:
    return f"{hour(begin.astimezone(zone))}–{hour(end.astimezone(zone))}"


def hour(local: datetime) -> str:
    return f"{local.hour}:{local.minute:02}"


def short_day(local: datetime) -> str:
    return formats.date_format(local, pgettext("format of a short day of the week", "D j M"))
