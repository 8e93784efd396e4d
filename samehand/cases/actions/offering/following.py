"""Offers go where their messages go: to another case, and to the one whom the answer was written to."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F

from samehand.cases.models import Message, Offer


def follow_messages(ids: Collection[int]) -> None:
    """The offers of messages that lie elsewhere now; those in a message to somebody else stay with him."""
    for offer in Offer.objects.filter(message__in=ids).select_related("message__case"):
        message: Message | None = offer.message
        if message is None:
            continue
        offer.case = message.case
        if not message.third_party:
            offer.customer_id = message.case.customer_id
        offer.save(update_fields=["case", "customer"])


def become_one(*, customer_id: int, into_id: int) -> list[int]:
    """What was tried with the one was tried with the other: they are one person. Returns what to give back."""
    theirs = Offer.objects.filter(customer=customer_id)
    ids = list(theirs.values_list("pk", flat=True))
    theirs.update(customer=into_id)
    return ids


def tell_apart(*, offers: Collection[int], customer_id: int, from_id: int) -> None:
    """They are two after all: each keeps what was tried with her, and what came since goes with its case."""
    Offer.objects.filter(pk__in=offers, customer=from_id).update(customer=customer_id)
    since = Offer.objects.filter(customer=from_id, case__customer=customer_id).exclude(pk__in=offers)
    since.exclude(message__third_party=True).update(customer=customer_id)


def follow_case(case_id: int) -> None:
    """The case is another customer's now, and all that was offered in it."""
    offers = Offer.objects.filter(case=case_id).exclude(customer=F("case__customer"))
    for offer in offers.select_related("case"):
        Offer.objects.filter(pk=offer.pk).update(customer=offer.case.customer_id if offer.case else offer.customer_id)
