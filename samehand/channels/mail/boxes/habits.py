"""How often mail comes by our door and by each mailbox, and whether one of them has fallen silent."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from samehand.cases import ledger
from samehand.channels.mail.models import Habit, Mailbox
from samehand.core import silence
from samehand.people import queries as people

DOOR = "door"
MEMORY = timedelta(weeks=8)
EVERY = timedelta(hours=1)


def listen(*, now: datetime) -> None:
    """Note for each way in when its last mail came and from when on its silence is longer than its habit."""
    if not Habit.objects.filter(made_at__gt=now - EVERY).exists():
        _learn(now)
    holidays = _holidays(now)
    for row in Habit.objects.exclude(rates=None):
        last = ledger.newest(row.source)
        if last and last != row.last_at:
            habit = silence.Habit(tuple(row.rates or ()), row.spread)
            until = silence.unusual_from(habit, last, settings.TIME_ZONE, holidays)
            Habit.objects.filter(pk=row.pk).update(last_at=last, unusual_from=until)


def silent(now: datetime) -> list[Habit]:
    """The ways in that have been silent for longer than their habit."""
    return list(Habit.objects.filter(source__in=_sources(), unusual_from__lt=now).order_by("source"))


def _learn(now: datetime) -> None:
    """What the last weeks were like; the last hour is not over."""
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE)).replace(minute=0, second=0, microsecond=0, tzinfo=None)
    by_source = ledger.by_hour(now - MEMORY, settings.TIME_ZONE)
    holidays = _holidays(now)
    Habit.objects.exclude(source__in=_sources()).delete()
    for source in _sources():
        known = {hour: number for hour, number in by_source.get(source, {}).items() if hour < local}
        habit = silence.learn(known, local, holidays)
        # Judged anew by the next look: an outage must not become a habit while it lasts, so what was known stays.
        fields = {"rates": list(habit.rates), "spread": habit.spread, "last_at": None} if habit else {}
        Habit.objects.update_or_create(source=source, defaults={"made_at": now, **fields})


def _sources() -> list[str]:
    return [DOOR, *Mailbox.objects.filter(enabled=True).values_list("name", flat=True)]


def _holidays(now: datetime) -> set[date]:
    return set(people.public_holidays(people.service_hours().country, now.year))
