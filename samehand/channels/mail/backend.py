"""Django's own mails (a new password) take the way of the answers, but without a relay no page shows them."""

from __future__ import annotations

from collections.abc import Sequence

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException

from samehand.channels.mail.signing.keys import keys_for
from samehand.channels.mail.signing.signer import signed
from samehand.channels.mail.tasks import post
from samehand.lib import blobs
from samehand.lib.clock import now

log = structlog.get_logger()


class OutboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        return sum(self._put_in_line(message) for message in email_messages)

    def _put_in_line(self, message: EmailMessage) -> int:
        """Sent by a worker: the page neither waits nor fails, and does not tell by either which accounts exist."""
        message.extra_headers.setdefault("Auto-Submitted", "auto-generated")
        raw = message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django has its own
        try:
            key = blobs.put(signed(raw, keys_for(settings.ADDRESS), now()))
            for recipient in message.recipients():
                post.defer(key=key, recipient=recipient)
        except (OSError, ConnectorException) as trouble:
            log.error("private mail not put in line", trouble=type(trouble).__name__)
            return 0
        return 1


def blobs_in_use(keys: Sequence[str]) -> set[str]:
    """Which of the kept bytes are mails that still wait to leave."""
    waiting = ProcrastinateJob.objects.filter(
        task_name=post.name, status__in=["todo", "doing"], args__key__in=list(keys)
    )
    return set(waiting.values_list("args__key", flat=True))
