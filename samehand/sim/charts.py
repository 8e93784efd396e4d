"""The report's pictures, drawn as SVG: each answers the question that stands above it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from html import escape

from samehand.sim.comparing import Estimate
from samehand.sim.curves import Curves
from samehand.sim.words import number, percent, words

Row = Mapping[str, Estimate | None]
DASHES = ["", "7 4", "2 3", "10 3 2 3", "5 2", "1 2 6 2"]
STYLE_OF = "".join(f".l{n} {{ stroke: var(--p{n}); }} .f{n} {{ fill: var(--p{n}); }} " for n in range(6))
WIDTH, LEFT, RIGHT, TOP, BOTTOM = 450, 48, 16, 14, 44
HEIGHT = 300
LONGEST_SHOWN = 60
LETTER = 7.6


def bars(rows: Mapping[str, Row], names: Mapping[str, str], language: str) -> str:
    step, left, right = max(44, (HEIGHT - 8) // max(len(rows), 1)), 148, 92
    wide = WIDTH - left - right
    drawn = ""
    for index, (policy, row) in enumerate(rows.items()):
        one, y = row["promise_kept"], index * step + 8
        share = one.mean if one else 0.0
        end = left + share * wide
        text = percent(share, language) if one else words(language)["none"]
        half = one.half_width if one and one.half_width else 0.0
        drawn += f'<text class="name" x="{left - 12}" y="{y + 19}" text-anchor="end">{escape(names[policy])}</text>'
        drawn += f'<rect class="load" x="{left}" y="{y}" width="{wide}" height="28" rx="4"/>'
        drawn += f'<rect class="f{index % 6}" x="{left}" y="{y}" width="{max(end - left, 1):.1f}" height="28" rx="4"/>'
        if half:
            low, high = left + max(0, share - half) * wide, left + min(1, share + half) * wide
            drawn += f'<line class="whisker" x1="{low:.1f}" x2="{high:.1f}" y1="{y + 14}" y2="{y + 14}"/>'
            text += f" ±{number(100 * half, language)}"
        drawn += f'<text class="value" x="{left + wide + 10}" y="{y + 19}">{text}</text>'
    label = words(language)["q_kept"]
    return _svg(drawn, label, len(rows) * step + 4)


def trade(rows: Mapping[str, Row], names: Mapping[str, str], language: str) -> str:
    said = words(language)
    points = [
        (index, names[policy], x.mean, y.mean)
        for index, (policy, row) in enumerate(rows.items())
        if (x := row["in_time"]) and (y := row["same_owner"])
    ]
    low = math.floor(min((x for _, _, x, _ in points), default=0.0) * 10) / 10
    low = min(low, 0.9)
    drawn = _axes([(low + (1 - low) * n / 5) for n in range(6)], low, 1.0, said["x_time"], said["y_owner"], language)
    taken = [(_x(x, low, 1.0) - 9, _x(x, low, 1.0) + 9, _y(y)) for _, _, x, y in points]
    for index, name, in_time, same in points:
        at_x, at_y = _x(in_time, low, 1.0), _y(same)
        left = at_x > (LEFT + WIDTH - RIGHT) / 2
        anchor, text_x = ("end", at_x - 13) if left else ("start", at_x + 13)
        wide = len(name) * LETTER
        text_y = _apart(text_x - wide * left, text_x + wide * (not left), at_y, taken)
        drawn += (
            f'<circle class="f{index % 6}" cx="{at_x:.1f}" cy="{at_y:.1f}" r="7"><title>{escape(name)}</title></circle>'
        )
        drawn += (
            f'<text class="name" x="{text_x:.1f}" y="{text_y + 4:.1f}" text-anchor="{anchor}">{escape(name)}</text>'
        )
    return _svg(drawn, said["q_trade"])


def _apart(begins: float, ends: float, y: float, taken: list[tuple[float, float, float]]) -> float:
    """Labels of points that lie together stand above each other, and above the points."""
    while any(abs(y - other) < 16 and begins < right and left < ends for left, right, other in taken):
        y -= 4
    taken.append((begins, ends, y))
    return y


def waits(curves: Mapping[str, Curves], names: Mapping[str, str], promise: float, language: str) -> str:
    said = words(language)
    longest = max(LONGEST_SHOWN, 2 * promise)
    drawn = _axes(
        [longest * n / 6 for n in range(7)], 0, longest, said["x_wait"], said["y_wait"], language, minutes=True
    )
    mark = _x(promise, 0, longest)
    drawn += f'<line class="mark" x1="{mark}" x2="{mark}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>'
    drawn += f'<text x="{mark + 6}" y="{HEIGHT - BOTTOM - 8}">{escape(said["promise_line"])}</text>'
    for index, curve in enumerate(curves.values()):
        steps = max(len(curve.waits) - 1, 1)
        within = [(_x(wait, 0, longest), _y(n / steps)) for n, wait in enumerate(curve.waits) if wait <= longest]
        if within:
            within.append((_x(longest, 0, longest), within[-1][1]))
        drawn += _line(within, index)
    return _svg(drawn, said["q_wait"]) + _key(curves, names)


def by_hour(curves: Mapping[str, Curves], names: Mapping[str, str], language: str) -> str:
    said = words(language)
    drawn = ""
    arrivals = next(iter(curves.values())).arrivals_by_hour if curves else []
    most = max(arrivals, default=0) or 1
    for hour, mails in enumerate(arrivals):
        x, height = _x(hour, 0, 24), mails / most * (HEIGHT - TOP - BOTTOM) * 0.45
        title = f"<title>{hour}-{hour + 1}: {number(mails, language, 0)}</title>"
        y = HEIGHT - BOTTOM - height
        bar = f'x="{x + 1.5:.1f}" y="{y:.1f}" width="14" height="{height:.1f}"'
        drawn += f'<rect class="load" {bar}>{title}</rect>'
    drawn += _axes([0, 4, 8, 12, 16, 20, 24], 0, 24, said["x_hour"], said["x_time"], language, minutes=True)
    for index, curve in enumerate(curves.values()):
        points = [(_x(h + 0.5, 0, 24), _y(share)) for h, share in enumerate(curve.in_time_by_hour) if share is not None]
        drawn += _line(points, index)
    return _svg(drawn, said["q_hour"]) + _key(curves, names)


def busy(curves: Mapping[str, Curves], names: Mapping[str, str], language: str) -> str:
    said = words(language)
    drawn = _axes([0, 4, 8, 12, 16, 20, 24], 0, 24, said["x_hour_day"], said["x_busy"], language, minutes=True)
    for index, curve in enumerate(curves.values()):
        points = [
            (_x(hour + 0.5, 0, 24), _y(min(share, 1.0)))
            for hour, share in enumerate(curve.occupancy_by_hour)
            if share is not None
        ]
        drawn += _line(points, index)
    return _svg(drawn, said["q_busy"]) + _key(curves, names)


def week(curves: Mapping[str, Curves], language: str) -> str:
    """A field of days and hours; the darker, the more mails. The policies hardly differ in it: the first one's."""
    said, hours = words(language), next(iter(curves.values())).arrivals_by_hour_of_week if curves else [0.0] * 168
    most, left, wide, high = max(hours) or 1.0, 34, 17, 30
    drawn = ""
    for day, name in enumerate(said["weekdays"].split()):
        y = day * (high + 3)
        drawn += f'<text x="{left - 8}" y="{y + 20}" text-anchor="end">{escape(name)}</text>'
        for hour in range(24):
            mails = hours[day * 24 + hour]
            title = f"<title>{escape(name)} {hour}-{hour + 1}: {number(mails, language, 1)}</title>"
            drawn += f'<rect class="load" x="{left + hour * wide}" y="{y}" width="{wide - 2}" height="{high}" rx="3"/>'
            drawn += (
                f'<rect class="f0" fill-opacity="{mails / most:.3f}" x="{left + hour * wide}" y="{y}" '
                f'width="{wide - 2}" height="{high}" rx="3">{title}</rect>'
            )
    bottom = 7 * (high + 3)
    for hour in range(0, 25, 4):
        drawn += f'<text x="{left + hour * wide}" y="{bottom + 16}" text-anchor="middle">{hour}</text>'
    return _svg(drawn, said["q_week"], bottom + 24)


