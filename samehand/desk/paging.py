"""Pages by key: the next page begins behind the last row, so a deep page costs what the first one costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q, QuerySet

from samehand.cases.models import Case
from samehand.cases.queries import PAGE, before

Behind = Callable[[QuerySet[Case], str], QuerySet[Case]]


@dataclass(frozen=True, slots=True)
class Page:
    cases: list[Case]
    next: str


def page(cases: QuerySet[Case], after: str, behind: Behind, key: Callable[[Case], str], size: int = PAGE) -> Page:
    """A page of `cases`, and the key under which the next one begins ("" when there is none)."""
    found = list((behind(cases, after) if after else cases)[: size + 1])
    shown = found[:size]
    return Page(shown, key(shown[-1]) if len(found) > size else "")


def promise_key(case: Case) -> str:
    return f"{case.due_at.timestamp() if case.due_at else ''}_{case.pk}"


def behind_promise(cases: QuerySet[Case], after: str) -> QuerySet[Case]:
    """For lists in the order of promises, where those without one come last."""
    due_at, case_id = _read(after)
    if case_id is None:
        return cases
    if due_at is None:
        return cases.filter(due_at__isnull=True, id__gt=case_id)
    return cases.filter(Q(due_at__gt=due_at) | Q(due_at=due_at, id__gt=case_id) | Q(due_at__isnull=True))


def touched_key(case: Case) -> str:
    return f"{case.touched_at.timestamp()}_{case.pk}"


def behind_touched(cases: QuerySet[Case], after: str) -> QuerySet[Case]:
    """For lists with the latest first."""
    touched_at, case_id = _read(after)
    return cases if touched_at is None or case_id is None else before(cases, touched_at, case_id)


def _read(after: str) -> tuple[datetime | None, int | None]:
    """A key that somebody has mangled is no key: the list begins at its beginning."""
    moment, _line, number = after.partition("_")
    try:
        return (datetime.fromtimestamp(float(moment), UTC) if moment else None), int(number)
    except (ValueError, OverflowError, OSError):
        return None, None
