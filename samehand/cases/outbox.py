"""Reading the queue: what did not simply go, of each kind the oldest first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from samehand.cases.access import visible_to
from samehand.cases.models import Delivery

State = Delivery.State
# What each list of the page holds.
LISTS: dict[str, tuple[str, ...]] = {
    "leaving": (State.QUEUED, State.SENDING),
    "delayed": (State.DELAYED,),
    "refused": (State.REFUSED,),
    "unconfirmed": (State.UNCONFIRMED,),
    "cancelled": (State.CANCELLED,),
}


def deliveries(user: Any, name: str) -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(state__in=LISTS[name], message__case__in=visible_to(user))
    return rows.select_related("message__case__customer", "message__author").order_by("queued_at", "id")


def behind(rows: QuerySet[Delivery], queued_at: datetime, delivery_id: int) -> QuerySet[Delivery]:
    """The rest of the list: a page costs the same however deep it lies."""
    return rows.filter(Q(queued_at__gt=queued_at) | Q(queued_at=queued_at, id__gt=delivery_id))


def counts() -> dict[str, int]:
    """How many stand in each list."""
    rows = Delivery.objects.exclude(state=State.SENT).values_list("state").annotate(number=Count("id")).order_by()
    found = dict(rows)
    return {name: sum(found.get(state, 0) for state in states) for name, states in LISTS.items()}
