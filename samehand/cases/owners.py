"""Whose customers wait for whom; where mails are handed out, what is held for her and what she does now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Max, Min, Q
from django.db.models.functions import Coalesce

from samehand.cases.actions.dispatching.table import rules_of
from samehand.cases.models import Case, Turn
from samehand.cases.presence import Present, presence
from samehand.core.promises import Terms
from samehand.core.routing.waiting import KEPT
from samehand.people.models import ServiceHours, Shift, Staff
from samehand.people.queries import on_shift, service_hours


@dataclass(frozen=True, slots=True)
class Held:
    """Mails that nobody has yet because they are held for one person: the first of them goes to others at `until`
    at the latest, the last at `last`; beside them `only` for her, whatever the time."""

    held: int = 0
    until: datetime | None = None
    last: datetime | None = None
    only: int = 0


@dataclass(frozen=True, slots=True)
class Owner:
    """How many cases wait for this person (None: for nobody yet). `present` says what she does, where mails are handed
    out; elsewhere the roster says whether she is here."""

    person: Staff | None
    here: bool
    until: datetime | None
    waiting: int = 0
    at_risk: int = 0
    broken: int = 0
    next_due: datetime | None = None
    held: Held = Held()
    present: Present | None = None


def owners(now: datetime, terms: Terms) -> list[Owner]:
    """For whom customers wait and who is on shift or on duty; who has the earliest promise stands first."""
    row = service_hours()
    counted, held = _counted(now, terms), _held(row) if row.hands_out else {}
    there = presence(now)
    ends = {one: present.until for one, present in there.items() if present.here} if row.hands_out else _ends(now)
    people = Staff.objects.filter(pk__in={one for one in (*counted, *held, *there, *ends) if one})
    shown = [
        Owner(
            person,
            person.pk in ends,
            ends.get(person.pk),
            held=held.get(person.pk, Held()),
            present=there.get(person.pk),
            **counted.get(person.pk, {}),
        )
        for person in people
    ]
    if None in counted:
        shown.append(Owner(None, False, None, **counted[None]))
    return sorted(shown, key=_urgency)


def _counted(now: datetime, terms: Terms) -> dict[int | None, dict[str, Any]]:
    waiting = Case.objects.filter(status=Case.Status.OPEN, due_at__isnull=False).order_by()
    counts = waiting.values("owner").annotate(
        waiting=Count("id"),
        at_risk=Count("id", filter=Q(due_at__gte=now, due_at__lte=now + terms.risk)),
        broken=Count("id", filter=Q(due_at__lt=now)),
        next_due=Min("due_at"),
    )
    rows: list[dict[str, Any]] = list(counts)  # type: ignore[arg-type]
    return {row.pop("owner"): row for row in rows}


def _held(row: ServiceHours) -> dict[int, Held]:
    kept = Turn.objects.filter(stage__in=KEPT, given_to=None)
    # Who stands first is whom it is held for; the others of the circle are asked when she cannot.
    rows = (
        kept.order_by()
        .annotate(who=Coalesce("only_for", F("kept_for__0")))
        .exclude(who=None)
        .values_list("who")
        .annotate(
            number=Count("id", filter=Q(only_for=None)),
            first_due=Min("due_at", filter=Q(only_for=None)),
            last_due=Max("due_at", filter=Q(only_for=None)),
            reserved=Count("only_for"),
        )
    )
    start = timedelta(minutes=rules_of(row).last_start)
    return {
        who: Held(number, first and first - start, last and last - start, only)
        for who, number, first, last, only in rows
    }


def _ends(now: datetime) -> dict[int, datetime]:
    """When those who are on shift go home."""
    present = Shift.objects.filter(starts_at__lte=now, ends_at__gt=now, consultant__in=on_shift(now).values("pk"))
    return dict(present.order_by().values_list("consultant").annotate(last=Max("ends_at")))


def _urgency(one: Owner) -> tuple[bool, float, int]:
    due = one.next_due.timestamp() if one.next_due else 0.0
    return one.next_due is None, due, one.person.pk if one.person else 0
