"""When one person is at work: for a page that asks about nobody else."""

from __future__ import annotations

from datetime import datetime

from samehand.core.intervals import Spans, joined, without
from samehand.people.models import Absence, Break, Shift


def at_work(staff_id: int, begin: datetime, end: datetime) -> Spans[datetime]:
    """Her shifts that touch the time between two moments, less leave, illness and breaks, in order."""
    touching = {"starts_at__lt": end, "ends_at__gt": begin}
    shifts = Shift.objects.filter(consultant=staff_id, **touching).values_list("starts_at", "ends_at")
    breaks = Break.objects.filter(shift__consultant=staff_id, **touching).values_list("starts_at", "ends_at")
    away = Absence.objects.filter(consultant=staff_id, **touching).values_list("starts_at", "ends_at")
    return without(joined(shifts), [*breaks, *away])
