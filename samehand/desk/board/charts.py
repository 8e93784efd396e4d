"""The board's pictures, drawn as SVG without a script. Colour never stands alone: shape and a table say the same."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from samehand.cases.figures import Wait
from samehand.cases.owners import Owner
from samehand.desk.board import saying

WIDTH, HEIGHT = 640.0, 236.0
RIGHT, TOP, BOTTOM = 8.0, 14.0, 30.0
# The scale's numbers stand there; a narrow panel draws them larger.
LEFT, DIGIT, DIGITS = 40.0, 13.0, 3
Row = tuple[int, int, int, float | None]


class Frame:
    """Columns of hours over a scale from nothing to a round number above the highest value."""

    def __init__(self, hours: Sequence[int], highest: float) -> None:
        self.hours = hours
        self.step = _round_step(max(highest, 1.0) / 4)
        self.top = self.step * math.ceil(max(highest, 1.0) / self.step)
        self.left = LEFT + DIGIT * max(len(f"{self.top:.0f}") - DIGITS, 0)
        self.width = (WIDTH - self.left - RIGHT) / max(len(hours), 1)

    def x(self, place: float) -> float:
        return self.left + place * self.width

    def y(self, value: float) -> float:
        return TOP + (1 - min(value, self.top) / self.top) * (HEIGHT - TOP - BOTTOM)

    def grid(self) -> SafeString:
        ticks = [self.step * n for n in range(round(self.top / self.step) + 1)]
        lines = _join(self._tick(tick) for tick in ticks)
        every = max(1, math.ceil(len(self.hours) / 12))
        labels = format_html_join(
            "",
            '<text class="chart-hour" data-odd="{}" x="{}" y="{}" text-anchor="middle">{}</text>',
            (
                (int(place // every % 2), _n(self.x(place + 0.5)), HEIGHT - 8, hour)
                for place, hour in enumerate(self.hours)
                if place % every == 0
            ),
        )
        return lines + labels

    def _tick(self, tick: float) -> SafeString:
        y = self.y(tick)
        return format_html(
            '<line class="chart-grid" x1="{}" x2="{}" y1="{}" y2="{}"/><text x="{}" y="{}" text-anchor="end">{}</text>',
            _n(self.left), WIDTH - RIGHT, _n(y), _n(y), _n(self.left - 8), _n(y + 4), f"{tick:.0f}",
        )  # fmt: skip

    def bar(
        self, place: int, value: float, name: str, title: str, part: tuple[float, float] = (0.16, 0.84)
    ) -> SafeString:
        top, x = self.y(value), self.x(place + part[0])
        return format_html(
            '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2"><title>{}</title></rect>',
            name, _n(x), _n(top), _n(self.width * (part[1] - part[0])), _n(max(self.y(0) - top, 0.0)), title,
        )  # fmt: skip


def flow(rows: Sequence[Row]) -> SafeString:
    """What came (bars), what was answered (dots) and what is usual (a stepped line)."""
    frame = Frame([row[0] for row in rows], max(max(row[1], row[2], row[3] or 0.0) for row in rows))
    drawn = _join(
        frame.bar(place, asked, "chart-bar", saying.hour_of_flow(hour, asked, said, usual))
        for place, (hour, asked, said, usual) in enumerate(rows)
    )
    usual_line = " ".join(
        f"{'M' if not place else 'L'}{_n(frame.x(place))} {_n(frame.y(usual))} H{_n(frame.x(place + 1))}"
        for place, (*_, usual) in enumerate(rows)
        if usual is not None
    )
    dots = format_html_join(
        "",
        '<circle class="chart-dot" cx="{}" cy="{}" r="4"/>',
        (
            (_n(frame.x(place + 0.5)), _n(frame.y(said)))
            for place, (_hour, _asked, said, _usual) in enumerate(rows)
            if said
        ),
    )
    line = format_html('<path class="chart-usual" d="{}"/>', usual_line) if usual_line else SafeString("")
    return _svg(frame.grid() + drawn + line + dots, saying.alt_flow(rows))


def waits(rows: Sequence[Wait], promise: int) -> SafeString:
    """From half of the first words to nine in ten, under the line of the promise."""
    hours = range(rows[0].hour, rows[-1].hour + 1)
    frame = Frame(hours, max(promise * 1.2, *(row.ninetieth for row in rows)))
    drawn = _join(_wait(frame, row.hour - hours[0], row) for row in rows)
    mark = format_html(
        '<line class="chart-promise" x1="{}" x2="{}" y1="{}" y2="{}"/>',
        _n(frame.left), WIDTH - RIGHT, _n(frame.y(promise)), _n(frame.y(promise)),
    )  # fmt: skip
    return _svg(frame.grid() + mark + drawn, saying.alt_waits(rows))


def _wait(frame: Frame, place: int, row: Wait) -> SafeString:
    x = _n(frame.x(place + 0.5))
    return format_html(
        '<g><title>{}</title><line class="chart-range" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<circle class="chart-dot" cx="{}" cy="{}" r="5"/></g>',
        saying.hour_of_waits(row), x, x, _n(frame.y(row.median)), _n(frame.y(row.ninetieth)),
        x, _n(frame.y(row.median)),
    )  # fmt: skip


def forecast(hours: Sequence[dict[str, Any]]) -> SafeString:
    """Promises that will break (bars, with what happens in eight of ten runs), and those with one more person."""
    frame = Frame([hour["hour"] for hour in hours], max(max(hour["high"], hour["broken"]) for hour in hours))
    drawn = _join(_ahead(frame, place, hour) for place, hour in enumerate(hours))
    return _svg(frame.grid() + drawn, saying.alt_forecast(hours))


def _ahead(frame: Frame, place: int, hour: dict[str, Any]) -> SafeString:
    title = saying.hour_of_forecast(hour)
    bars = frame.bar(place, hour["broken"], "chart-broken", title, (0.14, 0.52))
    bars += frame.bar(place, hour["one"], "chart-helped", title, (0.54, 0.86))
    x = _n(frame.x(place + 0.33))
    return bars + format_html(
        '<line class="chart-whisker" x1="{}" x2="{}" y1="{}" y2="{}"/>',
        x, x, _n(frame.y(hour["low"])), _n(frame.y(hour["high"])),
    )  # fmt: skip


def bar(owner: Owner, most: int) -> SafeString:
    """A person's waiting customers on one line: broken, at risk, the rest, as parts of the longest."""
    parts = [
        ("chart-broken", owner.broken),
        ("chart-risk", owner.at_risk),
        ("chart-bar", owner.waiting - owner.broken - owner.at_risk),
    ]
    drawn, at = [], 0.0
    for name, count in parts:
        if count > 0:
            wide = count / most * 100
            drawn.append(format_html('<rect class="{}" x="{}" y="0" width="{}" height="8"/>', name, _n(at), _n(wide)))
            at += wide
    return format_html(
        '<svg class="owner-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">{}</svg>',
        _join(drawn),
    )


def _round_step(step: float) -> float:
    """1, 2, 5, 10, 20 ...: what people count in; people and promises are whole."""
    if step <= 1:
        return 1.0
    tens = 10 ** math.floor(math.log10(step))
    return float(next(n * tens for n in (1, 2, 5, 10) if n * tens >= step))


def _svg(drawn: SafeString, alt: str) -> SafeString:
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>', WIDTH, HEIGHT, alt, drawn
    )


def _join(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - each part was made by format_html


def _n(value: float) -> str:
    """Without the reader's decimal comma."""
    return f"{value:.1f}"
