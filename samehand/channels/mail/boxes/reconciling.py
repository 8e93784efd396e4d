"""The proof that nothing is lost: each mailbox beside its ledger, then the ledger beside the messages and the bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction

from samehand.cases import ledger
from samehand.channels.mail.boxes.comparing import Compared, compare
from samehand.channels.mail.models import Mailbox, Reconciliation
from samehand.lib.events import Fact, record
from samehand.lib.sql import named

TASK = "samehand.mail.reconcile"
KEPT_FOR = timedelta(days=90)
# A comparison that has not gone on for so long was killed.
STANDS_STILL = timedelta(minutes=10)
Say = Callable[[Compared], None]
log = structlog.get_logger()


def begin(*, now: datetime) -> Reconciliation:
    return Reconciliation.objects.create(begun_at=now, touched_at=now)


def reconcile(
    run: Reconciliation, *, clock: Callable[[], datetime], every_byte: bool = False, say: Say | None = None
) -> Reconciliation:
    """Compare everything, fetch what is missing, and write down what was found, mailbox by mailbox."""
    for mailbox in Mailbox.objects.filter(enabled=True):
        found = compare(mailbox)
        run.mailboxes.append(asdict(found))
        run.touched_at = clock()
        run.save()
        if say:
            say(found)
    _look_at_the_ledger(run, every_byte=every_byte)
    _end(run, clock())
    return run


def _look_at_the_ledger(run: Reconciliation, *, every_byte: bool) -> None:
    sums = ledger.summed(ledger.counted())
    run.arrived, run.filed, run.waiting, run.aside = sums.arrived, sums.filed, sums.waiting, sums.aside
    run.without_message = ledger.without_message()
    run.without_arrival = _taken_without_arrival()
    run.bytes_checked, run.bytes_missing = ledger.unreadable_bytes(every=every_byte)


def _taken_without_arrival() -> int:
    with connection.cursor() as cursor:
        cursor.execute(named("samehand.channels.mail", "taken_without_arrival"))
        return int(cursor.fetchone()[0])


def _end(run: Reconciliation, now: datetime) -> None:
    run.touched_at = run.ended_at = now
    with transaction.atomic():
        run.save()
        Reconciliation.objects.filter(begun_at__lt=now - KEPT_FOR).delete()
        record([Fact("mail.reconciled", data={"run": run.pk, "lost": run.lost})], now=now)
    level = log.error if run.lost else log.info
    level("mailboxes compared", run=run.pk, fetched=run.fetched, lost=run.lost, unread=run.not_compared)


def last_ended() -> Reconciliation | None:
    return Reconciliation.objects.filter(ended_at__isnull=False).first()


def running(now: datetime) -> Reconciliation | None:
    return Reconciliation.objects.filter(ended_at=None, touched_at__gt=now - STANDS_STILL).first()
