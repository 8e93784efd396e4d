"""The ledger of what reached us: counts that prove that nothing is lost, by state and by the way it came."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Max, Q, QuerySet

from samehand.cases.models import RawArrival
from samehand.lib import blobs
from samehand.lib.sql import named

BATCH = 64
SAMPLE = 200
State = RawArrival.State


@dataclass(frozen=True, slots=True)
class Counted:
    """Arrivals of one way in, by what became of them."""

    channel: str
    mailbox: str
    arrived: int
    filed: int
    waiting: int
    aside: int


@dataclass(frozen=True, slots=True)
class Sum:
    arrived: int
    filed: int
    waiting: int
    aside: int


def counted() -> list[Counted]:
    """Every way in, the one by which most came first; all in one snapshot."""
    rows: QuerySet[RawArrival, Any] = RawArrival.objects.order_by().values("channel", "mailbox")
    states = {str(state): Count("id", filter=Q(state=state)) for state in (State.FILED, State.WAITING, State.ASIDE)}
    found: list[dict[str, Any]] = list(rows.annotate(arrived=Count("id"), **states))
    return sorted((Counted(**row) for row in found), key=lambda one: (-one.arrived, one.mailbox))


def summed(rows: list[Counted]) -> Sum:
    return Sum(**{field.name: sum(getattr(row, field.name) for row in rows) for field in fields(Sum)})


def without_message() -> int:
    """Filed arrivals that nothing was made of, neither a message nor a machine's mail; there must be none."""
    with connection.cursor() as cursor:
        cursor.execute(named("samehand.cases", "filed_without_message"))
        return int(cursor.fetchone()[0])


def unreadable_bytes(*, every: bool = False) -> tuple[int, int]:
    """How many arrivals' bytes were looked at, and of how many they are missing, locked, damaged or of another size:
    of all arrivals, or of a sample of them and the newest."""
    looked = bad = 0
    for batch in _batches(every=every):
        for (_key, size), found in zip(batch, blobs.get_many([key for key, _size in batch]), strict=True):
            looked += 1
            bad += isinstance(found, blobs.BlobMissing) or len(found) != size
    return looked, bad


def _batches(*, every: bool) -> Iterator[list[tuple[str, int]]]:
    arrivals = RawArrival.objects.order_by("id")
    if not every:
        last = arrivals.aggregate(last=Max("id"))["last"] or 0
        some = random.sample(range(1, last + 1), min(SAMPLE, last))
        arrivals = arrivals.filter(Q(pk__in=some) | Q(pk__gt=last - SAMPLE))
    after = 0
    while rows := list(arrivals.filter(pk__gt=after).values_list("id", "blob", "size")[:BATCH]):
        after = rows[-1][0]
        yield [(blob, size) for _id, blob, size in rows]


def lags(since: datetime) -> dict[str, timedelta]:
    """For each way in, how long 95 of 100 mails that were stored since then took at most from reaching the mailbox."""
    with connection.cursor() as cursor:
        cursor.execute(named("samehand.cases", "lags"), {"since": since})
        return {mailbox: timedelta(seconds=seconds) for mailbox, seconds in cursor.fetchall()}


def by_hour(since: datetime, zone: str) -> dict[str, dict[datetime, int]]:
    """For each way in, how many mails reached it in each hour of the zone's clock; history does not count."""
    found: dict[str, dict[datetime, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(named("samehand.cases", "arrivals_by_hour"), {"since": since, "zone": zone})
        for mailbox, hour, number in cursor.fetchall():
            found.setdefault(mailbox, {})[hour] = number
    return found


def newest(mailbox: str) -> datetime | None:
    """When the last mail reached that way in. History does not count."""
    arrived = RawArrival.objects.filter(channel="mail", mailbox=mailbox).exclude(envelope__has_key="history")
    # Backwards through the latest arrivals: those of a way that is in use are among them.
    return arrived.order_by("-id").values_list("received_at", flat=True).first()
