"""The moment that a promise names: "jutro do 12", "w piątek", "w ciągu 24 godzin", "by tomorrow noon"."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAYS = (
    r"poniedzial\w{1,3}|monday", r"wtor\w{1,3}|tuesday", r"srod\w{1,2}|wednesday", r"czwart\w{1,3}|thursday",
    r"piat\w{1,3}|friday", r"sobot\w{1,2}|saturday", r"niedziel\w{1,2}|sunday",
)  # fmt: skip
_WEEKDAYS = tuple(re.compile(rf"\b(?:{words})\b") for words in _DAYS)
_AWAY = (
    (re.compile(r"\b(?:pojutrze|day after tomorrow)\b"), 2),
    (re.compile(r"\b(?:jutro|jutra|tomorrow)\b"), 1),
    (re.compile(r"\b(?:dzis|dzisiaj|dzisiejsz\w{1,3}|today|tonight|wieczorem|this (?:evening|afternoon))\b"), 0),
)
_CLOCK = re.compile(
    r"\b(?:do|o|od|przed|po|okolo|ok\.|najpozniej o|najpozniej do|by|at|before|until|till|around)\s"
    r"(?:godz(?:\.|iny|inie)?\s)?([01]?\d|2[0-3])(?:[:.]([0-5]\d))?\s?(am|pm)?"
    r"(?!\d|[.,]\d|\s?(?:zl|gb|mb|min|dni|%|lat|proc|pln|smsow|pkt))\b"
)
_NOON = re.compile(r"\b(?:do|przed|po|w|by|before|at)\s(?:poludni\w{1,2}|noon|midday)\b")
_WITHIN = re.compile(
    r"\b(?:w ciagu|do|najdalej za|za|within|in)\s(?:the next |najblizsz\w{1,3} |kolejn\w{1,3} )?"
    r"(\d{1,2}|jedne\w{1,3}|dwoch|dwu|trzech|czterech|pieciu|kilku|one|an|a|two|three|four|five)?\s?"
    r"(minut\w{0,2}|godzin\w{0,2}|dni|dnia|dob\w|tygodni\w{0,2}|minutes?|hours?|(?:working |business )?days?|weeks?)\b"
)
_WORKING = re.compile(r"\b(?:robocz\w{1,3}|working|business)\b")
_NUMBERS = {
    "dwoch": 2, "dwu": 2, "trzech": 3, "czterech": 4, "pieciu": 5, "two": 2, "three": 3, "four": 4, "five": 5,
}  # fmt: skip


def named(plain: str, said_at: datetime, zone: ZoneInfo) -> datetime | None:
    """The latest moment at which the folded sentence's promise holds, in UTC; None when it names none."""
    return _within(plain, said_at, zone) or _on_day(plain, said_at, zone)


def names_a_moment(plain: str) -> bool:
    """Whether there is any day, hour or term in it."""
    days = any(words.search(plain) for words in (*_WEEKDAYS, *(words for words, _days in _AWAY)))
    return days or _clock(plain) is not None or _WITHIN.search(plain) is not None


def _within(plain: str, said_at: datetime, zone: ZoneInfo) -> datetime | None:
    found = _WITHIN.search(plain)
    if not found or found[1] == "kilku":
        return None
    number = int(found[1]) if (found[1] or "").isdecimal() else _NUMBERS.get(found[1] or "", 1)
    unit = found[2]
    if unit.startswith("minut"):
        return said_at + timedelta(minutes=number)
    if unit.startswith(("godzin", "hour")):
        return said_at + timedelta(hours=number)
    if unit.startswith(("tygodni", "week")):
        number *= 7
    if _WORKING.search(plain):
        number = _working(number, said_at.astimezone(zone))
    return said_at + timedelta(days=number)


def _working(number: int, local: datetime) -> int:
    """So many days until as many working days have passed. Public holidays are not known here."""
    days = 0
    while number > 0:
        days += 1
        number -= (local + timedelta(days=days)).weekday() < 5
    return days


def _on_day(plain: str, said_at: datetime, zone: ZoneInfo) -> datetime | None:
    local = said_at.astimezone(zone)
    away = next((days for words, days in _AWAY if words.search(plain)), None)
    if away is None:
        found = next((day for day, words in enumerate(_WEEKDAYS) if words.search(plain)), None)
        away = None if found is None else (found - local.weekday()) % 7 or 7
    clock = _clock(plain)
    if away is None:
        # "Oddzwonię o 15" is today, unless that hour is over.
        if clock is None:
            return None
        away = 0 if clock > local.time() else 1
    day = local.date() + timedelta(days=away)
    return datetime.combine(day, clock or time(23, 59), zone).astimezone(UTC)


def _clock(plain: str) -> time | None:
    if _NOON.search(plain):
        return time(12, 0)
    found = list(_CLOCK.finditer(plain))
    if not found:
        return None
    hour, minute, half = int(found[-1][1]), int(found[-1][2] or 0), found[-1][3]
    if half == "pm" and hour < 12:
        hour += 12
    return time(hour % 24, minute)
