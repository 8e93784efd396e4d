"""What has not left yet is taken back; what is stuck goes out again, one or all of a kind."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samehand.cases.actions.answering import send_again
from samehand.cases.actions.dispatching import settle
from samehand.cases.actions.locking import locked_case_of
from samehand.cases.actions.offering.sending import AlreadyFailed
from samehand.cases.actions.promising import reopen_promise
from samehand.cases.models import Delivery
from samehand.lib.events import Fact, record

AT_ONCE = 500
# Not the unconfirmed: each of them may have arrived, so a person decides about each.
TOGETHER = (Delivery.State.DELAYED, Delivery.State.REFUSED)


class LeftAlready(Exception):
    """The answer has left, or may have: nothing can call it back."""


@transaction.atomic
def cancel(*, message_id: int, author_id: int, now: datetime) -> None:
    """An answer that has not left is taken back: it is sent to nobody, and its promise is open again."""
    delivery = Delivery.objects.select_related("message").get(message_id=message_id)
    case = locked_case_of(delivery.message)
    here = Delivery.objects.filter(
        pk=delivery.pk, state__in=(Delivery.State.QUEUED, Delivery.State.DELAYED), handed_over_at=None
    )
    if not here.update(state=Delivery.State.CANCELLED, settled_at=now, next_try_at=None, held=False):
        raise LeftAlready
    reopened = reopen_promise(delivery.message)
    data = {"message": message_id, "by": author_id, "cancelled": True}
    record([Fact("delivery.changed", case.pk, case.owner_id, data)], now=now)
    settle(case_ids=reopened, now=now)


def send_all_again(*, state: str, author_id: int, now: datetime) -> int:
    """The oldest of a kind go out again, each in a transaction of its own; what did not help meanwhile stays. Returns
    how many left."""
    stuck = Delivery.objects.filter(state=state, held=False).order_by("queued_at", "id")
    ids = list(stuck.values_list("message_id", flat=True)[:AT_ONCE]) if state in TOGETHER else []
    return sum(_went_again(message_id, author_id, now) for message_id in ids)


def _went_again(message_id: int, author_id: int, now: datetime) -> bool:
    try:
        send_again(message_id=message_id, author_id=author_id, now=now)
    except AlreadyFailed:
        return False
    return True
