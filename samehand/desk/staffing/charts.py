"""A day's chart as SVG: people needed in each hour as bars, people on duty as a line over them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from samehand.desk.staffing.words import shortly

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 320, 132, 30, 8, 20
WIDE = (WIDTH - LEFT - 2) / 24


def day(
    needed: Sequence[float], there: Sequence[float] | None, asked: Sequence[float], highest: float, label: str
) -> SafeString:
    """`there` are those on duty, `asked` what Erlang C asks for; all days share the height."""
    drawn = _grid(highest)
    for hour, people in enumerate(needed):
        drawn += _bar(hour, people, None if there is None else there[hour], highest)
    drawn += _steps(asked, highest, "erlang")
    if there is not None:
        drawn += _steps(there, highest, "there")
    head = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(label)}" class="staffing-day">'
    return mark_safe(f"{head}{drawn}</svg>")  # noqa: S308


def _grid(highest: float) -> str:
    drawn = ""
    for part in (0, 0.5, 1):
        y = _y(part * highest, highest)
        drawn += f'<line class="grid" x1="{LEFT}" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>'
        drawn += f'<text x="{LEFT - 5}" y="{y + 4:.1f}" text-anchor="end">{part * highest:g}</text>'
    for hour in (0, 6, 12, 18, 24):
        anchor = "end" if hour == 24 else "middle"
        drawn += f'<text x="{LEFT + hour * WIDE:.1f}" y="{HEIGHT - 5}" text-anchor="{anchor}">{hour}</text>'
    return drawn


def _bar(hour: int, needed: float, there: float | None, highest: float) -> str:
    if not needed:
        return ""
    covered = needed if there is None else min(needed, there)
    said = _("%(from)s–%(to)s: %(needed)g needed") % {"from": hour, "to": hour + 1, "needed": needed}
    if there is not None:
        said += ", " + _("%(there)s on duty") % {"there": shortly(there)}
    return (
        f"<g><title>{escape(said)}</title>"
        + _rect(hour, 0, covered, highest, "need")
        + (_rect(hour, covered, needed, highest, "lack") if needed - covered > 0.05 else "")
        + "</g>"
    )


def _rect(hour: int, low: float, high: float, highest: float, kind: str) -> str:
    x, y = LEFT + hour * WIDE + 1, _y(high, highest)
    tall = _y(low, highest) - y
    return f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{WIDE - 2:.1f}" height="{tall:.1f}" rx="1"/>'


def _steps(values: Sequence[float], highest: float, kind: str) -> str:
    points = []
    for hour, value in enumerate(values):
        y = _y(value, highest)
        points += [f"{LEFT + hour * WIDE:.1f},{y:.1f}", f"{LEFT + (hour + 1) * WIDE:.1f},{y:.1f}"]
    return f'<polyline class="{kind}" points="{" ".join(points)}"/>'


def _y(value: float, highest: float) -> float:
    return HEIGHT - BOTTOM - min(value / highest, 1.0) * (HEIGHT - BOTTOM - TOP)
