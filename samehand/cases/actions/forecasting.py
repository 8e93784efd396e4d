"""The rest of the day is reckoned and kept, by whoever may see the simulator: `settings.FORECAST`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from samehand.cases.models import Forecast
from samehand.core.days import Day
from samehand.lib.events import Fact, record
from samehand.people.queries import service_hours

KEPT = timedelta(days=30)


def reckon_forecast(*, now: datetime) -> Forecast:
    """What will become of the promises of the rest of this day; the one before it is replaced."""
    reckon: Callable[[datetime], dict[str, Any]] = import_string(settings.FORECAST)
    told, day = reckon(now), Day.of(now, ZoneInfo(service_hours().zone))
    with transaction.atomic():
        row, _made = Forecast.objects.update_or_create(day=day.on, defaults={"made_at": now, "told": told})
        Forecast.objects.filter(made_at__lt=now - KEPT).delete()
        record([Fact("forecast.made")], now=now)
    return row
