"""What happens because a moment has come: a hold ends, a shift ends, somebody has been silent for too long."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min

from samehand.cases.actions.dispatching.lining_up import settle
from samehand.cases.actions.dispatching.presence import Wish, go_away
from samehand.cases.actions.dispatching.table import Table, hold_routing
from samehand.cases.actions.dispatching.taking import find_takers
from samehand.cases.models import Case, Post, Turn
from samehand.people.queries import service_hours

AT_ONCE = 500


def step(*, now: datetime) -> None:
    """All whose moment has come, each in a transaction of its own."""
    row = service_hours()
    if row.hands_out:
        _step(row.silence_minutes, now)
    else:
        _clear()


def _step(silence_minutes: int, now: datetime) -> None:
    silent = Post.objects.filter(on_duty=True, seen_at__lte=now - timedelta(minutes=silence_minutes))
    for staff_id in silent.values_list("consultant", flat=True):
        go_away(staff_id=staff_id, why="silent", now=now)
    ended = Post.objects.filter(on_duty=True, until__lte=now).order_by("until", "consultant")
    for staff_id in ended.values_list("consultant", flat=True):
        end_shift(staff_id=staff_id, now=now)
    if Turn.objects.filter(given_to=None, until__lte=now).exists():
        move_on(now=now)
    find_takers(now=now)


@transaction.atomic
def _clear() -> None:
    """Where mails are not handed out any more, nothing is in anybody's turn, nor in the hands of those who only
    finished what they had begun."""
    hold_routing()
    Turn.objects.all().delete()
    Post.objects.exclude(on_duty=False, state="off").update(on_duty=False, state="off")


@transaction.atomic
def end_shift(*, staff_id: int, now: datetime) -> None:
    """She begins nothing any more, and finishes what she has begun."""
    table = Table(now, people=[staff_id], going=True)
    if staff_id in table.crew:
        table.post(staff_id).wish = Wish.MAILS
        table.engine.off(table.at, staff_id)
    else:
        Post.objects.filter(consultant=staff_id).update(on_duty=False, state="off")
    table.decide()


@transaction.atomic
def move_on(*, now: datetime) -> None:
    """What was kept for somebody until now goes to more people."""
    Table(now).decide()


def next_moment(now: datetime) -> datetime | None:
    """When `step` has something to do, if nothing happens before."""
    row = service_hours()
    if not row.hands_out:
        return None
    on_duty = Post.objects.filter(on_duty=True).aggregate(ends=Min("until"), seen=Min("seen_at"))
    silent = on_duty["seen"] + timedelta(minutes=row.silence_minutes) if on_duty["seen"] else None
    ends = Turn.objects.filter(given_to=None, until__isnull=False).aggregate(first=Min("until"))["first"]
    return min(_known(on_duty["ends"], silent, ends), default=None)


def _known(*moments: datetime | None) -> Iterable[datetime]:
    return (moment for moment in moments if moment)


def catch_up(*, now: datetime) -> int:
    """Cases that wait without a turn get one, turns without a question go: after the handing out was switched on, or
    another version was at work meanwhile. Returns how many cases were looked at."""
    if not service_hours().hands_out:
        return 0
    waiting = Case.objects.filter(status=Case.Status.OPEN, due_at__isnull=False, turn=None)
    idle = Case.objects.filter(turn__isnull=False, turn__word_at=None, due_at=None)
    looked_at = 0
    for cases in (waiting, idle):
        while ids := _some(cases, now):
            looked_at += ids
    return looked_at + find_takers(now=now)


@transaction.atomic
def _some(cases: object, now: datetime) -> int:
    held = cases.order_by("id").select_for_update(of=("self",), skip_locked=True, no_key=True)  # type: ignore[attr-defined]
    ids = list(held.values_list("pk", flat=True)[:AT_ONCE])
    settle(case_ids=ids, now=now)
    return len(ids)
