"""What was sent by the contact form, as its writer may see it: not the case, which may be somebody else's."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from samehand.cases.models import Message, RawArrival
from samehand.lib import blobs
from samehand.portal.forms import FORM_NUMBER
from samehand.portal.guide.frame import Desk

CHANNEL = "web"
KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Letter:
    """`name` is who answers, as far as somebody has it already; `reference` that of the case that it opened."""

    address: str
    answered_by: str
    name: str = ""
    reference: str = ""


def of_number(number: str, now: datetime) -> Letter | None:
    if not FORM_NUMBER.fullmatch(number):
        return None
    lately = RawArrival.objects.filter(channel=CHANNEL, stored_at__gt=now - KEPT, envelope__contact=number)
    arrival = lately.order_by("id").first()
    return _letter(arrival, now) if arrival else None


def _letter(arrival: RawArrival, now: datetime) -> Letter:
    address, by = _address(arrival), Desk.at(now).answered_by(arrival.received_at, now)
    message = Message.objects.filter(arrival=arrival).select_related("case__owner").first()
    # What joined another case (a flood does) shows nothing of it: its address was typed, not proven.
    if message is None or message.case.opened_at != arrival.received_at:
        return Letter(address, by)
    owner = message.case.owner
    return Letter(address, by, owner.first_name if owner else "", message.case.reference)


def _address(arrival: RawArrival) -> str:
    try:
        said = json.loads(blobs.get(arrival.blob))
    except (blobs.BlobMissing, ValueError):
        return ""
    return str(said.get("address", ""))