def lost(rows: Mapping[str, Row], names: Mapping[str, str], language: str) -> str:
    """One bar a policy, whole: kept, lost although the owner was there, lost because she was away."""
    said, parts = words(language), ("kept", "avoidable", "unavoidable")
    step, left = 44, 148
    wide, drawn = WIDTH - left - RIGHT, ""
    for index, (policy, row) in enumerate(rows.items()):
        at, y = float(left), index * step + 8
        drawn += f'<text class="name" x="{left - 12}" y="{y + 19}" text-anchor="end">{escape(names[policy])}</text>'
        for part in parts:
            share = one.mean if (one := row.get(part)) else 0.0
            text = percent(share, language, 0)
            title = f"<title>{escape(said['loss_' + part])}: {percent(share, language)}</title>"
            drawn += (
                f'<rect class="part-{part}" x="{at:.1f}" y="{y}" width="{share * wide:.1f}" height="28">{title}</rect>'
            )
            if share * wide > 40:
                middle = at + share * wide / 2
                drawn += f'<text class="on-{part}" x="{middle:.1f}" y="{y + 19}" text-anchor="middle">{text}</text>'
            at += share * wide
    key = "".join(
        f'<li><svg viewBox="0 0 30 12" aria-hidden="true"><rect class="part-{part}" width="30" height="12"/></svg>'
        f"{escape(said['loss_' + part])}</li>"
        for part in parts
    )
    return _svg(drawn, said["q_losses"], len(rows) * step + 4) + f'<ul class="key">{key}</ul>'


def _x(value: float, low: float, high: float) -> float:
    return LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT)


def _y(share: float) -> float:
    return TOP + (1 - share) * (HEIGHT - TOP - BOTTOM)


def _axes(ticks: list[float], low: float, high: float, x: str, y: str, language: str, minutes: bool = False) -> str:
    drawn = ""
    for n in range(6):
        at = _y(n / 5)
        drawn += f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>'
        drawn += f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{percent(n / 5, language, 0)}</text>'
    for tick in ticks:
        text = f"{tick:g}" if minutes else percent(tick, language, 0)
        drawn += f'<text x="{_x(tick, low, high):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{text}</text>'
    drawn += f'<text x="{WIDTH - RIGHT}" y="{HEIGHT - 6}" text-anchor="end">{escape(x)} →</text>'
    return drawn + f'<text x="0" y="{HEIGHT - 6}">↑ {escape(y)}</text>'


def _line(points: Iterable[tuple[float, float]], index: int) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline class="line l{index % 6}" stroke-dasharray="{DASHES[index % 6]}" points="{path}"/>'


def _key(curves: Mapping[str, Curves], names: Mapping[str, str]) -> str:
    entries = ""
    for index, policy in enumerate(curves):
        sample = _line([(0, 4), (30, 4)], index)
        entries += f'<li><svg viewBox="0 0 30 8" aria-hidden="true">{sample}</svg>{escape(names[policy])}</li>'
    return f'<ul class="key">{entries}</ul>'


def _svg(drawn: str, label: str, height: int = HEIGHT) -> str:
    return f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(label)}">{drawn}</svg>'
