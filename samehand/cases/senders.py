"""From which of our addresses an answer leaves, and the words around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.conf import settings

from samehand.cases.keys import plain
from samehand.cases.models import Case, Message
from samehand.core.wording import filled
from samehand.people.models import SendingAddress, Staff
from samehand.people.queries import sending_addresses


class NotOurAddress(Exception):
    """Nobody writes from an address that is not in the list of ours."""


def sender_for(case: Case, chosen: str = "") -> SendingAddress:
    """The address that was chosen, else the one that the customer last wrote to, else the usual one."""
    ours = sending_addresses()
    if not chosen:
        return ours[0] if len(ours) == 1 else _written_to(ours, _recipients(case))
    if found := next((one for one in ours if one.address == chosen), None):
        return found
    raise NotOurAddress


def _recipients(case: Case) -> list[str]:
    """Whom the customer's last mail was for. The envelope comes last: what stands there may be a forwarder's."""
    written = case.messages.filter(direction=Message.Direction.IN, channel="mail", third_party=False)
    last = written.order_by("-id").values_list("to", "cc", "arrival__envelope").first()
    if not last:
        return []
    to, cc, envelope = last
    return [*to, *cc, *(envelope or {}).get("recipients", ())]


def _written_to(ours: Sequence[SendingAddress], recipients: Iterable[str]) -> SendingAddress:
    lead = {address: one for one in ours for address in (*one.receives, one.address.lower())}
    return next((lead[plain(address)] for address in recipients if plain(address) in lead), ours[0])


def words_of(sender: SendingAddress, which: str, case: Case, author: Staff | None) -> str:
    """The sender's "name", "greeting" or "closing" for this customer; blank when the house's own words do."""
    values = {
        "first_name": author.first_name if author else settings.OPERATOR,
        "operator": settings.OPERATOR,
        "customer": case.customer.name,
    }
    return filled(sender.words(which, case.language), values).strip()
