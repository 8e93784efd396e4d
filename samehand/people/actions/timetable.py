"""When we answer: hours and special days as administrators set them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from samehand.lib.events import Fact, record
from samehand.people.models import ServiceHours, SpecialDay, Staff
from samehand.people.queries import service_hours


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
