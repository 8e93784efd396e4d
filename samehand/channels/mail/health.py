"""What leads must know of the mailboxes."""

from __future__ import annotations

from datetime import datetime

from samehand.channels.mail.boxes.troubles import troubles
from samehand.lib.health import Finding


def findings(now: datetime) -> list[Finding]:
    """Mailboxes that cannot be read, have fallen silent or hold mail that is not here."""
    return [Finding(one.kind, one.words, one.href) for one in troubles(now)]
