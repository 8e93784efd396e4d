"""A customer writes: what she says of the offers that she is still at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from samehand.cases.actions.offering.outcomes import set_outcome
from samehand.cases.models import Case, Message, Offer, Outcome
from samehand.cases.tried import NEVER_ARRIVED
from samehand.core.solutions import said_of

LETTERS = 6_000


def hear(*, messages: Sequence[Message], now: datetime) -> None:
    """Part of the transaction that files them. Costs one query when nobody of them is at anything."""
    mine = {one.pk: one for one in messages if _counts(one)}
    open_of = _open({one.case.customer_id for one in mine.values()}) if mine else {}
    for message in mine.values():
        for offer in _meant(message, open_of.get(message.case.customer_id, ())):
            _hear(message, offer, now)


def _counts(message: Message) -> bool:
    """Somebody else's words, a robot's or a forger's say nothing of what helped her. What came with a button under one
    answer was said of that one already, and says nothing of a later one."""
    by_button = message.channel == "web" and message.in_reply_to
    return not (message.third_party or message.auto_submitted or message.trust == "forged" or by_button)


def _open(customers: set[int]) -> dict[int, list[Offer]]:
    found: dict[int, list[Offer]] = defaultdict(list)
    # Who meant to try it in the evening may say the next day how it went.
    still = (Outcome.UNKNOWN, Outcome.NOT_TRIED)
    offers = Offer.objects.filter(customer__in=customers, outcome__in=still).exclude(NEVER_ARRIVED)
    for offer in offers.select_related("case").order_by("offered_at", "id"):
        found[offer.customer_id].append(offer)
    return found


def _meant(message: Message, offers: Sequence[Offer]) -> list[Offer]:
    """Those of the case's problem or of the case itself that she got last, all at once."""
    here = [one for one in offers if one.offered_at < message.at and _belongs(one, message.case)]
    return [one for one in here if one.offered_at == here[-1].offered_at] if here else []


def _belongs(offer: Offer, case: Case) -> bool:
    """As `of_case` has it."""
    made_in = offer.case
    if made_in and case.pk in (made_in.pk, made_in.merged_into_id):
        return True
    return case.problem_id in {offer.problem_id, made_in.problem_id if made_in else None} - {None}


def _hear(message: Message, offer: Offer, now: datetime) -> None:
    said = said_of((message.reply_text or message.text)[:LETTERS])
    if said is None:
        return
    several = _several(message, offer)
    # Which of several things helped she has to say herself; that nothing did is said of all.
    if several and said.outcome == "helped":
        return
    set_outcome(
        offer_id=offer.pk, outcome=said.outcome, how="page" if message.channel == "web" else "mail", now=now,
        words=said.words, message_id=message.pk,
    )  # fmt: skip


def _several(message: Message, offer: Offer) -> bool:
    together = Offer.objects.filter(customer=offer.customer_id, offered_at=offer.offered_at)
    return together.count() > 1
