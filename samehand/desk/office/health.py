"""What the desk knows of the house's health: mail put aside, mail that waits too long, answers that did not arrive."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import ngettext

from samehand.cases.models import Delivery, Message, RawArrival
from samehand.cases.queries import put_aside
from samehand.lib.health import Finding

# Reading takes milliseconds: what waits longer than this means that nobody reads.
PATIENCE = timedelta(minutes=1)
LATELY = timedelta(days=7)


def findings(now: datetime) -> list[Finding]:
    found = [_aside(), _waiting(now), _refused(now)]
    return [finding for finding in found if finding]


def _aside() -> Finding | None:
    count = put_aside().count()
    said = ngettext("%(count)d message could not be read", "%(count)d messages could not be read", count)
    return Finding("care", said % {"count": count}, reverse("office:aside")) if count else None


def _waiting(now: datetime) -> Finding | None:
    late = RawArrival.objects.filter(state=RawArrival.State.WAITING, stored_at__lt=now - PATIENCE)
    count = late.count()
    said = ngettext(
        "%(count)d message is kept but not read yet: is the worker running?",
        "%(count)d messages are kept but not read yet: is the worker running?",
        count,
    )
    return Finding("trouble", said % {"count": count}) if count else None


def _refused(now: datetime) -> Finding | None:
    refused = Delivery.objects.filter(state=Delivery.State.REFUSED, settled_at__gt=now - LATELY)
    count = refused.count()
    latest = refused.select_related("message__case").order_by("-settled_at").first()
    if latest is None:
        return None
    said = ngettext(
        "%(count)d answer was refused by the customer's server this week",
        "%(count)d answers were refused by the customers' servers this week",
        count,
    )
    return Finding("care", said % {"count": count}, place_of(latest.message))


def place_of(message: Message) -> str:
    """The message in its case."""
    return f"{reverse('desk:case', args=[message.case.reference])}#m-{message.pk}"
