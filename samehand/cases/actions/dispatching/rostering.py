"""The roster changed, or somebody is away: what was kept for her by the old one is looked at anew."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from samehand.cases.actions.dispatching.presence import go_away, shift_ends
from samehand.cases.actions.dispatching.table import Table, hold_routing
from samehand.cases.models import Post
from samehand.people.models import Absence, Staff
from samehand.people.queries import service_hours


def roster_changed(*, staff_id: int | None, returned: bool = False, now: datetime) -> None:
    """Shifts, breaks, absences or skills of the person are others now, or of everybody; `returned` says that an absence
    of hers which kept her away today is over or never was."""
    if not service_hours().hands_out:
        return
    everybody = Staff.objects.order_by("pk").values_list("pk", flat=True)
    for one in [staff_id] if staff_id else everybody:
        _changed(one, now, returned=returned)


def _changed(staff_id: int, now: datetime, *, returned: bool) -> None:
    if not Staff.objects.filter(pk=staff_id, is_active=True).exists():
        return go_away(staff_id=staff_id, why="left", now=now)
    away = Absence.objects.filter(consultant=staff_id, starts_at__lte=now, ends_at__gt=now).exists()
    on_duty = Post.objects.filter(consultant=staff_id, on_duty=True).exists()
    if away and on_duty:
        go_away(staff_id=staff_id, why="absent", now=now)
    if returned and not away:
        _comes_today(staff_id, now)
    return _look_anew(staff_id, now, away=away)


@transaction.atomic
def _comes_today(staff_id: int, now: datetime) -> None:
    """Customers are not told of tomorrow any more, and she need not say that she is here."""
    hold_routing()
    today = now.astimezone(ZoneInfo(service_hours().zone)).date()
    Post.objects.filter(consultant=staff_id, absent_on=today).update(absent_on=None)


@transaction.atomic
def _look_anew(staff_id: int, now: datetime, *, away: bool) -> None:
    table = Table(now, people=[staff_id], going=True)
    if staff_id in table.crew:
        table.post(staff_id)
        if away:
            table.engine.absent(table.at, staff_id)
        else:
            ends = shift_ends(staff_id, now)
            if ends and table.engine.board.people[staff_id].on_duty:
                table.engine.on(table.at, staff_id, table.minutes.of(ends))
            table.engine.reconsider(table.at, list(table.engine.board.people[staff_id].own))
    table.decide()
