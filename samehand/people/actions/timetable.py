"""When we answer and who is there: hours, special days and shifts as leads and administrators set them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from samehand.lib.events import Fact, record
from samehand.people.models import ServiceHours, Shift, SpecialDay, Staff
from samehand.people.queries import service_hours


class Overlaps(Exception):
    """The person already has a shift at that time."""


def zone() -> ZoneInfo:
    """The operator's own zone: every hour on these pages is meant in it."""
    return ZoneInfo(service_hours().zone)


def set_hours(*, by: Staff, fields: dict[str, Any], now: datetime) -> ServiceHours:
    """From now on promises are reckoned with these hours; those already made keep their moment."""
    with transaction.atomic():
        row = ServiceHours.objects.select_for_update().get(pk=service_hours().pk)
        before = {name: getattr(row, name) for name in fields}
        for name, value in fields.items():
            setattr(row, name, value)
        row.save(update_fields=list(fields))
        changed = {name: [before[name], value] for name, value in fields.items() if before[name] != value}
        record([Fact("hours.changed", data={"by": by.pk, "changed": changed})] if changed else [], now=now)
    return row


def add_special_day(*, by: Staff, day: date, name: str, spans: list[list[str]], now: datetime) -> None:
    with transaction.atomic():
        SpecialDay.objects.create(date=day, name=name, spans=spans)
        record([Fact("hours.day_added", data={"by": by.pk, "date": day.isoformat(), "spans": spans})], now=now)


def drop_special_day(*, by: Staff, day_id: int, now: datetime) -> None:
    with transaction.atomic():
        day = SpecialDay.objects.select_for_update().filter(pk=day_id).first()
        if day:
            record([Fact("hours.day_dropped", data={"by": by.pk, "date": day.date.isoformat()})], now=now)
            day.delete()


def add_shift(*, by: Staff, person: Staff, starts_at: datetime, ends_at: datetime, now: datetime) -> Shift:
    """Put a person on duty. Raises Overlaps."""
    with transaction.atomic():
        Staff.objects.select_for_update().get(pk=person.pk)
        if _overlapping(person.pk, starts_at, ends_at):
            raise Overlaps
        shift = Shift.objects.create(consultant=person, starts_at=starts_at, ends_at=ends_at)
        record([Fact("shift.added", staff_id=person.pk, data={"by": by.pk})], now=now)
    return shift


def drop_shift(*, by: Staff, shift_id: int, now: datetime) -> None:
    with transaction.atomic():
        shift = Shift.objects.select_for_update().filter(pk=shift_id).first()
        if shift:
            record([Fact("shift.dropped", staff_id=shift.consultant_id, data={"by": by.pk})], now=now)
            shift.delete()


def copy_week(*, by: Staff, monday: date, now: datetime) -> int:
    """Repeat the shifts of the week before in the week of `monday`; what would overlap is left out. Return how many."""
    tz = zone()
    with transaction.atomic():
        list(Staff.objects.select_for_update().filter(is_active=True).order_by("pk"))
        made = [shift for old in shifts_of(monday - timedelta(days=7)) if (shift := _next_week(old, tz))]
        record([Fact("shift.copied", data={"by": by.pk, "count": len(made)})] if made else [], now=now)
    return len(made)


def shifts_of(monday: date) -> Iterable[Shift]:
    """The shifts that begin in the week of that Monday."""
    tz = zone()
    begin, end = (datetime.combine(day, time(), tz) for day in (monday, monday + timedelta(days=7)))
    return Shift.objects.filter(starts_at__gte=begin, starts_at__lt=end).select_related("consultant")


def _next_week(old: Shift, tz: ZoneInfo) -> Shift | None:
    # Seven days on the wall clock, not 168 hours: in the week in which the clocks change the shift still begins at 8.
    starts_at, ends_at = (_a_week_later(moment, tz) for moment in (old.starts_at, old.ends_at))
    if not old.consultant.is_active or ends_at <= starts_at or _overlapping(old.consultant_id, starts_at, ends_at):
        return None
    return Shift.objects.create(consultant=old.consultant, starts_at=starts_at, ends_at=ends_at)


def _a_week_later(moment: datetime, tz: ZoneInfo) -> datetime:
    local = moment.astimezone(tz).replace(tzinfo=None) + timedelta(days=7)
    return local.replace(tzinfo=tz).astimezone(UTC)


def _overlapping(person_id: int, starts_at: datetime, ends_at: datetime) -> bool:
    return Shift.objects.filter(consultant_id=person_id, starts_at__lt=ends_at, ends_at__gt=starts_at).exists()
