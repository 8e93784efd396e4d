"""The link to a customer's page is a key. A mail that shows it to others turns the lock: their copy opens nothing, and
the customer finds the new link in our next answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import F, Q

from samehand.cases.keys import linked_pages, ours
from samehand.cases.models import Case
from samehand.core.arrivals import Arrival

Page = tuple[str, int]


def shown_to_others(arrival: Arrival, own: Collection[str]) -> tuple[Page, ...]:
    """The pages whose links stand in a mail that went to somebody besides us and its writer."""
    known = (arrival.from_address, *arrival.reply_to)
    others = (address for address in (*arrival.to, *arrival.cc) if address not in known and not ours(address, own))
    return linked_pages(arrival.text) if any(others) else ()


def turn(pages: Iterable[Page]) -> None:
    """The links of these pages, and of all that was joined with them, open nothing from now on."""
    for reference, turned in sorted(set(pages)):
        shown = Case.objects.filter(reference=reference, page_turn=turned).first()
        if shown:
            root = shown.merged_into_id or shown.pk
            Case.objects.filter(Q(pk=root) | Q(merged_into=root)).update(page_turn=F("page_turn") + 1)
