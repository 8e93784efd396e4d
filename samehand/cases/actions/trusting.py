"""A person decides whom to believe: she vouches for a writer, or lets somebody take part in a case."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samehand.cases.actions.locking import hold_filing, locked
from samehand.cases.actions.offering.following import follow_case
from samehand.cases.models import Case, Message, Participant
from samehand.cases.recipients import strangers_in_copy
from samehand.core.trust import Verdict
from samehand.lib.events import Fact, record
from samehand.people.models import ContactPoint, Customer, Staff


class NobodyToVouchFor(Exception):
    """The writer is no pretender (any more)."""


class NoReason(Exception):
    """Whoever vouches says why: it is read when it was a mistake."""


class NotInCopy(Exception):
    """Only who stands in the mails of a case can be let in."""


@transaction.atomic
def vouch(*, case_id: int, author_id: int, reason: str, now: datetime) -> Case:
    """The case of somebody who seemed to forge an address goes to the customer who has it: a colleague knows, by
    telephone say, that he wrote it himself."""
    # No mail of his is filed while his case changes hands.
    hold_filing()
    case = locked(case_id)
    if not case.customer.claimed_address:
        raise NobodyToVouchFor
    if not (reason := reason.replace("\x00", "").strip()):
        raise NoReason
    author = Staff.objects.get(pk=author_id)
    case.customer = _owner_of(case.customer, now)
    case.touched_at = max(now, case.touched_at)
    case.save(update_fields=["customer", "touched_at"])
    follow_case(case.pk)
    verdict = Verdict("token", "vouched", author.first_name)
    case.messages.filter(trust="forged").update(trust=verdict.level, trust_reason=verdict.as_text())
    Message.objects.create(
        case=case, direction=Message.Direction.NOTE, channel="desk", author=author, at=now, text=reason,
        reply_text=reason,
    )  # fmt: skip
    record([Fact("case.vouched", case.pk, case.owner_id, {"by": author_id, "customer": case.customer_id})], now=now)
    return case


def _owner_of(pretender: Customer, now: datetime) -> Customer:
    """The customer with the claimed address; one whom nobody knew is known from now on."""
    address = pretender.claimed_address
    if point := ContactPoint.objects.filter(kind="email", value=address).select_related("customer").first():
        return point.customer
    owner = Customer.objects.create(name=pretender.name, language=pretender.language, known_since=now)
    ContactPoint.objects.create(customer=owner, value=address)
    return owner


@transaction.atomic
def let_in(*, case_id: int, address: str, author_id: int, now: datetime) -> None:
    """Somebody in copy takes part from now on: answers can be sent to him. He sees nothing that was said before."""
    case = locked(case_id)
    if address not in strangers_in_copy(case):
        raise NotInCopy
    Participant.objects.get_or_create(case=case, address=address, defaults={"added_by_id": author_id, "added_at": now})
    record([Fact("case.participants", case_id, case.owner_id, {"by": author_id})], now=now)


@transaction.atomic
def let_out(*, case_id: int, address: str, author_id: int, now: datetime) -> None:
    """He takes no part any more."""
    case = locked(case_id)
    if case.participants.filter(address=address).delete()[0]:
        record([Fact("case.participants", case_id, case.owner_id, {"by": author_id})], now=now)
