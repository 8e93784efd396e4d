"""Figures as people read them: with the interval, in their language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

Sure = Mapping[str, Any]


def number(value: float, digits: int = 0) -> str:
    return number_format(value, digits, use_l10n=True, force_grouping=True)


def shortly(value: float) -> str:
    """With a decimal only where it says something: 3, but 3.5."""
    value = round(value, 1)
    return number(value, int(value % 1 > 0))


def percent(share: float, digits: int = 1) -> str:
    return _("%(number)s%%") % {"number": number(100 * share, digits)}


def exactly(share: float) -> str:
    """A target, without zeros that nobody asked for."""
    digits = next(digits for digits in (0, 1, 2) if digits == 2 or abs(share * 100 - round(share * 100, digits)) < 1e-9)
    return percent(share, digits)


def share(one: Sure) -> str:
    half = one["half_width"]
    return percent(one["mean"]) + ("" if half is None else f" ±{number(100 * half, 1)}")


def estimate(one: Sure | None, digits: int = 0, scale: float = 1.0) -> str:
    if one is None:
        return "–"
    half = one["half_width"]
    return number(one["mean"] * scale, digits) + ("" if half is None else f" ±{number(half * scale, digits)}")


def change(one: Sure, digits: int) -> str:
    mean = round(one["mean"], digits) or 0.0
    return ("+" if mean > 0 else "") + estimate({**one, "mean": mean}, digits).replace("-", "−")


def by_chance(one: Sure) -> bool:
    """Whether the interval holds zero: chance explains the difference as well."""
    return one["half_width"] is None or abs(one["mean"]) <= one["half_width"]


def weekday(day: int) -> str:
    """As it stands within a sentence."""
    name = str(WEEKDAYS[day])
    return name.lower() if get_language() == "pl" else name


def plain(value: Any) -> Any:
    """A number as a field of a form shows it: 8, not 8.0."""
    return int(value) if isinstance(value, float) and value == int(value) else value


def clock(minute: float) -> str:
    return f"{int(minute // 60) % 24}:{int(minute % 60):02}"
