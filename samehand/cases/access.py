"""Who may see which case: the only way by which a door gets a row."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from samehand.cases.keys import signer
from samehand.cases.models import Case, Message


def visible_to(user: Any) -> QuerySet[Case]:
    """Active staff see every case; whoever is not signed in, or was sent away, sees none."""
    seen = Case.objects.select_related("customer", "owner")
    return seen if user.is_authenticated and user.is_active else seen.none()


def messages_visible_to(user: Any) -> QuerySet[Message]:
    return Message.objects.filter(case__in=visible_to(user)).select_related("case", "author")


def case_of_link(token: str) -> Case | None:
    """The case that the customer's signed link opens; None for any other token."""
    reference = signer().case_of_page(token)
    return Case.objects.select_related("customer", "owner").filter(reference=reference).first() if reference else None
