"""What of the roster goes out in files: shifts and absences from two months ago to a year ahead."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from samehand.people.models import Absence, Shift, Staff
from samehand.people.rostering.files.entries import AHEAD, BACK


def planned(
    absences: QuerySet[Absence], now: datetime, person: Staff | None = None
) -> tuple[QuerySet[Shift], QuerySet[Absence]]:
    """The shifts of who works here, and such of the `absences`; with `person` only hers."""
    touching: dict[str, Any] = {"ends_at__gt": now - BACK, "starts_at__lt": now + AHEAD, "consultant__is_active": True}
    if person:
        touching["consultant"] = person
    shifts = Shift.objects.filter(**touching).select_related("consultant").prefetch_related("breaks")
    return shifts, absences.filter(**touching).select_related("consultant")
