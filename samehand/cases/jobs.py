"""Putting work in line, by name: part of the caller's transaction, gone with it when it is rolled back."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

DELIVER = "samehand.cases.deliver"
RECEIPTS = "samehand.cases.receipts"
ROSTER = "samehand.cases.roster_changed"


def send_soon(message_id: int, at: datetime | None = None) -> None:
    """Have the answer delivered, now or at the given moment."""
    app.configure_task(DELIVER, queue="deliveries", schedule_at=at).defer(message_id=message_id)


def send_rescued(message_id: int) -> None:
    """Have a delivery done whose job is missing. At most one such job waits for each message: while there is more
    to send than time, every round of the rescue would put all of it in line once more."""
    with suppress(AlreadyEnqueued):
        app.configure_task(DELIVER, queue="deliveries", queueing_lock=f"rescue-{message_id}").defer(
            message_id=message_id
        )


def roster_changed_soon(staff_id: int | None, *, returned: bool = False) -> None:
    """Have looked anew at what is kept for the person, or for everybody. Not in the same transaction: whoever writes
    the roster holds the people, and must not wait for those who hand out."""
    # A worker of the version before, which may still run beside us, knows nothing of a return.
    said = {"returned": True} if returned else {}
    app.configure_task(ROSTER, queue="desk").defer(staff_id=staff_id, **said)


def receipts_soon(message_ids: Sequence[int]) -> None:
    """Have it decided which of these mails are receipted; one job for a whole batch."""
    app.configure_task(RECEIPTS, queue="deliveries").defer(message_ids=list(message_ids))
