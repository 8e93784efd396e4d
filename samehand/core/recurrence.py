"""Days on which something repeats (RFC 5545), found by walking the calendar: the work is bounded whatever a file says.

A rule that matches nothing would make a generator search to the end of time; here it walks a few years at the most.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
# A rule that began earlier than so long before what is asked for is not followed.
PATIENCE = timedelta(days=6 * 366)
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"}


class NotFollowed(ValueError):
    """The rule repeats within the day, began too long ago, or asks for what rosters do not need."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`weekdays` are (n, weekday): the n-th of the month, counted from its end when negative; 0 is every one."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: date | None = None
    weekdays: frozenset[tuple[int, int]] = frozenset()
    monthdays: frozenset[int] = frozenset()
    months: frozenset[int] = frozenset()
    week_starts: int = 0

    @classmethod
    def of(cls, parts: Mapping[str, Sequence[object]], until: date | None) -> Rule:
        """From the parts of an RRULE; `until` is its UNTIL as a day of the zone. Raises NotFollowed."""
        texts = {key.upper(): [str(one).upper() for one in values] for key, values in parts.items()}
        frequency = texts.get("FREQ", [""])[0]
        if frequency not in FREQUENCIES or not texts.keys() <= KNOWN:
            raise NotFollowed
        count = texts.get("COUNT")
        rule = cls(
            frequency=frequency,
            interval=_number(texts.get("INTERVAL", ["1"])[0], 1, 1000),
            count=_number(count[0], 1, 1_000_000) if count else None,
            until=until,
            weekdays=frozenset(_weekday(text) for text in texts.get("BYDAY", ())),
            monthdays=frozenset(_number(text, -31, 31) for text in texts.get("BYMONTHDAY", ())),
            months=frozenset(_number(text, 1, 12) for text in texts.get("BYMONTH", ())),
            week_starts=_weekday(texts.get("WKST", ["MO"])[0])[1],
        )
        if any(n for n, _day in rule.weekdays) and not (
            frequency == "MONTHLY" or (frequency == "YEARLY" and rule.months)
        ):
            raise NotFollowed
        return rule


def days(rule: Rule, first: date, begin: date, end: date) -> Iterator[date]:
    """The days from `begin` to before `end` on which something that first was on `first` happens again."""
    if first < begin - PATIENCE:
        raise NotFollowed
    day, found = first, 0
    last = min(end - ONE_DAY, rule.until or date.max)
    while day <= last and (rule.count is None or found < rule.count):
        if _happens(rule, first, day):
            found += 1
            if day >= begin:
                yield day
        day += ONE_DAY


def _happens(rule: Rule, first: date, day: date) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    match rule.frequency:
        case "DAILY":
            return (day - first).days % rule.interval == 0 and _fits(rule, day)
        case "WEEKLY":
            weeks = (_week(rule, day) - _week(rule, first)).days // 7
            wanted = rule.weekdays or {(0, first.weekday())}
            return weeks % rule.interval == 0 and (0, day.weekday()) in wanted and _of_month(rule, day)
        case "MONTHLY":
            months = (day.year - first.year) * 12 + day.month - first.month
            return months % rule.interval == 0 and _fits(rule, day, usual=day.day == first.day)
        case _:
            usual = day.day == first.day and (bool(rule.months) or day.month == first.month)
            return (day.year - first.year) % rule.interval == 0 and _fits(rule, day, usual=usual)


def _fits(rule: Rule, day: date, usual: bool = True) -> bool:
    """By the weekday and the day of the month where they are said, else as usual."""
    if not rule.weekdays and not rule.monthdays:
        return usual
    return _of_month(rule, day) and _of_week(rule, day)


def _of_month(rule: Rule, day: date) -> bool:
    back = day.day - monthrange(day.year, day.month)[1] - 1
    return not rule.monthdays or day.day in rule.monthdays or back in rule.monthdays


def _of_week(rule: Rule, day: date) -> bool:
    nth = (day.day - 1) // 7 + 1
    back = -((monthrange(day.year, day.month)[1] - day.day) // 7 + 1)
    return not rule.weekdays or any((n, day.weekday()) in rule.weekdays for n in (0, nth, back))


def _week(rule: Rule, day: date) -> date:
    return day - timedelta(days=(day.weekday() - rule.week_starts) % 7)


def _weekday(text: str) -> tuple[int, int]:
    if text[-2:] not in WEEKDAYS:
        raise NotFollowed
    return _number(text[:-2] or "0", -5, 5), WEEKDAYS.index(text[-2:])


def _number(text: str, least: int, most: int) -> int:
    try:
        value = int(text)
    except ValueError:
        raise NotFollowed from None
    if not least <= value <= most:
        raise NotFollowed
    return value
