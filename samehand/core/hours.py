"""Service hours: when the desk is open, and when so much open time has passed.

A wall time of the desk's zone means the first instant at which the clock there shows it or has jumped past it. So in
spring a time inside the skipped hour is the instant of the jump, and in autumn a time that comes twice is its first
coming, for opening and for closing alike: "22:00-02:30" ends at the first 02:30, "02:30-06:00" begins right there, and
"22:00-06:00" lasts as long as it really lasts, 7 or 9 hours. Everything is counted in UTC, exact to the microsecond.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from samehand.core.intervals import joined, without

DAY = 24 * 60
PATIENCE = 400  # days without any opening after which we say that there will be none

_ONE_DAY = timedelta(days=1)
_ONE_SECOND = timedelta(seconds=1)

Interval = tuple[datetime, datetime]


class NeverOpen(Exception):
    """The desk does not open within the next 400 days, so nothing can be promised."""


class Span(NamedTuple):
    """Open from and to, in minutes after midnight of the day on which it begins; past 1440 is the next day."""

    opens: int
    closes: int


@dataclass(frozen=True, slots=True, eq=False)
class Hours:
    """A week of spans from Monday in an IANA zone; `days` replaces the spans that begin on a date, () is closed.

    A span begun the day before still runs into a closed day. Spans may overlap: open is open. `closed` are instants
    from and to which nobody answers, whatever the week and the days say. Raises ValueError.
    """

    zone: str
    week: tuple[tuple[Span, ...], ...]
    days: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)
    closed: tuple[Interval, ...] = ()
    tz: ZoneInfo = field(init=False, repr=False)
    _key: tuple[object, ...] = field(init=False, repr=False)
    _hash: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        week = tuple(_checked(spans) for spans in self.week)
        if len(week) != 7:
            raise ValueError("A week has seven days.")
        days = {day: _checked(spans) for day, spans in sorted(self.days.items())}
        closed = joined((_utc(begins), _utc(ends)) for begins, ends in self.closed)
        key = (self.zone, week, tuple(days.items()), closed)
        put = object.__setattr__
        put(self, "week", week)
        put(self, "days", MappingProxyType(days))
        put(self, "closed", closed)
        put(self, "tz", _zone(self.zone))
        put(self, "_key", key)
        put(self, "_hash", hash(key))

    def __eq__(self, other: object) -> bool:
        return self._key == other._key if isinstance(other, Hours) else NotImplemented

    def __hash__(self) -> int:
        # Asked for at every mail: hashing the whole calendar each time would cost more than the sum itself.
        return self._hash

    def spans_of(self, day: date) -> tuple[Span, ...]:
        """The spans that begin on this day."""
        special = self.days.get(day)
        return self.week[day.weekday()] if special is None else special

    def usual(self) -> Hours:
        """The same calendar without what is closed between two instants."""
        return Hours(self.zone, self.week, self.days) if self.closed else self


def is_open(hours: Hours, moment: datetime) -> bool:
    """Whether the desk is open; at the very instant of closing it no longer is."""
    at = _utc(moment)
    today = _local_day(hours, at)
    # Tomorrow may have begun already: some clocks are set back from just after midnight.
    near = (today - _ONE_DAY, today, today + _ONE_DAY)
    return any(opens <= at < closes for day in near for opens, closes in _begun_on(hours, day))


def add(hours: Hours, moment: datetime, service: timedelta) -> datetime:
    """The first instant, in UTC, at which `service` of open time has passed since `moment`."""
    if service < timedelta(0):
        raise ValueError("Service time does not run backwards.")
    at = _utc(moment)
    if not service:
        return at
    for opens, closes in _open_from(hours, at):
        if closes - opens >= service:
            return opens + service
        service -= closes - opens
    raise NeverOpen


def between(hours: Hours, start: datetime, end: datetime) -> timedelta:
    """The open time from `start` to `end`; zero when `end` is not later."""
    return sum((closes - opens for opens, closes in opened(hours, start, end)), timedelta(0))


def opened(hours: Hours, start: datetime, end: datetime) -> tuple[Interval, ...]:
    """What is open from `start` to `end`, in UTC, in order and without overlaps."""
    begin, stop = _utc(start), _utc(end)
    found: list[Interval] = []
    try:
        for opens, closes in _open_from(hours, begin, patience=(stop - begin).days + 3):
            if opens >= stop:
                break
            found.append((opens, min(closes, stop)))
    except NeverOpen:
        pass
    return tuple(found)


def next_opening(hours: Hours, moment: datetime) -> datetime:
    """The first instant from `moment` on, in UTC, at which the desk is open: `moment` itself when it is."""
    opens, _closes = next(_open_from(hours, _utc(moment)))
    return opens


def _open_from(hours: Hours, at: datetime, patience: int = PATIENCE) -> Iterator[Interval]:
    """What is open from `at` on, in order and without overlaps; NeverOpen after so many idle days."""
    day, reached, idle = _local_day(hours, at) - _ONE_DAY, at, 0
    while idle <= patience:
        idle += 1
        for opens, closes in _begun_on(hours, day):
            if closes > reached:
                yield max(opens, reached), closes
                reached, idle = closes, 0
        day += _ONE_DAY
    raise NeverOpen


@lru_cache(maxsize=4096)
def _begun_on(hours: Hours, day: date) -> tuple[Interval, ...]:
    """The open time of one day's spans as UTC instants, span by span; a span that the clock skips whole is none."""
    midnight = datetime.combine(day, time())
    ends = [[_instant(hours.tz, midnight + timedelta(minutes=at)) for at in span] for span in hours.spans_of(day)]
    return tuple(piece for opens, closes in ends for piece in without([(opens, closes)], hours.closed))


def _instant(tz: ZoneInfo, wall: datetime) -> datetime:
    """The first instant at which the clock shows `wall` or has jumped past it."""
    first = wall.replace(tzinfo=tz).astimezone(UTC)
    if _wall(tz, first) == wall:
        return first
    # In the gap the two folds are read with the offsets of both sides, so the jump lies between them.
    before = wall.replace(tzinfo=tz, fold=1).astimezone(UTC)
    return _jump(tz, wall, before, first)


def _jump(tz: ZoneInfo, wall: datetime, before: datetime, after: datetime) -> datetime:
    while after - before > _ONE_SECOND:
        middle = before + (after - before) // 2
        middle -= timedelta(microseconds=middle.microsecond)
        before, after = (before, middle) if _wall(tz, middle) >= wall else (middle, after)
    return after


def _wall(tz: ZoneInfo, at: datetime) -> datetime:
    return at.astimezone(tz).replace(tzinfo=None)


def _utc(moment: datetime) -> datetime:
    # A naive moment would silently be read in the zone of the machine.
    if moment.tzinfo is None:
        raise ValueError("A moment needs its zone.")
    return moment.astimezone(UTC)


def _local_day(hours: Hours, at: datetime) -> date:
    return at.astimezone(hours.tz).date()


def _checked(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    ordered = tuple(sorted(Span(*span) for span in spans))
    for opens, closes in ordered:
        if not (0 <= opens < DAY and opens < closes <= opens + DAY):
            raise ValueError(f"Not a span of a day: {opens}-{closes}")
    return ordered


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"Not a time zone: {name!r}") from None
