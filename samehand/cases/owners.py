"""Whose customers wait for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, Q

from samehand.cases.models import Case, Turn
from samehand.core.promises import Terms
from samehand.people.models import Shift, Staff
from samehand.people.queries import on_shift


@dataclass(frozen=True, slots=True)
class Owner:
    """How many cases wait for this person (None: for nobody yet); `kept`: mails that are held back for her."""

    person: Staff | None
    here: bool
    until: datetime | None
    waiting: int = 0
    at_risk: int = 0
    broken: int = 0
    next_due: datetime | None = None
    kept: int = 0


def owners(now: datetime, terms: Terms) -> list[Owner]:
    """Everybody for whom customers wait and everybody on shift; who has the earliest promise stands first."""
    counted, kept, ends = _counted(now, terms), _kept(), _ends(now)
    people = Staff.objects.filter(Q(pk__in=[pk for pk in counted if pk]) | Q(pk__in=on_shift(now).values("pk")))
    shown = [
        Owner(person, person.pk in ends, ends.get(person.pk), kept=kept.get(person.pk, 0), **counted.get(person.pk, {}))
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


def _kept() -> dict[int | None, int]:
    """Mails that nobody has yet because they are kept for the one who knows the case."""
    held = Turn.objects.filter(given_to=None, stage__in=("owner", "circle"), owner__isnull=False)
    return dict(held.order_by().values_list("owner").annotate(n=Count("case")))


def _ends(now: datetime) -> dict[int, datetime]:
    """When those who are on shift go home."""
    present = Shift.objects.filter(starts_at__lte=now, ends_at__gt=now, consultant__in=on_shift(now).values("pk"))
    return dict(present.order_by().values_list("consultant").annotate(last=Max("ends_at")))


def _urgency(one: Owner) -> tuple[bool, float, int]:
    due = one.next_due.timestamp() if one.next_due else 0.0
    return one.next_due is None, due, one.person.pk if one.person else 0
