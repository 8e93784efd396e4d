"""Promises kept and broken. A promise belongs to the day on which it ends; one that a person waived counts nowhere, and
one whose customer chose to wait for her consultant is counted apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count, Min, Q, QuerySet

from samehand.cases.models import Message
from samehand.core.days import Day, week_of
from samehand.core.promises import Terms
from samehand.lib.sql import named


@dataclass(frozen=True, slots=True)
class Kept:
    """How promises stand; `broken` holds what was answered late and what is late and still waits."""

    kept: int = 0
    broken: int = 0
    open: int = 0
    at_risk: int = 0
    chosen: int = 0

    @property
    def settled(self) -> int:
        return self.kept + self.broken

    @property
    def all(self) -> int:
        return self.settled + self.open + self.at_risk

    @property
    def share(self) -> float | None:
        return self.kept / self.settled if self.settled else None

    def __add__(self, other: Kept) -> Kept:
        return Kept(
            self.kept + other.kept,
            self.broken + other.broken,
            self.open + other.open,
            self.at_risk + other.at_risk,
            self.chosen + other.chosen,
        )


@dataclass(frozen=True, slots=True)
class Now:
    """What waits at this moment, whenever it was asked."""

    waiting: int
    at_risk: int
    broken: int
    chosen: int
    next_due: datetime | None

    @property
    def open(self) -> int:
        return self.waiting - self.at_risk - self.broken - self.chosen


def by_channel(now: datetime, day: Day, terms: Terms) -> tuple[dict[str, Kept], dict[str, Kept]]:
    """The promises that end today, and those that end this week, by channel."""
    week, week_after = week_of(day)
    told = {"today": day.starts, "tomorrow": day.ends, "week": week, "week_after": week_after}
    with connection.cursor() as cursor:
        cursor.execute(named("samehand.cases", "promises_by_channel"), {**told, "now": now, "risky": now + terms.risk})
        rows = [row for row in cursor.fetchall() if row[2] != "waived"]
    today: dict[str, Kept] = {}
    whole: dict[str, Kept] = {}
    for channel, is_today, state, number in rows:
        counted = Kept(**{state: number})
        whole[channel] = whole.get(channel, Kept()) + counted
        if is_today:
            today[channel] = today.get(channel, Kept()) + counted
    return today, whole


def unanswered() -> QuerySet[Message]:
    """By way of the cases that wait: of the messages alone PostgreSQL believes that half wait, and reads all."""
    return Message.objects.filter(
        case__due_at__isnull=False, due_at__isnull=False, answered_at__isnull=True, waived_at__isnull=True
    )


def right_now(now: datetime, terms: Terms) -> Now:
    promised = Q(waits_for=None)
    return Now(
        **unanswered().aggregate(
            waiting=Count("id"),
            at_risk=Count("id", filter=promised & Q(due_at__gte=now, due_at__lte=now + terms.risk)),
            broken=Count("id", filter=promised & Q(due_at__lt=now)),
            chosen=Count("id", filter=~promised),
            next_due=Min("due_at", filter=promised & Q(due_at__gte=now)),
        )
    )
