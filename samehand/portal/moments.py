"""Moments as people say them, in the operator's zone: "do 14:32", "jutro o 8:30", "w środę 25 listopada o 8:30"."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.dates import MONTHS_ALT
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samehand.lib.spoken import ON_WEEKDAY


def by(moment: datetime, *, now: datetime, zone: ZoneInfo) -> str:
    """The latest moment of something promised: "by 14:32", "by 8:30 tomorrow"."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    said = {"clock": _clock(local)}
    if local.date() == today:
        return _("by %(clock)s") % said
    if local.date() == today + timedelta(days=1):
        return _("by %(clock)s tomorrow") % said
    if local.date() == today - timedelta(days=1):
        return _("by %(clock)s yesterday") % said
    return _("by %(clock)s %(day)s") % {**said, "day": _on_day(local.date(), today)}


def at(moment: datetime, *, now: datetime, zone: ZoneInfo) -> str:
    """When something happened or will: "at 14:12", "yesterday at 14:12", "tomorrow at 8:00"."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    said = {"clock": _clock(local)}
    if local.date() == today:
        return pgettext("a moment today", "at %(clock)s") % said
    if local.date() == today - timedelta(days=1):
        return _("yesterday at %(clock)s") % said
    if local.date() == today + timedelta(days=1):
        return _("tomorrow at %(clock)s") % said
    return _("%(day)s at %(clock)s") % {**said, "day": _on_day(local.date(), today)}


def _clock(local: datetime) -> str:
    return f"{local.hour}:{local.minute:02}"


def _on_day(day: date, today: date) -> str:
    said = {"weekday": ON_WEEKDAY[day.weekday()], "day": day.day, "month": MONTHS_ALT[day.month], "year": day.year}
    if abs(day - today) < timedelta(days=180):
        return _("%(weekday)s %(day)d %(month)s") % said
    return pgettext("a day with its year", "on %(day)d %(month)s %(year)d") % said
