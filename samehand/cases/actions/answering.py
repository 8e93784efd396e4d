"""A consultant answers, notes, closes and opens a case again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Min, QuerySet

from samehand.cases import queries
from samehand.cases.actions.dispatching import answered, settle
from samehand.cases.actions.locking import locked, locked_case_of
from samehand.cases.actions.offering.naming import guess_problem
from samehand.cases.actions.offering.sending import (
    AlreadyFailed,
    Met,
    offered_by,
    prevent,
    refuse_failed,
    refuse_failed_since,
)
from samehand.cases.actions.writing import NothingToSend, Offering, written
from samehand.cases.jobs import send_soon
from samehand.cases.models import Case, Delivery, Message
from samehand.cases.recipients import CUSTOMER, recipient_for
from samehand.core.dispatches import File
from samehand.core.masking import preview
from samehand.lib.events import Fact, record
from samehand.people.models import Customer, Staff


class AlreadyAnswered(Exception):
    """Something came or went in the case since the writer last looked; `newer` holds it."""

    def __init__(self, newer: list[Message]) -> None:
        super().__init__("Somebody wrote in this case in the meantime.")
        self.newer = newer


def reply(
    *,
    case_id: int,
    author_id: int,
    text: str,
    seen: int,
    now: datetime,
    solve: bool = False,
    files: Sequence[File] = (),
    sender: str = "",
    to: str = "",
    more_follows: bool = False,
    inserted: Collection[int] = (),
    in_spite_of: str = "",
) -> Message:
    """The consultant's answer is kept, put in line for delivery, and keeps the promises of all that was asked.

    `seen` is the id of the newest message that the author had before her eyes; `sender` the address of ours that it
    leaves from, when it is not to be the one that the customer wrote to; `to` one of the case's recipients, when it is
    not to be the customer's own address. With `more_follows` it is a first word: the promise is kept, and the author
    goes on with the case. `inserted` are solutions that the composer put in; `in_spite_of` says why something is
    offered that had failed. Raises AlreadyFailed without such a reason: that it was kept from the customer stays known.
    """
    answer = _Answer(author_id, text, solve, files, sender, to, more_follows, inserted, in_spite_of.strip())
    try:
        return _reply(case_id, seen, answer, now)
    except AlreadyFailed as failed:
        # Written down when all else is undone.
        prevent(case_id=case_id, met=failed.met, by_id=author_id, now=now)
        raise


@dataclass(frozen=True, slots=True)
class _Answer:
    """What `reply` was given; `reason` is why something is offered in spite of its failure."""

    author_id: int
    text: str
    solve: bool
    files: Sequence[File]
    sender: str
    to: str
    more_follows: bool
    inserted: Collection[int]
    reason: str


@transaction.atomic
def _reply(case_id: int, seen: int, answer: _Answer, now: datetime) -> Message:
    case = locked(case_id)
    _refuse_unseen(case, seen)
    message = _written(case, answer, now)
    Delivery.objects.create(message=message, recipient=message.to[0], queued_at=now, next_try_at=now)
    send_soon(message.pk)
    _answered_by(message).update(answered_at=now, answer=message)
    Customer.objects.filter(pk=case.customer_id).update(served_by=answer.author_id, served_at=now)
    if case.owner_id is None:
        case.owner_id, case.owner_reason = answer.author_id, "taken"
    _settle(case, Case.Status.OPEN if queries.unanswered(case).exists() else _left_in(answer), now, said=answer.text)
    more_follows = answer.more_follows
    data = {"message": message.pk, "by": answer.author_id, "more_follows": more_follows}
    record([Fact("case.answered", case_id, case.owner_id, data)], now=now)
    still_asked = case.due_at is not None
    answered(case=case, author_id=answer.author_id, more_follows=more_follows, still_asked=still_asked, now=now)
    return message


def _written(case: Case, answer: _Answer, now: datetime) -> Message:
    """The answer's bytes; the ledger is the customer's: what is written to somebody else is not held against it."""
    recipient = recipient_for(case, answer.to)
    offering: Offering | None = None
    met: list[Met] = []
    if recipient and recipient.kind == CUSTOMER:
        guess_problem(case)
        met = refuse_failed(case, answer.text, answer.inserted, answer.reason, now)
        offering = partial(offered_by, inserted=answer.inserted, met=met, reason=answer.reason)
    author = Staff.objects.get(pk=answer.author_id)
    message = written(
        case, author, answer.text, recipient, files=answer.files, sender=answer.sender, offering=offering, now=now
    )
    if met:
        prevent(case_id=case.pk, met=met, by_id=author.pk, now=now, reason=answer.reason)
    return message


def _left_in(answer: _Answer) -> str:
    if answer.more_follows:
        return Case.Status.OPEN
    return Case.Status.SOLVED if answer.solve else Case.Status.WAITING


def _answered_by(message: Message) -> QuerySet[Message]:
    """All that was asked; what is written to a participant answers nobody but him."""
    asked = queries.unanswered(message.case)
    is_participants = message.case.participants.filter(address=message.to[0]).exists()
    return asked.filter(from_address=message.to[0]) if is_participants else asked


def _refuse_unseen(case: Case, seen: int) -> None:
    newer = case.messages.filter(pk__gt=seen).exclude(direction=Message.Direction.NOTE)
    # A receipt of ours says nothing that its reader would not know.
    newer = newer.exclude(direction=Message.Direction.OUT, auto_submitted=True)
    if found := list(newer.select_related("author")):
        raise AlreadyAnswered(found)


@transaction.atomic
def note(*, case_id: int, author_id: int, text: str, now: datetime) -> Message:
    """A word for colleagues; the customer never sees it."""
    case = locked(case_id)
    if not (text := text.replace("\x00", "").strip()):
        raise NothingToSend("Write something first.")
    message = Message.objects.create(
        case=case, direction=Message.Direction.NOTE, channel="desk", author_id=author_id, at=now, text=text,
        reply_text=text,
    )  # fmt: skip
    record([Fact("case.noted", case_id, case.owner_id, {"message": message.pk, "by": author_id})], now=now)
    return message


@transaction.atomic
def solve(*, case_id: int, author_id: int, seen: int, now: datetime) -> None:
    """The case is closed; what was not answered needed no answer, and counts neither as kept nor as broken.

    Nobody closes what she has not `seen`, the id of the newest message before her eyes.
    """
    case = locked(case_id)
    _refuse_unseen(case, seen)
    queries.unanswered(case).update(waived_at=now)
    _settle(case, Case.Status.SOLVED, now)
    record([Fact("case.solved", case_id, case.owner_id, {"by": author_id})], now=now)
    settle(case_ids=[case_id], now=now)


@transaction.atomic
def reopen(*, case_id: int, author_id: int, now: datetime) -> None:
    """A closed case is worked on again; messages that were waived since our last answer wait once more."""
    case = locked(case_id)
    answers = case.messages.filter(direction=Message.Direction.OUT, auto_submitted=False)
    last = answers.order_by("-at").values_list("at", flat=True).first()
    # What came before our last answer has been answered since, whatever was said of it then.
    waived = case.messages.filter(waived_at__isnull=False)
    (waived.filter(at__gt=last) if last else waived).update(waived_at=None)
    _settle(case, Case.Status.OPEN, now)
    record([Fact("case.reopened", case_id, case.owner_id, {"by": author_id})], now=now)
    settle(case_ids=[case_id], now=now)


def send_again(*, message_id: int, author_id: int, now: datetime) -> None:
    """A person decides that an answer which was refused, or may have been lost, goes out once more, unchanged.

    From now on it answers again what it was written for, until it is refused once more. Raises AlreadyFailed when what
    it offers did not help meanwhile.
    """
    try:
        _send_again(message_id, author_id, now)
    except AlreadyFailed as failed:
        prevent(case_id=failed.case_id, met=failed.met, by_id=author_id, now=now)
        raise


@transaction.atomic
def _send_again(message_id: int, author_id: int, now: datetime) -> None:
    message = Message.objects.select_related("case").get(pk=message_id)
    case = locked_case_of(message)
    state = Delivery.State
    stuck = (state.REFUSED, state.UNCONFIRMED, state.DELAYED, state.CANCELLED)
    again = Delivery.objects.filter(message=message, state__in=stuck)
    if again.exists():
        refuse_failed_since(case, message, now)
    if again.update(
        state=state.QUEUED,
        queued_at=now,
        next_try_at=now,
        attempts=0,
        handed_over_at=None,
        settled_at=None,
        came_back_at=None,
        late_at=None,
        held=False,
    ):
        send_soon(message_id)
        queries.unanswered(case).filter(at__lte=message.at).update(answered_at=now, answer=message)
        answered = not queries.unanswered(case).exists()
        _settle(case, Case.Status.WAITING if answered and case.status == Case.Status.OPEN else case.status, now)
        record([Fact("delivery.changed", case.pk, case.owner_id, {"message": message_id, "by": author_id})], now=now)
        settle(case_ids=[case.pk], now=now)


def _settle(case: Case, status: str, now: datetime, *, said: str = "") -> None:
    case.status, case.touched_at = status, max(now, case.touched_at)
    case.preview = preview(said) or case.preview
    case.due_at = queries.unanswered(case).aggregate(due=Min("due_at"))["due"]
    case.save(update_fields=["status", "touched_at", "preview", "due_at", "owner", "owner_reason"])
