"""Reading who is away and when she is back, and which customers wait for somebody by their own choice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from samehand.cases.models import Case, Message, Post, Turn
from samehand.cases.queries import unanswered
from samehand.core import returning
from samehand.core.days import Day
from samehand.core.intervals import Spans, without
from samehand.core.returning import FAR, Return
from samehand.people import queries as people
from samehand.people.models import Staff
from samehand.people.rostering.at_work import at_work

# Longer than what anybody is told of, because a shift may begin then.
LOOKS_AHEAD = FAR + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Offer:
    """The owner is away and `back` then; until `due_at` somebody else answers. `knows` is a colleague on shift who has
    answered in this case (`wrote`) or this customer before; `answers`: the case lies in that colleague's hands."""

    owner: Staff
    back: Return
    due_at: datetime
    knows: Staff | None
    answers: bool
    wrote: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """The customer waits for the owner, who answers by `due_at` and is back `back_at`, when that is told."""

    owner: Staff
    due_at: datetime
    back_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """`away`: the owner is not there. `ended` says why a waiting is over: "taken_back", "absent", "moved"."""

    offer: Offer | None = None
    chosen: Chosen | None = None
    away: bool = False
    ended: str = ""


def asked(case: Case) -> QuerySet[Message]:
    """What the customer herself waits for: her choice moves nobody else's promises."""
    return unanswered(case).filter(third_party=False).exclude(trust="forged")


def standing(case: Case, now: datetime) -> Standing:
    """How it stands with the owner of a case that waits, where customers may choose."""
    row = people.service_hours()
    if not row.customers_may_wait or case.owner is None:
        return Standing(chosen=_chosen(case, None))
    present = at_work_of(case.owner_id, now)
    back = returning.back(present, *people.calendar(now, row), now)
    away = not case.owner.is_active or not returning.is_there(present, now)
    if chosen := _chosen(case, back if away else None):
        return Standing(chosen=chosen, away=away)
    return Standing(offer=_offer(case, back, now) if away else None, away=away, ended=_ended(case))


def offer_of(case: Case, now: datetime) -> Offer | None:
    """What the customer may choose now; None when there is nothing to choose or the operator does not offer it."""
    return standing(case, now).offer


def chosen_of(case: Case) -> Chosen | None:
    """For the desk: for whom the customer waits, whatever the operator offers now."""
    return _chosen(case, None)


def _offer(case: Case, back: Return | None, now: datetime) -> Offer | None:
    due_at = asked(case).order_by("due_at").values_list("due_at", flat=True).first()
    if case.owner is None or not case.owner.is_active or due_at is None or back is None:
        return None
    if not returning.may_choose(due_at, back, now):
        return None
    holder = Turn.objects.filter(case=case, given_to__isnull=False).exclude(given_to=case.owner).first()
    if holder:
        return Offer(case.owner, back, due_at, holder.given_to, answers=True, wrote=False)
    person, wrote = _knows(case, now)
    return Offer(case.owner, back, due_at, person, answers=False, wrote=wrote)


def _chosen(case: Case, back: Return | None) -> Chosen | None:
    # Without their texts, which may be megabytes.
    short = waiting(asked(case)).only("due_at", "waits_for__first_name").select_related("waits_for")
    waits = short.order_by("due_at").first()
    if waits is None or waits.waits_for is None or waits.due_at is None:
        return None
    return Chosen(waits.waits_for, waits.due_at, back.at if back else None)


def _ended(case: Case) -> str:
    ended = asked(case).exclude(choice_ended="").order_by("-id")
    return ended.values_list("choice_ended", flat=True).first() or ""


def waiting(messages: QuerySet[Message]) -> QuerySet[Message]:
    """Those of the messages whose customers wait for somebody by their own choice."""
    unsettled = {"answered_at__isnull": True, "waived_at__isnull": True}
    return messages.filter(waits_for__isnull=False, **unsettled)


def at_work_of(staff_id: int | None, now: datetime) -> Spans[datetime]:
    """When she is at work, as far as is known now: by the roster, and by whether she came today."""
    if staff_id is None:
        return ()
    present = at_work(staff_id, now, now + LOOKS_AHEAD)
    missing = Post.objects.filter(consultant=staff_id, on_duty=False).values_list("absent_on", flat=True).first()
    if missing is None:
        return present
    day = Day(missing, people.hours(now).tz)
    return without(present, [(day.starts, day.ends)])


def _knows(case: Case, now: datetime) -> tuple[Staff | None, bool]:
    """A colleague on shift who has answered in this case (True), else one who has answered this customer before."""
    wrote = Message.objects.filter(author=OuterRef("pk"), direction=Message.Direction.OUT, auto_submitted=False)
    here = people.on_shift(now).exclude(pk=case.owner_id or 0)
    for among, in_case in ((wrote.filter(case=case), True), (wrote.filter(case__customer=case.customer_id), False)):
        if person := here.filter(Exists(among)).order_by("pk").first():
            return person, in_case
    return None, False
