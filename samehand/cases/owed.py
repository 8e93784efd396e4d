"""What is owed: open promises as `core.coverage` weighs them, and how many usually end in which hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay

from samehand.cases.models import Case, Message
from samehand.core.coverage import Owed

WEEKS = 4


def owed(now: datetime) -> list[Owed]:
    """The open cases whose earliest promise is still to be kept."""
    open_cases = Case.objects.filter(status=Case.Status.OPEN, due_at__gt=now)
    return [
        Owed(case.pk, case.due_at, case.skill, case.language, case.customer_id, case.owner_id)
        for case in open_cases.only("due_at", "skill", "language", "customer_id", "owner_id")
        if case.due_at
    ]


def usual_load(now: datetime, zone: ZoneInfo) -> dict[tuple[int, int], float]:
    """How many promises end in an hour of the week ((weekday from Monday = 0, hour)), on average of four weeks."""
    since = now - timedelta(weeks=WEEKS)
    counted = (
        Message.objects.filter(due_at__gte=since, due_at__lt=now)
        .values_list(ExtractIsoWeekDay("due_at", tzinfo=zone), ExtractHour("due_at", tzinfo=zone))
        .annotate(n=Count("id"))
        .order_by()
    )
    return {(day - 1, hour): n / WEEKS for day, hour, n in counted}
