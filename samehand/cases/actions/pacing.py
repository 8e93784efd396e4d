"""Not too many mails to one address: later ones wait their turn, none is dropped."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from samehand.cases.models import Delivery
from samehand.core.pacing import Pace, free_at

# What left, or is leaving just now; what was put off or refused filled nobody's mailbox.
LEFT = (Delivery.State.SENDING, Delivery.State.SENT, Delivery.State.UNCONFIRMED)


def held_until(recipient: str, now: datetime, *, automatic: bool) -> datetime | None:
    """When the next mail may go to the address; None when it may go now.

    Needs an open transaction: until its end nobody else decides about this address, so that two workers never both see
    the last free place.
    """
    mails, minutes = settings.PACE_AUTOMATIC if automatic else settings.PACE
    pace = Pace(mails, timedelta(minutes=minutes))
    if not pace.mails:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 20260))", [recipient])
    before = Delivery.objects.filter(recipient=recipient, claimed_at__gt=now - pace.span, state__in=LEFT)
    if automatic:
        before = before.filter(message__auto_submitted=True)
    latest = before.order_by("-claimed_at").values_list("claimed_at", flat=True)[: pace.mails]
    return free_at(pace, [moment for moment in latest if moment], now)
