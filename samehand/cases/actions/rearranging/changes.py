"""What joining, splitting, moving and undoing have in common: two cases held, messages carried over, both settled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.db.models.functions import Left
from django.utils.dateparse import parse_datetime

from samehand.cases.actions.dispatching import settle as settle_turns
from samehand.cases.actions.locking import Joined, hold_filing
from samehand.cases.actions.offering.following import follow_messages
from samehand.cases.models import Case, Message, Rearrangement
from samehand.core.masking import preview
from samehand.core.standing import Said, stand
from samehand.lib.events import Fact, record
from samehand.people.models import ContactPoint, Customer

STATE = (
    "status", "owner_id", "owner_reason", "preview", "opened_at", "touched_at", "due_at", "merged_into_id",
    "maybe_case_id", "maybe_why",
)  # fmt: skip
TOLD = {"merge": "case.merged", "split": "case.split", "move": "case.moved"}
MOMENTS = ("opened_at", "touched_at", "due_at")


class SameCase(Exception):
    """A case cannot be joined with itself."""


class NothingToMove(Exception):
    """None of these messages lies in the case (any more)."""


def hold(*case_ids: int) -> list[Case]:
    """The cases in the given order, locked in the order of their ids, while nothing is filed."""
    if len(set(case_ids)) < len(case_ids):
        raise SameCase
    hold_filing()
    rows = Case.objects.select_for_update(no_key=True).order_by("id")
    held = {case.pk: case for case in rows.filter(pk__in=case_ids)}
    if len(held) < len(case_ids):
        raise Case.DoesNotExist
    return [held[case_id] for case_id in case_ids]


def refuse_joined(*cases: Case) -> None:
    if any(case.merged_into_id for case in cases):
        raise Joined


def state(*cases: Case) -> dict[str, dict[str, Any]]:
    """The columns that a rearrangement changes, as JSON has them."""
    return {str(case.pk): {name: _plain(getattr(case, name)) for name in STATE} for case in cases}


def restore(case: Case, kept: dict[str, Any]) -> None:
    for name in STATE:
        value = kept[name]
        setattr(case, name, parse_datetime(value) if value and name in MOMENTS else value)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def carry(ids: Collection[int], case: Case, into: Case, *, also: Collection[int] = ()) -> dict[str, bool]:
    """Put the messages from the one case into the other; when that is another customer's, mark in them (and in `also`)
    who is not that one. Returns how the messages were marked whose mark changes."""
    Message.objects.filter(pk__in=ids).update(case=into)
    if case.customer_id == into.customer_id:
        follow_messages(ids)
        return {}
    own = set(ContactPoint.objects.filter(customer=into.customer_id).values_list("value", flat=True))
    rows = Message.objects.filter(pk__in={*ids, *also}).exclude(direction=Message.Direction.NOTE)
    changed = {row: _by_another(row, into.customer, own) for row in rows.only(*_WRITER)}
    changed = {row: other for row, other in changed.items() if other != row.third_party}
    for other in (True, False):
        Message.objects.filter(pk__in=[row.pk for row, mark in changed.items() if mark is other]).update(
            third_party=other
        )
    follow_messages(ids)
    return {str(row.pk): row.third_party for row in changed}


_WRITER = ("direction", "from_address", "to", "trust", "third_party")


def _by_another(message: Message, customer: Customer, own: set[str]) -> bool:
    """Whether the customer of a case must neither answer for the message nor read it on her page."""
    if message.direction == Message.Direction.OUT:
        return own.isdisjoint(message.to)
    if customer.claimed_address:
        return message.from_address != customer.claimed_address
    return message.trust == "forged" or message.from_address not in own


def said(case: Case) -> list[Said]:
    columns = ("pk", "at", "direction", "due_at", "answered_at", "waived_at", "auto_submitted")
    return [
        Said(pk, at, direction, due_at, settled=bool(answered_at or waived_at), robot=robot)
        for pk, at, direction, due_at, answered_at, waived_at, robot in case.messages.values_list(*columns)
    ]


def settle(case: Case, was: Iterable[str]) -> None:
    """The case's own columns, from the messages that lie in it now."""
    standing = stand(said(case), tuple(was))
    if standing is None:
        return
    case.status, case.due_at = standing.status, standing.due_at
    case.opened_at, case.touched_at = standing.opened_at, standing.touched_at
    if standing.speaks:
        spoken = case.messages.filter(pk=standing.speaks)
        own, whole = spoken.values_list(Left("reply_text", 2000), Left("text", 2000))[0]
        case.preview = preview(own or whole)


def was(case: Case) -> tuple[str, ...]:
    """What a case that loses messages goes on to be: one that was open for what it loses is asked anew."""
    return () if case.status == Case.Status.OPEN and case.due_at else (case.status,)


def keep(*cases: Case) -> None:
    for case in cases:
        case.save(update_fields=STATE)


def written_down(
    kind: str, case: Case, into: Case, moved: Sequence[int], before: dict[str, Any], author_id: int, now: datetime
) -> Rearrangement:
    """The record by which it can be undone, and the events by which every screen learns of it."""
    done = Rearrangement.objects.create(
        kind=kind, case=case, into=into, author_id=author_id, at=now, moved=list(moved), before=before,
        after={"cases": state(case, into), "newest": newest(case, into)},
    )  # fmt: skip
    tell(TOLD[kind], done, author_id, now)
    return done


def tell(kind: str, done: Rearrangement, author_id: int, now: datetime) -> None:
    data = {"by": author_id, "rearrangement": done.pk}
    record(
        [Fact(kind, case.pk, case.owner_id, {**data, "customer": case.customer_id}) for case in (done.case, done.into)],
        now=now,
    )
    settle_turns(case_ids=[done.case_id, done.into_id], now=now)


def newest(*cases: Case) -> int | None:
    newest: int | None = Message.objects.filter(case__in=cases).aggregate(newest=Max("pk"))["newest"]
    return newest
