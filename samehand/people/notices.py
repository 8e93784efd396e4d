"""Reading notices: what customers are told now, what explains a problem, and what moves promises."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from samehand.people.models import Notice, NoticeKind

# A mail is promised an answer when it is filed, which after a long breakdown may be days later.
FILED_LATE = timedelta(days=7)


def known(now: datetime) -> list[Notice]:
    """All that are not withdrawn, from those that ended a week ago to those that are planned."""
    return list(Notice.objects.filter(withdrawn_at=None, ends_at__gt=now - FILED_LATE).order_by("starts_at", "id"))


def current(now: datetime, among: Iterable[Notice] | None = None) -> list[Notice]:
    """What stands on every page now, what is going on before what is only announced; of `known`, or asked for."""
    rows = known(now) if among is None else among
    shown = [one for one in rows if one.shown_from <= now < one.ends_at]
    return sorted(shown, key=lambda one: (one.starts_at > now, one.kind == NoticeKind.NEWS, one.starts_at, one.pk))


def for_topic(problem: str, now: datetime) -> list[Notice]:
    """Those of the current notices that explain the problem of this key."""
    return [one for one in current(now) if problem in one.topics]


def behind(asked_at: datetime, due_at: datetime, among: Iterable[Notice]) -> list[Notice]:
    """Those of `known` that move a promise from `asked_at` to `due_at`."""
    return [one for one in among if _moves(one, asked_at, due_at)]


def _moves(notice: Notice, asked_at: datetime, due_at: datetime) -> bool:
    if notice.closes:
        return notice.starts_at < due_at and asked_at < notice.ends_at
    return notice.promise_minutes is not None and notice.starts_at <= asked_at < notice.ends_at
