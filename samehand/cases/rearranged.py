"""Reading for a person who puts cases in order: where one may belong, where it may go, what was changed already."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from samehand.cases.access import rearrangements_visible_to, visible_to
from samehand.cases.models import Case, Message, Rearrangement
from samehand.cases.queries import search
from samehand.core.hints import bare

NEAR = 20
OF_OTHERS = 5
# A shorter subject is everybody's.
TELLING = 8


def maybe(user: Any, case: Case) -> Case | None:
    """The case that this one may belong to, as it is now; None when there is none, or it is this very case."""
    if case.maybe_case_id is None:
        return None
    found = visible_to(user).select_related("merged_into__customer").filter(pk=case.maybe_case_id).first()
    into = found.merged_into or found if found else None
    return into if into and into.pk != case.pk else None


def places(user: Any, case: Case, text: str) -> tuple[list[Case], list[Case]]:
    """Where the case, or messages of it, may go: the customer's own cases, then other customers'."""
    if text.strip():
        found = [one for one in search(user, text) if one.pk != case.pk]
        own = [one for one in found if one.customer_id == case.customer_id]
        return own, [one for one in found if one.customer_id != case.customer_id]
    lately = visible_to(user).filter(customer=case.customer_id, merged_into=None).exclude(pk=case.pk)
    hinted = maybe(user, case)
    own = list(lately.order_by("-touched_at", "-id")[:NEAR])
    if hinted and hinted.customer_id == case.customer_id:
        own = [hinted, *(one for one in own if one.pk != hinted.pk)]
    others = _of_the_same_subject(user, case)
    if hinted and hinted.customer_id != case.customer_id:
        others = [hinted, *(one for one in others if one.pk != hinted.pk)]
    return own, others


def _of_the_same_subject(user: Any, case: Case) -> list[Case]:
    subject = bare(case.subject)
    found = search(user, subject) if len(subject) >= TELLING else []
    return [one for one in found if one.customer_id != case.customer_id and bare(one.subject) == subject][:OF_OTHERS]


def from_here_on(message: Message) -> list[int]:
    """The message and all that stands below it in its case."""
    ids = list(message.case.messages.order_by("at", "id").values_list("pk", flat=True))
    return ids[ids.index(message.pk) :]


def involving(*cases: Case) -> Q:
    return Q(case__in=cases) | Q(into__in=cases)


def rearrangements_of(user: Any, case: Case) -> list[Rearrangement]:
    """What was joined with the case, split off and moved, and not undone; oldest first."""
    done = rearrangements_visible_to(user).filter(involving(case), undone_at=None)
    return list(done.select_related("author", "case", "into").order_by("at", "id"))
