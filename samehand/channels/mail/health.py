"""What leads must know of the mailboxes."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from samehand.channels.mail.models import Mailbox
from samehand.lib.health import Finding


def findings(now: datetime) -> list[Finding]:
    """One for each mailbox that cannot be read: mail may be waiting there that nobody sees."""
    troubled = Mailbox.objects.filter(enabled=True).exclude(trouble="")
    return [
        Finding("trouble", _("Mailbox %(name)s: %(why)s") % {"name": mailbox, "why": mailbox.trouble_words}, _page())
        for mailbox in troubled
    ]


def _page() -> str:
    return reverse("mail:mailboxes")
