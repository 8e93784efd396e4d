"""A case changes hands: by a consultant's word, or because somebody came on shift."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samehand.cases.models import Case, Message
from samehand.cases.queries import by_promise, holding
from samehand.core import routing
from samehand.lib.events import Fact, record
from samehand.people.models import Staff
from samehand.people.queries import crew


class NotOnTheDesk(Exception):
    """That person does not work here (any more)."""


@transaction.atomic
def hand_over(*, case_id: int, author_id: int, to_id: int, word: str, now: datetime) -> None:
    """The case goes to a colleague with a word that she finds as a note."""
    case = Case.objects.select_for_update().get(pk=case_id)
    _own(case, to_id, "handed_over")
    if word := word.replace("\x00", "").strip():
        Message.objects.create(
            case=case, direction=Message.Direction.NOTE, channel="desk", author_id=author_id, at=now, text=word,
            reply_text=word,
        )  # fmt: skip
    record([Fact("case.handed_over", case_id, to_id, {"by": author_id})], now=now)


@transaction.atomic
def take(*, case_id: int, author_id: int, now: datetime) -> None:
    """A consultant takes the case into her own hands."""
    case = Case.objects.select_for_update().get(pk=case_id)
    _own(case, author_id, "taken")
    record([Fact("case.taken", case_id, author_id, {"by": author_id})], now=now)


@transaction.atomic
def assign_waiting(*, now: datetime) -> int:
    """Cases that came when nobody was on shift go to those who are now, next promise first."""
    waiting = Case.objects.filter(status=Case.Status.OPEN, owner__isnull=True).select_for_update(of=("self",))
    if not (cases := list(by_promise(waiting)[:200])):
        return 0
    held, given = holding(), 0
    for case in cases:
        need = routing.Need(owner=None, last_served_by=case.customer.served_by_id, skill=case.skill)
        decision = routing.choose(need, tuple(crew(now, held)))
        if isinstance(decision, routing.Assign):
            _own(case, decision.consultant_id, decision.reason)
            held[decision.consultant_id] = held.get(decision.consultant_id, 0) + 1
            record([Fact("case.assigned", case.pk, decision.consultant_id)], now=now)
            given += 1
    return given


def _own(case: Case, staff_id: int, reason: str) -> None:
    if not Staff.objects.filter(pk=staff_id, is_active=True).exists():
        raise NotOnTheDesk
    case.owner_id, case.owner_reason = staff_id, reason
    case.save(update_fields=["owner", "owner_reason"])
