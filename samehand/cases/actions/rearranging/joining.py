"""Two cases become one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from samehand.cases.actions.offering.following import become_one
from samehand.cases.actions.rearranging.changes import carry, hold, keep, refuse_joined, settle, state, written_down
from samehand.cases.models import Case, Message, Rearrangement
from samehand.people.actions.joining import take_over


class NotOnePerson(Exception):
    """Somebody who shows an address that is not his own is never taken for its owner."""


@transaction.atomic
def merge(*, case_id: int, into_id: int, author_id: int, now: datetime, same_person: bool = False) -> Rearrangement:
    """All that was said in a case lies in another one from now on, and whoever comes with the old one's reference finds
    the other.

    Cases of two customers: either they are the `same_person`, by the word of the one who joins them, and become one
    customer; or the other one's messages are marked as somebody else's, and the customer does not see them.
    """
    case, into = hold(case_id, into_id)
    refuse_joined(case, into)
    before: dict[str, Any] = {"cases": state(case, into)}
    moved = list(case.messages.order_by("id").values_list("pk", flat=True))
    theirs: list[int] = []
    if same_person and case.customer_id != into.customer_id:
        before["people"], theirs = _as_one_person(case, into)
    before["marks"] = carry(moved, case, into, also=theirs)
    before["followers"] = _lead_on(case, into)
    status = [into.status] + ([case.status] if case.status != Case.Status.OPEN else [])
    settle(into, status)
    if into.owner_id is None:
        into.owner_id, into.owner_reason = case.owner_id, case.owner_reason
    case.status, case.merged_into, case.due_at = Case.Status.MERGED, into, None
    case.maybe_case, case.maybe_why = None, None
    if into.maybe_case_id == case.pk:
        into.maybe_case, into.maybe_why = None, None
    keep(case, into)
    return written_down(Rearrangement.Kind.MERGE, case, into, moved, before, author_id, now)


def _lead_on(case: Case, into: Case) -> list[int]:
    """Cases that were joined with this one before follow it: from each it is one step to where its messages lie."""
    followers = Case.objects.filter(merged_into=case)
    ids = list(followers.values_list("pk", flat=True))
    followers.update(merged_into=into)
    return ids


def _as_one_person(case: Case, into: Case) -> tuple[dict[str, Any], list[int]]:
    """Addresses and cases of the one customer become the other's. The joined case itself keeps its old customer: the
    link to its page was given to somebody of whom we only believe that he is the same."""
    if case.customer.claimed_address or into.customer.claimed_address:
        raise NotOnePerson
    points = take_over(customer_id=case.customer_id, into_id=into.customer_id)
    others = Case.objects.filter(customer=case.customer_id, merged_into=None).exclude(pk=case.pk)
    cases = list(others.values_list("pk", flat=True))
    others.update(customer=into.customer_id)
    marked = Message.objects.filter(case__customer=into.customer_id, third_party=True)
    theirs = marked.filter(from_address__in=points.values()).values_list("pk", flat=True)
    offers = become_one(customer_id=case.customer_id, into_id=into.customer_id)
    before = {"customer": case.customer_id, "points": list(points), "cases": cases, "offers": offers}
    return before, list(theirs)
