"""Keep first, understand later: `accept` makes raw bytes durable, `file_waiting` turns them into messages of cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate
from typing import Any

import structlog
from django.db import DataError, IntegrityError, OperationalError, connection, transaction
from django.utils.translation import gettext_noop
from psycopg.errors import DeadlockDetected
from psycopg.types.json import Jsonb

from samehand.cases.actions.filing import Filing
from samehand.cases.actions.locking import FILING_LOCK
from samehand.cases.channels import channel
from samehand.cases.models import RawArrival
from samehand.core.arrivals import Arrival, Unreadable
from samehand.lib import blobs
from samehand.lib.events import Fact, record
from samehand.lib.sql import named

WAKE = "samehand_arrivals"
TRIES = 3
BATCH_BYTES = 64 * 1024 * 1024
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Incoming:
    """Raw bytes as a door got them. `fingerprint` is equal for the same message whatever way it came; `envelope`
    is what the door knows besides the bytes ({"sender": str, "recipients": [str]})."""

    raw: bytes
    received_at: datetime
    fingerprint: str
    envelope: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Accepted:
    fingerprint: str
    new: bool


def accept(*, channel: str, mailbox: str, incoming: Sequence[Incoming], now: datetime) -> list[Accepted]:
    """Keep what came; when this returns, the bytes and the arrival times are durable and may be acknowledged.

    Raises OSError (disk) or django.db.Error (database): then nothing was accepted and the sender must try again.
    """
    try:
        fresh = _keep(channel, mailbox, incoming, now)
    except OperationalError as trouble:
        # Two doors that keep the same mails in another order wait for each other until PostgreSQL ends one of them.
        if not isinstance(trouble.__cause__, DeadlockDetected):
            raise
        fresh = _keep(channel, mailbox, incoming, now)
    return [Accepted(item.fingerprint, _first(fresh, item.fingerprint)) for item in incoming]


def _keep(channel: str, mailbox: str, incoming: Sequence[Incoming], now: datetime) -> set[str]:
    with transaction.atomic(), connection.cursor() as cursor:
        keys = blobs.put_many([item.raw for item in incoming])
        columns: list[list[Any]] = [
            [item.fingerprint for item in incoming],
            keys,
            [len(item.raw) for item in incoming],
            [Jsonb(item.envelope) for item in incoming],
            [item.received_at for item in incoming],
        ]
        cursor.execute(named("samehand.cases", "keep_arrivals"), [WAKE, channel, mailbox, now, *columns])
        return {fingerprint for (fingerprint,) in cursor.fetchall()}


def _first(fresh: set[str], fingerprint: str) -> bool:
    # The same message twice in one batch: only the first of them is new.
    if fingerprint in fresh:
        fresh.remove(fingerprint)
        return True
    return False


def file_waiting(*, limit: int = 64, now: datetime) -> int:
    """Read the oldest waiting arrivals and file them, all in one transaction; return how many were settled.

    One process files at a time, in order of arrival: an answer must not overtake the mail it answers. Zero means
    that nothing waits or that somebody else is filing.
    """
    try:
        with transaction.atomic():
            return _file(_claim(limit), now)
    except (DataError, IntegrityError, ValueError, TypeError, KeyError) as trouble:
        # One of the batch cannot be filed: the others must not wait for it.
        log.warning("batch split", trouble=type(trouble).__name__)
        return file_carefully(limit=limit, now=now)


def file_carefully(*, limit: int, now: datetime) -> int:
    """File one by one. The try is counted before the bytes are touched, so that a message which kills the process
    is put aside after three times."""
    settled = 0
    for _turn in range(limit):
        with transaction.atomic():
            rows = _claim(1)
            RawArrival.objects.filter(pk__in=[row.pk for row in rows]).update(tries=rows[0].tries + 1 if rows else 0)
        if not rows:
            break
        settled += _file_one(rows[0], now)
    return settled


def _file_one(row: RawArrival, now: datetime) -> int:
    if row.tries >= TRIES:
        with transaction.atomic():
            return _put_aside(row, gettext_noop("Reading it stopped the program three times."), now)
    try:
        with transaction.atomic():
            return _file(_claim(1), now)
    except OSError:
        # The disk's fault, not the mail's.
        RawArrival.objects.filter(pk=row.pk).update(tries=row.tries)
        raise
    except (DataError, IntegrityError, ValueError, TypeError, KeyError) as trouble:
        log.exception("arrival put aside", arrival=row.pk, trouble=type(trouble).__name__)
        with transaction.atomic():
            return _put_aside(row, gettext_noop("It could not be filed; the log says why."), now)


def _claim(limit: int) -> list[RawArrival]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [FILING_LOCK])
        if not cursor.fetchone()[0]:
            return []
    rows = list(RawArrival.objects.filter(state=RawArrival.State.WAITING).order_by("id")[:limit])
    sizes = accumulate(row.size for row in rows)
    # A batch is held in memory whole: large mails make it a short one.
    return [row for row, size in zip(rows, sizes, strict=True) if row is rows[0] or size <= BATCH_BYTES]


def _file(rows: list[RawArrival], now: datetime) -> int:
    if not rows:
        return 0
    raws = blobs.get_many([row.blob for row in rows])
    read = [(row, _read(row, raw)) for row, raw in zip(rows, raws, strict=True)]
    filing = Filing([(row, arrival) for row, arrival in read if isinstance(arrival, Arrival)], now)
    refused = dict(filing.refused)
    for row, arrival in read:
        if isinstance(arrival, Unreadable):
            refused[row] = str(arrival)
    filing.write()
    for row, reason in refused.items():
        _put_aside(row, reason, now)
    filed = [row.pk for row in rows if row not in refused]
    RawArrival.objects.filter(pk__in=filed).update(state=RawArrival.State.FILED, settled_at=now)
    return len(rows)


def _read(row: RawArrival, raw: bytes | blobs.BlobMissing) -> Arrival | Unreadable:
    if isinstance(raw, blobs.BlobMissing):
        return _unreadable(raw)
    try:
        return channel(row.channel).read(raw, row.received_at, row.envelope)
    except Unreadable as reason:
        return reason


def _unreadable(trouble: blobs.BlobMissing) -> Unreadable:
    if not blobs.at_hand():
        raise FileNotFoundError("the folder of the kept mails is away")
    if isinstance(trouble, blobs.BlobLocked):
        return Unreadable(
            gettext_noop("Its bytes are locked: their key is not in the settings. Put it back and try again.")
        )
    if isinstance(trouble, blobs.BlobDamaged):
        return Unreadable(gettext_noop("Its bytes are damaged; restore them from a backup and try again."))
    return Unreadable(gettext_noop("Its bytes are missing from the data folder; restore them and try again."))


def _put_aside(row: RawArrival, reason: str, now: datetime) -> int:
    waiting = RawArrival.objects.filter(pk=row.pk, state=RawArrival.State.WAITING)
    if not waiting.update(state=RawArrival.State.ASIDE, reason=reason, settled_at=now):
        return 0
    record([Fact("arrival.aside", data={"arrival": row.pk})], now=now)
    return 1


def replay(*, arrival_id: int, now: datetime) -> bool:
    """Put an arrival that lies aside back in line; False when it does not lie aside (any more)."""
    aside = RawArrival.objects.filter(pk=arrival_id, state=RawArrival.State.ASIDE)
    with transaction.atomic(), connection.cursor() as cursor:
        moved = aside.update(state=RawArrival.State.WAITING, reason="", tries=0, settled_at=None)
        cursor.execute(f"NOTIFY {WAKE}")
        record([Fact("arrival.replayed", data={"arrival": arrival_id})] if moved else [], now=now)
    return bool(moved)
