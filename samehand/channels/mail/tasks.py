"""Work of the mail room: mails that are no answers, above all the links by which a password is chosen."""

from __future__ import annotations

import structlog
from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from samehand.channels.mail.sending import send
from samehand.core.dispatches import ChannelError
from samehand.lib import blobs

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
