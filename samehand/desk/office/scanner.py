"""What leads must know of the virus scanner."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import ngettext

from samehand.cases.models import Attachment
from samehand.desk.office.health import place_of
from samehand.lib.health import Finding

PATIENCE = timedelta(minutes=5)
LATELY = timedelta(days=7)


def findings(now: datetime) -> list[Finding]:
    """Files that wait for a verdict too long, and what was found lately."""
    return [finding for finding in (_waiting(now), _infected(now)) if finding]


def _waiting(now: datetime) -> Finding | None:
    held = Attachment.objects.filter(state=Attachment.State.HELD, message__arrival__stored_at__lt=now - PATIENCE)
    count = held.count()
    said = ngettext(
        "%(count)d file waits for the virus scanner: does it run?",
        "%(count)d files wait for the virus scanner: does it run?",
        count,
    )
    return Finding("trouble", said % {"count": count}) if count else None


def _infected(now: datetime) -> Finding | None:
    found = Attachment.objects.filter(state=Attachment.State.INFECTED, message__at__gt=now - LATELY)
    count = found.count()
    latest = found.select_related("message__case").order_by("-id").first()
    if latest is None:
        return None
    said = ngettext(
        "%(count)d file with a virus was quarantined this week",
        "%(count)d files with a virus were quarantined this week",
        count,
    )
    return Finding("care", said % {"count": count}, place_of(latest.message))
