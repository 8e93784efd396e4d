"""To whom an answer may go: the customer's own address, unless a person chooses somebody else in the case."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fnmatch import fnmatchcase

from django.conf import settings

from samehand.cases import queries
from samehand.cases.keys import ours, plain, signer
from samehand.cases.models import Case, Message
from samehand.people.queries import our_addresses

CUSTOMER, ASKED, PARTICIPANT = "customer", "asked", "participant"


@dataclass(frozen=True, slots=True)
class Recipient:
    """`kind`: the "customer" himself, an address where he "asked" for answers, a "participant" whom we let in. Only the
    customer is shown his page and what was said before."""

    address: str
    kind: str


class NotARecipient(Exception):
    """Nobody in the case has that address, or nobody could prove that he is who he says."""


def recipients(case: Case) -> list[Recipient]:
    """The usual one first; none for somebody who only shows an address that is not his."""
    own = queries.address_of(case)
    if not own or case.customer.claimed_address:
        return []
    found = [Recipient(own, CUSTOMER)]
    found += [Recipient(address, ASKED) for address in _asked(case)]
    found += [Recipient(one.address, PARTICIPANT) for one in case.participants.all()]
    return list({one.address: one for one in reversed(found)}.values())[::-1]


def _asked(case: Case) -> list[str]:
    """Reply-To of the customer's last mail."""
    came = case.messages.filter(direction=Message.Direction.IN, third_party=False, auto_submitted=False)
    last = came.exclude(trust="forged").order_by("-at", "-id").values_list("reply_to", flat=True).first()
    return [address for address in last or () if "@" in address]


def recipient_for(case: Case, chosen: str = "") -> Recipient | None:
    """The chosen one, else the usual one; None when there is nobody to write to."""
    among = recipients(case)
    if not chosen:
        return among[0] if among else None
    if found := next((one for one in among if one.address == chosen), None):
        return found
    raise NotARecipient


def strangers_in_copy(case: Case) -> list[str]:
    """Who stands in To and Cc of people's mails in the case and is neither the customer, nor one of us, nor let in."""
    written = case.messages.filter(direction=Message.Direction.IN, auto_submitted=False)
    rows = written.order_by("id").values_list("to", "cc", "from_address")
    named = dict.fromkeys(address for to, cc, writer in rows[:200] for address in (*to, *cc, writer) if "@" in address)
    known = {*case.customer.contact_points.values_list("value", flat=True), case.customer.claimed_address}
    known |= set(case.participants.values_list("address", flat=True))
    own = our_addresses()
    return [address for address in named if address not in known and not _is_ours(address, own)][:20]


def _is_ours(address: str, more: Collection[str]) -> bool:
    """Also what our doors take mail for, by patterns, and signed addresses."""
    bare = plain(address)
    patterns = any(fnmatchcase(bare, pattern.lower()) for pattern in settings.ADDRESSES)
    return patterns or ours(address, more) or bool(signer().case_of_address(address))
