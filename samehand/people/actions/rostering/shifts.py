"""Shifts and their breaks: put in, changed, split and taken out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from samehand.lib.events import Fact, record
from samehand.people.actions.rostering.refusals import (
    EndsBeforeItBegins,
    Gone,
    NotWorkingHere,
    OutsideTheShift,
    ShiftOverlaps,
    Span,
    TooLong,
)
from samehand.people.models import Break, Shift, Staff

LONGEST = timedelta(hours=24)


@transaction.atomic
def add_shift(
    *, by: Staff, person_id: int, starts_at: datetime, ends_at: datetime, breaks: Sequence[Span] = (), now: datetime
) -> Shift:
    """Put a person on duty. Raises Refused."""
    person = locked(person_id)
    _check(person, starts_at, ends_at)
    shift = Shift.objects.create(consultant=person, starts_at=starts_at, ends_at=ends_at)
    Break.objects.bulk_create(checked_breaks(shift, breaks))
    record([fact("shift.added", shift, by)], now=now)
    return shift


@transaction.atomic
def edit_shift(
    *,
    by: Staff,
    shift_id: int,
    person_id: int,
    starts_at: datetime,
    ends_at: datetime,
    breaks: Sequence[Span] | None = None,
    now: datetime,
) -> Shift:
    """Give a shift other hours, another person or other breaks. Without `breaks` those of the shift go along, and
    fall away where they no longer lie in it. Raises Refused and Gone."""
    shift = _locked_shift(shift_id, person_id)
    was = span_of(shift) | {"staff": shift.consultant_id}
    person = Staff.objects.get(pk=person_id)
    _check(person, starts_at, ends_at, shift.pk)
    if breaks is None:
        _take_breaks_along(shift, starts_at, ends_at)
    shift.consultant, shift.starts_at, shift.ends_at = person, starts_at, ends_at
    shift.save(update_fields=["consultant", "starts_at", "ends_at"])
    if breaks is not None:
        rows = checked_breaks(shift, breaks)
        shift.breaks.all().delete()
        Break.objects.bulk_create(rows)
    record([fact("shift.edited", shift, by, was=was)], now=now)
    return shift


@transaction.atomic
def split_shift(*, by: Staff, shift_id: int, until: datetime, again_at: datetime, now: datetime) -> Shift:
    """The person goes home at `until` and is there again from `again_at`; return the second half.

    Raises Refused and Gone.
    """
    shift = _locked_shift(shift_id)
    if not shift.starts_at < until <= again_at < shift.ends_at:
        raise OutsideTheShift(shift.consultant, (shift.starts_at, shift.ends_at))
    later = Shift.objects.create(consultant=shift.consultant, starts_at=again_at, ends_at=shift.ends_at)
    Break.objects.filter(shift=shift, starts_at__gte=again_at).update(shift=later)
    Break.objects.filter(shift=shift, ends_at__gt=until).delete()
    shift.ends_at = until
    shift.save(update_fields=["ends_at"])
    record([fact("shift.split", shift, by), fact("shift.added", later, by)], now=now)
    return later


@transaction.atomic
def drop_shift(*, by: Staff, shift_id: int, now: datetime) -> None:
    """Take the person off duty; nothing happens when that was done already."""
    shift = Shift.objects.select_for_update().filter(pk=shift_id).first()
    if shift:
        dropped = fact("shift.dropped", shift, by)
        shift.delete()
        # Whoever reacts to it must find it gone.
        record([dropped], now=now)


def locked(person_id: int) -> Staff:
    """Two who plan the same person at once take turns, so that each sees what the other has planned."""
    person = Staff.objects.select_for_update(no_key=True).get(pk=person_id)
    if not person.is_active:
        raise NotWorkingHere(person)
    return person


def overlapping(person_id: int, starts_at: datetime, ends_at: datetime, but: int = 0) -> Shift | None:
    found = Shift.objects.filter(consultant_id=person_id, starts_at__lt=ends_at, ends_at__gt=starts_at)
    return found.exclude(pk=but).first()


def span_of(row: Any) -> dict[str, Any]:
    return {"from": row.starts_at.isoformat(), "to": row.ends_at.isoformat()}


def fact(kind: str, shift: Shift, by: Staff, **more: Any) -> Fact:
    return Fact(kind, staff_id=shift.consultant_id, data={"by": by.pk, "shift": shift.pk} | span_of(shift) | more)


def _locked_shift(shift_id: int, *others: int) -> Shift:
    shift = Shift.objects.filter(pk=shift_id).first()
    if not shift:
        raise Gone
    # The people first and in order, as everywhere: whoever locks the shift first would wait for the other for ever.
    for person_id in sorted({shift.consultant_id, *others}):
        locked(person_id)
    shift = Shift.objects.select_for_update(of=("self",)).select_related("consultant").filter(pk=shift_id).first()
    if not shift:
        raise Gone
    return shift


def _check(person: Staff, starts_at: datetime, ends_at: datetime, but: int = 0) -> None:
    check_times(person, starts_at, ends_at)
    if other := overlapping(person.pk, starts_at, ends_at, but):
        raise ShiftOverlaps(person, (other.starts_at, other.ends_at))


def check_times(person: Staff, starts_at: datetime, ends_at: datetime) -> None:
    if starts_at >= ends_at:
        raise EndsBeforeItBegins(person)
    if ends_at - starts_at > LONGEST + timedelta(hours=1):  # a day of 25 hours
        raise TooLong(person)


def checked_breaks(shift: Shift, breaks: Sequence[Span]) -> list[Break]:
    rows: list[Break] = []
    for begin, end in sorted(breaks):
        if not shift.starts_at <= begin < end <= shift.ends_at or (rows and begin < rows[-1].ends_at):
            raise OutsideTheShift(shift.consultant, (begin, end))
        rows.append(Break(shift=shift, starts_at=begin, ends_at=end))
    return rows


def _take_breaks_along(shift: Shift, starts_at: datetime, ends_at: datetime) -> None:
    if ends_at - starts_at == shift.ends_at - shift.starts_at:
        by = starts_at - shift.starts_at
        shift.breaks.update(starts_at=F("starts_at") + by, ends_at=F("ends_at") + by)
        return
    shift.breaks.exclude(starts_at__gte=starts_at, ends_at__lte=ends_at).delete()
