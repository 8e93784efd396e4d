"""An answer came back: it is shown on that answer, its promise opens again, and a dead address is marked.

A bounce is believed only when it proves which answer it speaks of: it came to the address that we signed for that
answer's bounces, or holds its signed Message-ID. Whoever can forge that has had our answer in his hands, and gains no
more by it than an open promise: a Message-ID is seen by all who get a copy, so it alone does not make an address dead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from samehand.cases.actions.promising import reopen_promise
from samehand.cases.keys import signer
from samehand.cases.models import Delivery, Message, RawArrival
from samehand.core.arrivals import Arrival, Notice
from samehand.core.refusals import WITHIN, marks_address
from samehand.lib.events import Fact, record
from samehand.people.actions.reaching import mark_undeliverable

# No other try is on its way, of which the bounce could not tell. A bounce may be faster than our own note that the
# server took the answer, which is out since it was handed over.
_OUT = Q(state__in=(Delivery.State.SENT, Delivery.State.UNCONFIRMED)) | Q(
    state=Delivery.State.SENDING, handed_over_at__isnull=False
)


def answers_spoken_of(batch: Sequence[tuple[RawArrival, Arrival]]) -> dict[int, Message]:
    """Which of our answers each bounce of the batch proves to speak of, by the arrival's id."""
    numbers: dict[int, int] = {}
    ids: dict[int, list[str]] = {}
    for row, arrival in batch:
        if arrival.notice:
            numbers[row.pk] = _number_of_address(row, arrival)
            ids[row.pk] = [mid for mid in _named_ids(arrival) if signer().case_of_message_id(mid)]
    if not numbers:
        return {}
    by_number = _answers().in_bulk(set(numbers.values()))
    named = {mid for several in ids.values() for mid in several}
    by_id = {answer.message_id: answer for answer in _answers().filter(message_id__in=named).exclude(message_id="")}
    spoken = {pk: by_number.get(numbers[pk]) or _first(by_id, ids[pk]) for pk in numbers}
    return {pk: answer for pk, answer in spoken.items() if answer}


def _number_of_address(row: RawArrival, arrival: Arrival) -> int:
    """Of the answer whose own address for bounces it came to; 0 for none."""
    more = arrival.notice.envelope_ids if arrival.notice else ()
    found = (signer().message_of_bounce(one) for one in (*row.envelope.get("recipients", ()), *arrival.to, *more))
    return next((number for number in found if number is not None), 0)


def _answers() -> QuerySet[Message]:
    return Message.objects.filter(direction=Message.Direction.OUT).select_related("case")


def _named_ids(arrival: Arrival) -> Iterable[str]:
    notice = arrival.notice or Notice(failed=False, hard=False)
    return (*notice.message_ids, arrival.in_reply_to, *reversed(arrival.references))


def _first(by_id: dict[str, Message], ids: Sequence[str]) -> Message | None:
    return next((by_id[mid] for mid in ids if mid in by_id), None)


def came_back(*, answer: Message, row: RawArrival, arrival: Arrival, now: datetime) -> set[int]:
    """The answer did not arrive, or is late; part of the caller's transaction, which holds the case. Returns the cases
    that may wait again."""
    reopened: set[int] = set()
    notice, delivery = arrival.notice, Delivery.objects.filter(_OUT, message=answer).first()
    if not notice or not delivery or _of_another(answer, delivery, arrival.bounce_recipients):
        return reopened
    if notice.failed:
        _settle(delivery, notice, now)
        reopened = reopen_promise(answer)
        # Where it was forwarded to somebody's dead mailbox, his own one lives.
        if delivery.recipient in (arrival.bounce_recipients or (delivery.recipient,)):
            strike(delivery, now, surely=_number_of_address(row, arrival) == answer.pk)
    else:
        Delivery.objects.filter(pk=delivery.pk).update(late_at=now, response=notice.words)
    data = {"message": answer.pk, "failed": notice.failed}
    record([Fact("delivery.bounced", answer.case_id, answer.case.owner_id, data)], now=now)
    return reopened


def _of_another(answer: Message, delivery: Delivery, recipients: Sequence[str]) -> bool:
    """Only a copy did not arrive."""
    return delivery.recipient not in recipients and bool(set(recipients) & set(answer.cc))


def _settle(delivery: Delivery, notice: Notice, now: datetime) -> None:
    delivery.state, delivery.came_back_at, delivery.next_try_at = Delivery.State.REFUSED, now, None
    delivery.response, delivery.reason, delivery.hard = notice.words, notice.reason, notice.hard
    delivery.settled_at = now
    delivery.save(update_fields=["state", "came_back_at", "next_try_at", "response", "reason", "hard", "settled_at"])


def strike(delivery: Delivery, now: datetime, *, surely: bool = True) -> None:
    """Count a refusal for good against the address; when it is one too many, the address is marked. What is not sure
    is never enough alone."""
    if not delivery.hard:
        return
    earlier = Delivery.objects.filter(recipient=delivery.recipient, hard=True, queued_at__gt=now - WITHIN)
    if marks_address(delivery.reason if surely else "", earlier.exclude(pk=delivery.pk).count() + 1):
        mark_undeliverable(address=delivery.recipient, reason=delivery.reason, now=now)
