"""A promise that an answer had kept, and that waits again."""

from __future__ import annotations

from django.db.models import Min

from samehand.cases import queries
from samehand.cases.models import Case, Delivery, Message


def reopen_promise(answer: Message) -> set[int]:
    """An answer that never arrived keeps no promise: what it answered waits again, unless another answer stands.
    Returns the cases, which are held now, for `dispatching.settle`."""
    asked = set(Message.objects.filter(answer=answer).values_list("case_id", flat=True))
    # A question does not always lie where its answer does: one of the two may have been moved since.
    reopened = {answer.case_id, *asked}
    for case_id in sorted(reopened):
        _reopen(Case.objects.select_for_update(no_key=True).get(pk=case_id), answer)
    return reopened


def _reopen(case: Case, answer: Message) -> None:
    written = case.messages.filter(direction=Message.Direction.OUT, auto_submitted=False)
    arrived = written.exclude(delivery__state__in=Delivery.NEVER_ARRIVED)
    for asked in case.messages.filter(answer=answer):
        other = arrived.filter(at__gte=asked.at).exclude(pk=answer.pk).order_by("at", "id").first()
        asked.answer, asked.answered_at = other, other.at if other else None
        asked.save(update_fields=["answer", "answered_at"])
    case.due_at = queries.unanswered(case).aggregate(due=Min("due_at"))["due"]
    if case.due_at:
        case.status = Case.Status.OPEN
    case.save(update_fields=["due_at", "status"])
