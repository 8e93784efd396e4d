"""The board's panels, each with a version: what is unchanged stays on the screen as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.template.loader import render_to_string

from samehand.cases import figures
from samehand.cases.figures import Hands, Kept
from samehand.cases.models import Forecast
from samehand.cases.owners import owners
from samehand.core.days import Day
from samehand.core.hours import Hours, opened
from samehand.core.promises import Terms
from samehand.desk.board import charts, people, saying
from samehand.people.queries import hours, service_hours, terms

# The days before today hardly change any more: a bounced answer opens a promise again.
PAST_KEPT = 600
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Panel:
    name: str
    html: str

    @property
    def version(self) -> int:
        return crc32(self.html.encode())


def panels(now: datetime) -> list[Panel]:
    row = service_hours()
    day, calendar, promised = Day.of(now, ZoneInfo(row.zone)), hours(now, row), terms(row)
    today, week = figures.by_channel(now, day, promised)
    hands = figures.hands(day.starts, day.ends)
    return [
        _panel("figures", now, **_figures(now, today, hands, promised)),
        _panel("forecast", now, **_forecast(now, day)),
        _panel("flow", now, **_flow(now, day, calendar)),
        _panel("owners", now, **_owners(now, promised)),
        _panel("waits", now, **_waits(day, calendar, row.promise_minutes)),
        _panel("hands", now, **_hands(day, hands)),
        _panel("channels", now, **_channels(today, week)),
    ]


def _panel(name: str, now: datetime, **told: Any) -> Panel:
    return Panel(name, render_to_string(f"board/{name}.html", {"now": now, **told}))


def _figures(now: datetime, today: dict[str, Kept], hands: Hands, promised: Terms) -> dict[str, Any]:
    return {"today": sum(today.values(), Kept()), "waits": figures.right_now(now, promised), "hands": hands}


def _forecast(now: datetime, day: Day) -> dict[str, Any]:
    row = Forecast.objects.filter(day=day.on).first()
    told = row.told if row else {}
    return {
        "row": row,
        "hours": told.get("hours", []),
        "said": saying.forecast(told, now, day),
        "chart": charts.forecast(told["hours"]) if told.get("hours") else "",
        "remedy": told.get("remedy"),
    }


def _flow(now: datetime, day: Day, calendar: Hours) -> dict[str, Any]:
    flow = figures.flow(day, calendar)
    shown = _shown_hours(day, calendar, flow)
    rows = [(hour, int(flow.asked[hour]), int(flow.said[hour]), _usual(flow, hour)) for hour in shown]
    return {
        "rows": rows,
        "weeks": flow.weeks,
        "said": saying.flow(flow, now, day),
        "chart": charts.flow(rows) if rows and any(sum(filter(None, row[1:])) for row in rows) else "",
    }


def _usual(flow: figures.Flow, hour: int) -> float | None:
    return flow.usual[hour] if flow.usual else None


def _shown_hours(day: Day, calendar: Hours, flow: figures.Flow) -> range:
    """From the first hour to the last in which the desk is open or something came."""
    busy = {hour for hour in range(24) if flow.asked[hour] or flow.said[hour] or (flow.usual and flow.usual[hour] >= 1)}
    for opens, closes in opened(calendar, day.starts, day.ends):
        last = (closes.astimezone(day.zone).hour - 1) % 24 if closes == day.ends else closes.astimezone(day.zone).hour
        busy |= {opens.astimezone(day.zone).hour, last - (closes.minute == 0 and closes != day.ends)}
    return range(min(busy), max(busy) + 1) if busy else range(0)


def _waits(day: Day, calendar: Hours, promise: int) -> dict[str, Any]:
    rows = figures.first_words(day, calendar)
    return {
        "rows": rows,
        "promise": promise,
        "said": saying.waits(rows, promise),
        "chart": charts.waits(rows, promise) if rows else "",
    }


def _channels(today: dict[str, Kept], week: dict[str, Kept]) -> dict[str, Any]:
    rows = [(saying.channel(name), today.get(name, Kept()), week[name]) for name in sorted(week)]
    return {"rows": rows, "week": sum(week.values(), Kept())}


def _hands(day: Day, today: Hands) -> dict[str, Any]:
    week = _hands_before(day.ago(day.on.weekday()), day) + today
    return {"today": today, "rows": saying.hands(today, week)}


def _hands_before(monday: Day, day: Day) -> Hands:
    """This week's days before today."""
    key = f"board.hands.{monday.on}.{day.on}.{day.zone}"
    return cache.get_or_set(key, lambda: figures.hands(monday.starts, day.starts), PAST_KEPT) or Hands()


def _owners(now: datetime, promised: Terms) -> dict[str, Any]:
    rows = owners(now, promised)
    most = max((row.waiting for row in rows), default=0) or 1
    shown = [(row, charts.bar(row, most), people.line(row, now)) for row in rows]
    return {
        "rows": shown[:SHOWN],
        "more": shown[SHOWN:],
        "away": sum(row.waiting for row in rows if row.person and not row.here),
        "waiting": sum(row.waiting for row in rows),
        "here": sum(row.here for row in rows),
        "crew": people.crew(rows),
    }
