"""Who may see which case: the only way by which a door gets a row."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from samehand.cases.keys import signer
from samehand.cases.models import Case, Message, Rearrangement


def visible_to(user: Any) -> QuerySet[Case]:
    """Active staff see every case; whoever is not signed in, or was sent away, sees none."""
    seen = Case.objects.select_related("customer", "owner")
    return seen if user.is_authenticated and user.is_active else seen.none()


def rearrangements_visible_to(user: Any) -> QuerySet[Rearrangement]:
    return Rearrangement.objects.filter(case__in=visible_to(user), into__in=visible_to(user))


def messages_visible_to(user: Any) -> QuerySet[Message]:
    return Message.objects.filter(case__in=visible_to(user)).select_related("case", "author")


def case_of_link(token: str) -> Case | None:
    """The case that the customer's signed link opens; None for any other token.

    One that was joined with another opens that one, unless it is another customer's: a person may have taken two people
    for one, or said on purpose that they are two, and the link was given to the first.
    """
    reference, turn = signer().page_of(token)
    if not reference:
        return None
    opened = Case.objects.select_related("customer", "owner", "merged_into__customer", "merged_into__owner")
    # A link that others got to see opens nothing any more.
    case = opened.filter(reference=reference, page_turn=turn).first()
    if case is None or case.merged_into is None:
        return case
    return case.merged_into if case.merged_into.customer_id == case.customer_id else None
