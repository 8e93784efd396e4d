"""What every page may show of the people's notices: `notices`, asked for only by the pages that say it."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from samehand.lib.clock import now
from samehand.people.notices import current
from samehand.people.queries import service_hours
from samehand.people.telling import Told, told


def context(request: HttpRequest) -> dict[str, Any]:
    return {"notices": SimpleLazyObject(standing)}


def standing() -> list[Told]:
    """One small query when there is nothing to say, which is nearly always."""
    moment = now()
    found = current(moment)
    return told(found, moment, ZoneInfo(service_hours().zone)) if found else []
