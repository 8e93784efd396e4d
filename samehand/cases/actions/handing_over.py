"""A case changes hands: by a consultant's word, or because somebody came on shift."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from samehand.cases.actions.dispatching import keep_for
from samehand.cases.actions.locking import locked
from samehand.cases.models import Case, Message, Turn
from samehand.cases.queries import by_promise, holding
from samehand.core import routing
from samehand.lib.events import Fact, record
from samehand.people.models import Staff
from samehand.people.queries import crew, service_hours


class NotOnTheDesk(Exception):
    """That person does not work here (any more)."""


class InOthersHands(Exception):
    """Somebody else is answering the case now; only a lead gives it away. `holder` is who it is."""

    def __init__(self, holder: Staff) -> None:
        super().__init__("Somebody else has it in hand.")
        self.holder = holder


@transaction.atomic
def hand_over(*, case_id: int, author_id: int, to_id: int, word: str, now: datetime) -> None:
    """The case goes to a colleague with a word that she finds as a note."""
    case = locked(case_id)
    _refuse_others(case, author_id)
    _own(case, to_id, "handed_over")
    if word := word.replace("\x00", "").strip():
        Message.objects.create(
            case=case, direction=Message.Direction.NOTE, channel="desk", author_id=author_id, at=now, text=word,
            reply_text=word,
        )  # fmt: skip
    record([Fact("case.handed_over", case_id, to_id, {"by": author_id})], now=now)
    keep_for(case=case, staff_id=to_id, now=now)


@transaction.atomic
def take(*, case_id: int, author_id: int, now: datetime) -> None:
    """A consultant takes the case into her own hands."""
    case = locked(case_id)
    _own(case, author_id, "taken")
    record([Fact("case.taken", case_id, author_id, {"by": author_id})], now=now)
    keep_for(case=case, staff_id=author_id, now=now)


@transaction.atomic
def assign_waiting(*, now: datetime) -> int:
    """Cases that came when nobody was on shift, or whose owner has left us, go to those who are here now, next
    promise first; returns how many. Where mails are handed out one at a time, they find their owners so."""
    if service_hours().hands_out:
        return 0
    nobodys = Q(owner=None) | Q(owner__is_active=False)
    waiting = Case.objects.filter(nobodys, status=Case.Status.OPEN, due_at__isnull=False)
    people = {person.id: person for person in crew(now, holding())}
    if not any(person.on_shift for person in people.values()):
        return 0
    first = by_promise(waiting).values_list("pk", flat=True)[:200]
    # Locked by id, as everybody locks several; given away by promise.
    locked = waiting.filter(pk__in=list(first)).select_for_update(of=("self",), no_key=True).select_related("customer")
    cases = sorted(locked.order_by("id"), key=lambda case: (case.due_at, case.pk))
    for case in cases:
        need = routing.Need(last_served_by=case.customer.served_by_id, skill=case.skill)
        decision = routing.choose(need, people.values())
        if isinstance(decision, routing.Assign):
            _own(case, decision.consultant_id, decision.reason)
            taker = people[decision.consultant_id]
            people[taker.id] = replace(taker, holding=taker.holding + 1)
            record([Fact("case.assigned", case.pk, taker.id)], now=now)
    return len(cases)


def _refuse_others(case: Case, author_id: int) -> None:
    held = Turn.objects.filter(case=case, given_to__is_active=True).exclude(given_to=author_id)
    turn = held.select_related("given_to").first()
    if turn and turn.given_to and not Staff.objects.get(pk=author_id).leads:
        raise InOthersHands(turn.given_to)


def _own(case: Case, staff_id: int, reason: str) -> None:
    if not Staff.objects.filter(pk=staff_id, is_active=True).exists():
        raise NotOnTheDesk
    case.owner_id, case.owner_reason = staff_id, reason
    case.save(update_fields=["owner", "owner_reason"])
