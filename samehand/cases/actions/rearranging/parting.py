"""Messages leave a case: for one of their own, or for another one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from samehand.cases.actions.rearranging.changes import (
    NothingToMove,
    carry,
    hold,
    keep,
    refuse_joined,
    settle,
    state,
    was,
    written_down,
)
from samehand.cases.actions.rearranging.joining import merge
from samehand.cases.keys import fresh_reference
from samehand.cases.models import Case, Message, Rearrangement
from samehand.core.topics import skill_for
from samehand.people.actions.joining import customer_of
from samehand.people.models import Customer


class NothingLeft(Exception):
    """All that was said would leave the case: then it is no splitting."""


@transaction.atomic
def split(*, case_id: int, messages: Collection[int], author_id: int, now: datetime) -> Rearrangement:
    """Messages of a case become a case of their own, in the same hands; of whoever wrote them, when none of them is the
    customer's."""
    (case,) = hold(case_id)
    refuse_joined(case)
    moved = _moved(case, messages)
    if _is_all(case, moved):
        raise NothingLeft
    before: dict[str, Any] = {"cases": state(case)}
    into = _opened(case, moved, now)
    return _carried(Rearrangement.Kind.SPLIT, case, into, moved, before, author_id, now)


@transaction.atomic
def move(*, case_id: int, into_id: int, messages: Collection[int], author_id: int, now: datetime) -> Rearrangement:
    """Messages of a case go over to another one; when nothing else was said, all of the case does."""
    case, into = hold(case_id, into_id)
    refuse_joined(case, into)
    moved = _moved(case, messages)
    if _is_all(case, moved):
        return merge(case_id=case_id, into_id=into_id, author_id=author_id, now=now)
    before = {"cases": state(case, into)}
    return _carried(Rearrangement.Kind.MOVE, case, into, moved, before, author_id, now)


def _carried(
    kind: str, case: Case, into: Case, moved: list[int], before: dict[str, Any], author_id: int, now: datetime
) -> Rearrangement:
    before["marks"] = carry(moved, case, into)
    statuses = was(case), () if kind == Rearrangement.Kind.SPLIT else (into.status,)
    for each, status in zip((case, into), statuses, strict=True):
        settle(each, status)
    keep(case, into)
    return written_down(kind, case, into, moved, before, author_id, now)


def _moved(case: Case, messages: Collection[int]) -> list[int]:
    moved = list(case.messages.filter(pk__in=messages).order_by("id").values_list("pk", flat=True))
    if not moved:
        raise NothingToMove
    return moved


def _is_all(case: Case, moved: list[int]) -> bool:
    """Notes alone are no case."""
    return not case.messages.exclude(pk__in=moved).exclude(direction=Message.Direction.NOTE).exists()


def _opened(case: Case, moved: list[int], now: datetime) -> Case:
    first = case.messages.filter(pk__in=moved).exclude(direction=Message.Direction.NOTE).order_by("at", "id").first()
    subject = first.subject if first else case.subject
    return Case.objects.create(
        reference=fresh_reference(),
        customer=_whose(case, moved, now),
        owner=case.owner,
        owner_reason=case.owner_reason,
        subject=subject or case.subject,
        skill=skill_for(subject, first.reply_text if first else ""),
        language=case.language,
        opened_at=now,
        touched_at=now,
    )


def _whose(case: Case, moved: list[int], now: datetime) -> Customer:
    """The customer, unless all of it was written by one other person with the customer's reply address."""
    came = case.messages.filter(pk__in=moved, direction=Message.Direction.IN)
    writers = set(came.values_list("from_address", "third_party", "trust"))
    addresses = {address for address, other, trust in writers if other and trust != "forged"}
    if len(writers) != 1 or not addresses:
        return case.customer
    name = came.order_by("-id").values_list("from_name", flat=True)[0]
    return customer_of(address=addresses.pop(), name=name, language=case.language, now=now)
