"""A rearrangement is taken back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext_noop

from samehand.cases.actions.offering.following import follow_messages, tell_apart
from samehand.cases.actions.rearranging.changes import hold, keep, newest, restore, settle, state, tell, was
from samehand.cases.models import Case, Message, Rearrangement
from samehand.cases.queries import unanswered
from samehand.cases.rearranged import involving
from samehand.people.actions.joining import give_back
from samehand.people.models import ContactPoint, Customer


class CannotBeUndone(Exception):
    """What happened since makes it impossible; the sentence says what."""


@transaction.atomic
def undo(*, rearrangement_id: int, author_id: int, now: datetime) -> Rearrangement:
    """The messages lie again where they lay, and the cases stand as they stood, but for what came since."""
    done = Rearrangement.objects.get(pk=rearrangement_id)
    case, into = done.case, done.into = hold(done.case_id, done.into_id)
    done.refresh_from_db(fields=["undone_at"])
    _refuse(done)
    untouched = state(case, into) == done.after["cases"] and newest(case, into) == done.after["newest"]
    back = done.moved
    if done.kind == Rearrangement.Kind.SPLIT:
        # What came since came to the part that was split off, and goes with it.
        back = list(into.messages.values_list("pk", flat=True))
    Message.objects.filter(pk__in=back).update(case=case)
    _give_back(done)
    follow_messages(back)
    _settle(done, untouched=untouched)
    keep(case, into)
    done.undone_at, done.undone_by_id = now, author_id
    done.save(update_fields=["undone_at", "undone_by"])
    tell("case.undone", done, author_id, now)
    return done


def _refuse(done: Rearrangement) -> None:
    if done.undone_at:
        raise CannotBeUndone(gettext_noop("Not undone: somebody has undone it already."))
    later = Rearrangement.objects.filter(involving(done.case, done.into), pk__gt=done.pk, undone_at=None)
    if later.exists():
        raise CannotBeUndone(gettext_noop("Not undone: one of the cases was rearranged again since. Undo that first."))
    moved = Message.objects.filter(pk__in=done.moved)
    if moved.exclude(case=done.into).exists():
        raise CannotBeUndone(gettext_noop("Not undone: some of these messages lie elsewhere now."))
    answered = moved.filter(answer__at__gte=done.at, answer__case=done.into).exclude(answer__in=done.moved)
    if done.kind != Rearrangement.Kind.SPLIT and answered.exists():
        raise CannotBeUndone(
            gettext_noop("Not undone: what was moved has been answered there since. Move single messages instead.")
        )


def _give_back(done: Rearrangement) -> None:
    """Marks, addresses and the cases that followed."""
    before, into = done.before, done.into
    for mark in (True, False):
        ids = [int(pk) for pk, was_marked in before.get("marks", {}).items() if was_marked is mark]
        Message.objects.filter(pk__in=ids).update(third_party=mark)
    Case.objects.filter(pk__in=before.get("followers", ()), merged_into=into).update(merged_into=done.case)
    if people := before.get("people"):
        give_back(points=people["points"], customer_id=people["customer"], from_id=into.customer_id)
        Case.objects.filter(pk__in=people["cases"], customer=into.customer_id).update(customer=people["customer"])
        _tell_apart(into.customer, people["customer"], done.after["newest"] or 0)
        tell_apart(offers=people.get("offers", ()), customer_id=people["customer"], from_id=into.customer_id)


def _tell_apart(customer: Customer, other_id: int, newest: int) -> None:
    """What came while two counted as one person: cases in which only the other one wrote are his; where both did, his
    words and ours to him are marked as somebody else's."""
    hers, his = _addresses(customer.pk), _addresses(other_id)
    since = Message.objects.filter(case__customer=customer, pk__gt=newest)
    came = since.filter(direction=Message.Direction.IN, from_address__in=his)
    cases = set(came.values_list("case", flat=True))
    both = Message.objects.filter(case__in=cases, direction=Message.Direction.IN, from_address__in=hers)
    shared = set(both.values_list("case", flat=True))
    sent = since.filter(case__in=shared, direction=Message.Direction.OUT).values_list("pk", "to")
    marked = [*came.values_list("pk", flat=True), *(pk for pk, to in sent if his & set(to))]
    Message.objects.filter(pk__in=marked, case__in=shared).update(third_party=True)
    Case.objects.filter(pk__in=cases - shared).update(customer=other_id)


def _addresses(customer_id: int) -> set[str]:
    return set(ContactPoint.objects.filter(customer=customer_id).values_list("value", flat=True))


def _settle(done: Rearrangement, *, untouched: bool) -> None:
    """As they stood, when nothing happened since; else as their messages say."""
    case, into, before = done.case, done.into, done.before["cases"]
    if done.kind == Rearrangement.Kind.SPLIT:
        into.status, into.merged_into, into.due_at = Case.Status.MERGED, case, None
    elif untouched:
        restore(into, before[str(into.pk)])
    else:
        settle(into, was(into))
    if untouched or done.kind == Rearrangement.Kind.MERGE:
        restore(case, before[str(case.pk)])
        # A customer who chose to wait meanwhile has moved her promises.
        case.due_at = unanswered(case).aggregate(due=Min("due_at"))["due"]
    else:
        settle(case, (case.status,))
