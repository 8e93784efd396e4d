"""Whole weeks: repeated from the week before or from a template, always by the clock on the wall."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from samehand.core.days import midnight, moment
from samehand.lib.events import Fact, record
from samehand.people.actions.rostering.shifts import overlapping
from samehand.people.models import Break, Shift, Staff, WeekTemplate

WEEK = timedelta(days=7)
DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Repeated:
    """How many shifts were made, and how many were left out because something is there or the person has gone."""

    made: int
    left_out: int


def shifts_of(monday: date, zone: ZoneInfo) -> list[Shift]:
    """The shifts that begin in the week of that Monday, with their people and breaks."""
    begin, end = midnight(monday, zone), midnight(monday + WEEK, zone)
    found = Shift.objects.filter(starts_at__gte=begin, starts_at__lt=end)
    return list(found.select_related("consultant").prefetch_related("breaks"))


@transaction.atomic
def copy_week(*, by: Staff, monday: date, zone: ZoneInfo, now: datetime) -> Repeated:
    """Repeat the shifts of the week before in the week of `monday`; what would overlap is left out."""
    before = monday - WEEK
    return _lay_out(by, [_row(shift, before, zone) for shift in shifts_of(before, zone)], monday, zone, now)


@transaction.atomic
def save_template(*, by: Staff, name: str, monday: date, zone: ZoneInfo, now: datetime) -> WeekTemplate:
    """Keep the week under a name; one of the same name is replaced."""
    rows = [_row(shift, monday, zone) for shift in shifts_of(monday, zone)]
    template, _made = WeekTemplate.objects.update_or_create(name=name, defaults={"rows": rows})
    record([Fact("roster.template_saved", data={"by": by.pk, "name": name, "shifts": len(rows)})], now=now)
    return template


@transaction.atomic
def apply_template(*, by: Staff, template_id: int, monday: date, zone: ZoneInfo, now: datetime) -> Repeated:
    """Plan the week of `monday` after the template; what would overlap is left out."""
    return _lay_out(by, WeekTemplate.objects.get(pk=template_id).rows, monday, zone, now)


@transaction.atomic
def drop_template(*, by: Staff, template_id: int, now: datetime) -> None:
    template = WeekTemplate.objects.select_for_update().filter(pk=template_id).first()
    if template:
        record([Fact("roster.template_dropped", data={"by": by.pk, "name": template.name})], now=now)
        template.delete()


def _lay_out(by: Staff, rows: list[dict[str, Any]], monday: date, zone: ZoneInfo, now: datetime) -> Repeated:
    here = {one.pk: one for one in Staff.objects.select_for_update(no_key=True).filter(is_active=True).order_by("pk")}
    made = sum(_laid(row, monday, zone) for row in rows if row["staff"] in here)
    facts = [Fact("shift.copied", data={"by": by.pk, "week": monday.isoformat(), "count": made})] if made else []
    record(facts, now=now)
    return Repeated(made, len(rows) - made)


def _laid(row: dict[str, Any], monday: date, zone: ZoneInfo) -> bool:
    starts_at, ends_at = _moments(row["span"], monday, zone)
    if ends_at <= starts_at or overlapping(row["staff"], starts_at, ends_at):
        return False
    shift = Shift.objects.create(consultant_id=row["staff"], starts_at=starts_at, ends_at=ends_at)
    spans = [_moments(span, monday, zone) for span in row["breaks"]]
    Break.objects.bulk_create(
        Break(shift=shift, starts_at=begin, ends_at=end) for begin, end in spans if starts_at <= begin < end <= ends_at
    )
    return True


def _row(shift: Shift, monday: date, zone: ZoneInfo) -> dict[str, Any]:
    """The shift in minutes of the wall clock since that Monday."""
    breaks = [_minutes((rest.starts_at, rest.ends_at), monday, zone) for rest in shift.breaks.all()]
    return {
        "staff": shift.consultant_id,
        "span": _minutes((shift.starts_at, shift.ends_at), monday, zone),
        "breaks": breaks,
    }


def _minutes(span: Iterable[datetime], monday: date, zone: ZoneInfo) -> list[int]:
    begins = datetime.combine(monday, time())
    return [int((at.astimezone(zone).replace(tzinfo=None) - begins) / timedelta(minutes=1)) for at in span]


def _moments(minutes: list[int], monday: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    # On the wall clock, not in hours that passed: in the week in which the clocks change a shift still begins at 8.
    begin, end = (moment(monday, at, zone) for at in minutes)
    return begin, end
