"""Django's own mails (a new password) leave the same way as answers do."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from samehand.channels.mail.sending import send
from samehand.core.dispatches import ChannelError


class OutboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        return sum(self._send(message) for message in email_messages)

    def _send(self, message: EmailMessage) -> int:
        raw = message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django has its own
        try:
            for recipient in message.recipients():
                send(raw, recipient, handing_over=lambda: None)
        except ChannelError:
            if not self.fail_silently:
                raise
            return 0
        return 1
