"""An answer goes out once. Claim, send and record are three commits, each of them safe to be killed behind.

What cannot be known after a crash is whether the server took a mail whose final dot had left. Such a delivery is
called unconfirmed and shown to a person; sending it again by itself would sooner or later send it twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.db import OperationalError, close_old_connections, connection, transaction
from django.db.models import F, Q

from samehand.cases.actions.bouncing import strike
from samehand.cases.actions.dispatching import settle
from samehand.cases.actions.locking import locked_case_of
from samehand.cases.actions.pacing import held_until
from samehand.cases.actions.promising import reopen_promise
from samehand.cases.channels import channel
from samehand.cases.keys import bounce_address
from samehand.cases.models import Case, Delivery
from samehand.core.dispatches import ChannelError, Receipt
from samehand.core.refusals import understood
from samehand.lib import blobs
from samehand.lib.events import Fact, record

Clock = Callable[[], datetime]
log = structlog.get_logger()
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60))
GIVE_UP_AFTER = timedelta(days=3)
PATIENCE = (0.5, 1, 2, 4, 8, 15, 30, 60, 60)
# A job that should have run by now and did not: its worker is gone, or its notification was lost.
OVERDUE = timedelta(seconds=30)


def deliver(*, message_id: int, worker: int, clock: Clock) -> datetime | None:
    """Send the answer if it is still to be sent; returns the moment of the next try when this one was put off.

    Sending takes its time, so this action brings a clock along instead of a moment.
    """
    claimed = _claim(message_id, worker, clock())
    if claimed is not True:
        return claimed or None
    delivery = Delivery.objects.select_related("message").get(message_id=message_id)
    message = delivery.message
    try:
        receipt = channel(message.channel).send(
            blobs.get(message.blob),
            delivery.recipient,
            # A machine's mail has no sender to bounce to: two machines could go on for ever.
            sender="" if message.auto_submitted else bounce_address(message.from_address, message.pk),
            handing_over=lambda: _handing_over(delivery, clock()),
        )
    except ChannelError as refusal:
        return _refused(delivery, refusal, clock())
    except (OSError, blobs.BlobMissing) as trouble:
        return _refused(delivery, ChannelError(str(trouble) or type(trouble).__name__, permanent=False), clock())
    _surely(lambda: _sent(delivery, receipt, clock()))
    return None


def _surely(write: Callable[[], None]) -> None:
    """The server has the mail: a database that is away for a minute must not make us forget it."""
    for pause in PATIENCE:
        try:
            return write()
        except OperationalError:
            close_old_connections()
            time.sleep(pause)
    return write()


@transaction.atomic
def _claim(message_id: int, worker: int, now: datetime) -> bool | datetime:
    """Whether the delivery is ours now; the moment when it may be, if its recipient just got too many mails."""
    due = Delivery.objects.filter(
        message_id=message_id, state__in=(Delivery.State.QUEUED, Delivery.State.DELAYED), next_try_at__lte=now
    )
    asked = due.values_list("recipient", "message__auto_submitted").first()
    if not asked:
        return False
    recipient, automatic = asked
    if free := held_until(recipient, now, automatic=automatic):
        return bool(due.update(state=Delivery.State.DELAYED, next_try_at=free, held=True)) and free
    return bool(
        due.update(
            state=Delivery.State.SENDING,
            claimed_at=now,
            claimed_by=worker,
            attempts=F("attempts") + 1,
            handed_over_at=None,
            held=False,
        )
    )


def _handing_over(delivery: Delivery, now: datetime) -> None:
    # Its own commit, before the final dot: when it fails, the dot does not leave either.
    moved = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.SENDING, claimed_by=delivery.claimed_by)
    if not moved.update(handed_over_at=now):
        raise ChannelError("Another worker took this delivery over.", permanent=False)


@transaction.atomic
def _sent(delivery: Delivery, receipt: Receipt, now: datetime) -> None:
    # One that came back in the meantime stays refused.
    out = Delivery.objects.filter(pk=delivery.pk).exclude(state=Delivery.State.REFUSED)
    if out.update(state=Delivery.State.SENT, settled_at=now, response=receipt.response, next_try_at=None):
        _tell(delivery, now)


@transaction.atomic
def _refused(delivery: Delivery, refusal: ChannelError, now: datetime) -> datetime | None:
    # The case first, as everybody locks it who will touch its deliveries as well.
    locked_case_of(delivery.message)
    log.warning("delivery refused", message=delivery.message_id, permanent=refusal.permanent, response=refusal.response)
    permanent = refusal.permanent or now - delivery.queued_at > GIVE_UP_AFTER
    next_try = None if permanent else now + BACK_OFF[min(delivery.attempts, len(BACK_OFF)) - 1]
    mine = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.SENDING, claimed_by=delivery.claimed_by)
    meant = understood(refusal.response, final=refusal.permanent)
    delivery.hard, delivery.reason = meant.hard, meant.reason
    changed = mine.update(
        state=Delivery.State.REFUSED if permanent else Delivery.State.DELAYED,
        settled_at=now if permanent else None,
        response=refusal.response,
        reason=meant.reason,
        hard=meant.hard,
        next_try_at=next_try,
        # A clear "no" is no doubt: the mail is here and can be called back.
        handed_over_at=F("handed_over_at") if refusal.doubt else None,
    )
    if not changed:
        return None
    if permanent:
        reopened = reopen_promise(delivery.message)
        strike(delivery, now)
        settle(case_ids=reopened, now=now)
    _tell(delivery, now)
    return next_try


def rescue(*, now: datetime) -> list[int]:
    """Settle deliveries whose worker died, and name the messages that are due and have no living job."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT claimed_by FROM cases_delivery WHERE state = 'sending' AND claimed_by IS NOT NULL"
        )
        workers = [worker for (worker,) in cursor.fetchall()]
    dead = [worker for worker in workers if _is_dead(worker)]
    orphans = Delivery.objects.filter(state=Delivery.State.SENDING, claimed_by__in=dead).select_related("message")
    for delivery in orphans:
        _settle_orphan(delivery, now)
    late = Q(state__in=(Delivery.State.QUEUED, Delivery.State.DELAYED), next_try_at__lt=now - OVERDUE)
    return list(Delivery.objects.filter(late).values_list("message_id", flat=True))


def _is_dead(worker: int) -> bool:
    # A living worker holds its number as a session lock; PostgreSQL lets go of it when the worker's connection ends.
    with connection.cursor() as lock:
        lock.execute("SELECT pg_try_advisory_lock(%s)", [worker])
        free = bool(lock.fetchone()[0])
        if free:
            lock.execute("SELECT pg_advisory_unlock(%s)", [worker])
    return free


@transaction.atomic
def _settle_orphan(delivery: Delivery, now: datetime) -> None:
    mine = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.SENDING, claimed_by=delivery.claimed_by)
    if delivery.handed_over_at is None:
        changed = mine.update(state=Delivery.State.QUEUED, next_try_at=now - OVERDUE * 2, claimed_by=None)
    else:
        changed = mine.update(state=Delivery.State.UNCONFIRMED, settled_at=now, next_try_at=None)
    if changed:
        _tell(delivery, now)


def _tell(delivery: Delivery, now: datetime) -> None:
    case = Case.objects.only("id", "owner_id").get(pk=delivery.message.case_id)
    record([Fact("delivery.changed", case.pk, case.owner_id, {"message": delivery.message_id})], now=now)
