"""What the customer does on the page of her case, and what came of it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.test import Client

from samehand.cases.models import Case, Message
from tests.portal.conftest import link

SetClock = Callable[[datetime], None]
WARSAW = ZoneInfo("Europe/Warsaw")
FIRST = "<first@poczta.example>"


def on(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of that week's day, 23 is the Monday, by the clock of the desk."""
    return datetime(2026, 11, day, hour, minute, tzinfo=WARSAW).astimezone(UTC)


EVENING = on(23, 18)


def page(client: Client, case: Case, query: str = "") -> str:
    response = client.get(link(case) + query)
    assert response.status_code == 200
    return " ".join(html.unescape(response.content.decode()).split())


def until_of(client: Client, case: Case) -> str:
    found = re.search(r'name="until" value="([^"]+)"', page(client, case))
    assert found
    return found[1]


def wait(client: Client, case: Case, until: str = "") -> int:
    return client.post(f"{link(case)}/wait", {"until": until or until_of(client, case)}).status_code


def take_back(client: Client, case: Case) -> int:
    return client.post(f"{link(case)}/no-wait").status_code


def due(case: Case) -> datetime | None:
    case.refresh_from_db()
    return case.due_at


def last(case: Case) -> Message:
    return case.messages.order_by("-id")[0]
