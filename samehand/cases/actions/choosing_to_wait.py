"""A customer chooses to wait for the owner of her case who is away; her promise moves, and is counted apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from django.db import transaction
from django.db.models import Min
from django.db.models.functions import Coalesce

from samehand.cases.actions.dispatching import keep_for_owner, let_go
from samehand.cases.actions.locking import locked
from samehand.cases.models import Case, Message, Turn
from samehand.cases.queries import unanswered
from samehand.cases.waiting_for import Offer, asked, at_work_of, offer_of, waiting
from samehand.core import returning
from samehand.lib.events import Fact, record
from samehand.lib.models import Event
from samehand.people import queries as people

CHANGES_AN_HOUR = 10
WAITS, ENDS = "case.waits_for_owner", "case.waits_no_more"
Ended = Literal["taken_back", "absent", "moved"]


class NothingToWaitFor(Exception):
    """Everything that the customer asked has been answered, or the case was closed."""


class NotOffered(Exception):
    """There is no choice (any more): the owner is back, or it is too late for it, or nobody is to choose."""


class OfferChanged(Exception):
    """The owner is back at another time than the customer was told; `offer` says when."""

    def __init__(self, offer: Offer) -> None:
        super().__init__("The owner is back at another time now.")
        self.offer = offer


class ChangedTooOften(Exception):
    """The customer has changed her mind more often than anybody needs to."""


@transaction.atomic
def wait_for_owner(*, case_id: int, until: datetime, now: datetime) -> None:
    """The customer waits for the owner, who answers by `until`, as she was told. Choosing twice is choosing once."""
    case = _held(case_id)
    mine = asked(case)
    if waiting(mine).filter(due_at=until).exists() and not mine.filter(waits_for=None).exists():
        return
    offer = offer_of(case, now)
    if offer is None:
        raise NotOffered
    if offer.back.due != until:
        raise OfferChanged(offer)
    _refuse_too_often(case, now)
    ids = list(mine.values_list("pk", flat=True))
    Message.objects.filter(pk__in=ids).update(
        due_before_choice=Coalesce("due_before_choice", "due_at"), due_at=until, waits_for=offer.owner, choice_ended=""
    )
    _reckon(case)
    record([Fact(WAITS, case.pk, case.owner_id, _told(case, until=until.isoformat()))], now=now)
    keep_for_owner(message_ids=ids, until=until, now=now)


@transaction.atomic
def wait_no_more(*, case_id: int, now: datetime) -> None:
    """The customer takes her choice back: somebody else may answer."""
    case = _held(case_id)
    if waiting(asked(case)).exists():
        _refuse_too_often(case, now)
        _end(case, "taken_back", now)


@transaction.atomic
def end_choices(*, now: datetime, staff_id: int | None = None, case_id: int | None = None) -> int:
    """Where she for whom somebody waits does not come in time after all, or no longer holds the case, the waiting ends
    by itself; returns in how many cases. With `staff_id` or `case_id` only those are looked at."""
    waits = waiting(Message.objects.filter(due_at__gt=now))
    waits = waits.filter(waits_for=staff_id) if staff_id else waits
    waits = waits.filter(case=case_id) if case_id else waits
    # All held before any is given on: whoever hands out waits for nobody's case.
    held = Case.objects.filter(pk__in=set(waits.values_list("case_id", flat=True))).order_by("id")
    cases = list(held.select_for_update(of=("self",), no_key=True).select_related("owner", "customer"))
    return sum(_end_if_over(case, now) for case in cases)


def _end_if_over(case: Case, now: datetime) -> bool:
    one = waiting(case.messages.all()).order_by("due_at").first()
    if one is None or one.due_at is None:
        return False
    if one.waits_for_id != case.owner_id:
        return _end(case, "moved", now)
    return not _comes(case, one.due_at, now) and _end(case, "absent", now)


def carry_on(*, messages: Sequence[Message], now: datetime) -> None:
    """What the customer adds while she waits is waited for as well. Part of the transaction that filed it."""
    mine = [one for one in messages if one.due_at and not one.third_party and one.trust != "forged"]
    waits = waiting(Message.objects.filter(case__in={one.case_id for one in mine}, due_at__gt=now))
    for earlier in waits.order_by("case_id", "due_at").distinct("case_id") if mine else ():
        for one in mine:
            if one.case_id == earlier.case_id and one.due_at and earlier.due_at:
                one.due_before_choice, one.due_at = one.due_at, max(one.due_at, earlier.due_at)
                one.waits_for_id = earlier.waits_for_id
                one.save(update_fields=["due_before_choice", "due_at", "waits_for"])
        _reckon(Case.objects.get(pk=earlier.case_id))


def _held(case_id: int) -> Case:
    case = locked(case_id)
    if not asked(case).exists():
        raise NothingToWaitFor
    return case


def _comes(case: Case, due_at: datetime, now: datetime) -> bool:
    if case.owner is None or not case.owner.is_active:
        return False
    present = at_work_of(case.owner_id, now)
    back = returning.back(present, *people.calendar(now), now)
    return returning.still_comes(due_at, present, back, now)


def _end(case: Case, why: Ended, now: datetime) -> bool:
    """The promise is what it would be had she asked now, yet not earlier than at first nor later than by her choice."""
    hours, terms = people.calendar(now)
    for message in waiting(case.messages.all()):
        assert message.due_at
        before = message.due_before_choice or message.due_at
        message.due_at = returning.resumed(before, message.due_at, hours, terms, now)
        # As if she had never chosen: then it is a promise like all others again.
        message.due_before_choice = None if message.due_at == before else before
        message.waits_for, message.choice_ended = None, why
        message.save(update_fields=["due_at", "due_before_choice", "waits_for", "choice_ended"])
    _reckon(case)
    record([Fact(ENDS, case.pk, case.owner_id, _told(case, why=why))], now=now)
    if why == "moved":
        # Whoever moved it keeps it for its new owner.
        Turn.objects.filter(case=case, given_to=None).update(due_at=case.due_at)
    elif case.due_at:
        let_go(case=case, due_at=case.due_at, now=now)
    return True


def _reckon(case: Case) -> None:
    case.due_at = unanswered(case).aggregate(due=Min("due_at"))["due"]
    case.save(update_fields=["due_at"])


def _refuse_too_often(case: Case, now: datetime) -> None:
    lately = Event.objects.filter(case_id=case.pk, kind__in=(WAITS, ENDS), at__gt=now - timedelta(hours=1))
    if lately.count() >= CHANGES_AN_HOUR:
        raise ChangedTooOften


def _told(case: Case, **data: str) -> dict[str, object]:
    return {"customer": case.customer_id, **data}
