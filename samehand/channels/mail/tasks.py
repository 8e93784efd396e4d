"""Work of the mail room: mails that are no answers, above all the links by which a password is chosen."""

from __future__ import annotations

import structlog
from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from samehand.channels.mail import copies
from samehand.channels.mail.boxes import alarm, habits, reconciling
from samehand.channels.mail.models import Reconciliation
from samehand.channels.mail.oauth import tokens
from samehand.channels.mail.sending import send
from samehand.core.dispatches import ChannelError
from samehand.lib import blobs
from samehand.lib.clock import now

# After 4 s, 16 s, ... 4.5 hours: six hours in all; the links in such mails live for three days.
LATER = RetryStrategy(max_attempts=7, exponential_wait=4, retry_exceptions=(ChannelError, OSError))
log = structlog.get_logger()


@app.task(name="samehand.mail.post", queue="deliveries", retry=LATER)
def post(key: str, recipient: str) -> None:
    """Send the mail that is kept under `key`; a relay that is away is tried again, one that refuses is not."""
    try:
        send(
            blobs.get(key),
            recipient,
            sender=settings.ADDRESS,
            handing_over=lambda: None,
            folder=settings.PRIVATE_MAIL,
        )
    except ChannelError as trouble:
        if not trouble.permanent:
            raise
        log.warning("private mail refused", response=trouble.response)


@app.periodic(cron="* * * * *")
@app.task(name="samehand.mail.file_late_copies", queue="deliveries", queueing_lock="file_late_copies")
def file_late_copies(timestamp: int) -> None:
    copies.file_copies(clock=now)


@app.task(name=copies.TASK, queue="deliveries")
def file_copies() -> None:
    copies.file_copies(clock=now)


@app.periodic(cron="41 * * * *")
@app.task(name="samehand.mail.reconcile_hourly", queue="desk", queueing_lock="reconcile", lock=reconciling.TASK)
def reconcile_hourly(timestamp: int) -> None:
    reconciling.reconcile(reconciling.begin(now=now()), clock=now)


@app.task(name=reconciling.TASK, queue="desk", lock=reconciling.TASK)
def reconcile(run: int) -> None:
    """A lead asked for it: the page follows the row that was begun for her."""
    reconciling.reconcile(Reconciliation.objects.get(pk=run), clock=now)


@app.periodic(cron="* * * * *")
@app.task(name="samehand.mail.listen", queue="desk", queueing_lock="mail-listen")
def listen(timestamp: int) -> None:
    """Who has fallen silent, and what the administrators must be told."""
    habits.listen(now=now())
    alarm.tell(now=now())


@app.periodic(cron="* * * * *")
@app.task(name="samehand.mail.renew", queue="desk", queueing_lock="mail-renew")
def renew(timestamp: int) -> None:
    tokens.renew_early(now=now())
