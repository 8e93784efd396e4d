"""Whether a customer is told at once that his mail is here, and by when we answer.

What answers by itself can be made to write to people who never wrote: so only those get a receipt who proved that they
write themselves, or whom we have answered before; few in a day for each of them, and not too many over all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from samehand.core.trust import SURE

PER_DAY, DAY = 3, timedelta(days=1)
PER_HOUR, HOUR = 300, timedelta(hours=1)
# A receipt that comes long after the mail says nothing, and one without time left promises what is broken.
FRESH = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Asked:
    """A mail that opened a case. `trust` is the level of its verdict; `answered_before`: we have answered this customer
    by hand; `sent_to_him` and `sent_over_all` count receipts within `DAY` and `HOUR`."""

    at: datetime
    due_at: datetime | None
    trust: str
    answered_before: bool
    reachable: bool
    sent_to_him: int
    sent_over_all: int


def may_go(asked: Asked, now: datetime) -> bool:
    known = asked.trust in SURE or (asked.answered_before and asked.trust != "forged")
    in_time = asked.due_at is not None and asked.due_at > now and now - asked.at <= FRESH
    return known and in_time and asked.reachable and asked.sent_to_him < PER_DAY and asked.sent_over_all < PER_HOUR
