"""The roster as a calendar (RFC 5545). What is timed is a shift, what lasts whole days is leave; words may say more.

Whom it concerns is said by ATTENDEE or ORGANIZER, else by an e-mail or a full name in SUMMARY. Breaks are events of
their own inside a shift, or X-SAMEHAND-BREAKS. Rules repeat by days at the most, and within a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from samehand.core.days import midnight
from samehand.core.recurrence import NotFollowed, Rule, days
from samehand.people.rostering.files.entries import (
    AHEAD,
    BACK,
    HEADER,
    MOST_LINES,
    ONE_DAY,
    BadLine,
    Entry,
    Line,
    NotAFile,
    People,
    Sheet,
)
from samehand.people.rostering.files.table import decoded

WORDS = {
    "sick": re.compile(r"\b(sick|ill|illness|chor\w*|l4|zwolnienie)\b", re.I),
    "leave": re.compile(r"\b(leave|vacation|holidays?|urlop\w*|wolne)\b", re.I),
    "break": re.compile(r"\b(break|lunch|przerw\w*)\b", re.I),
    "other": re.compile(r"\b(away|absence|nieobecn\w*|out of office|delegacj\w*|szkoleni\w*)\b", re.I),
}
Span = tuple[datetime, datetime]
ADDRESS = re.compile(r"[^\s<>:;,()\"]+@[^\s<>:;,()\"]+")
Piece = tuple[str, int, datetime, datetime, tuple[Span, ...]]


def read_calendar(raw: bytes, zone: ZoneInfo, now: datetime) -> Sheet:
    """The events from two months ago to a year ahead. Raises NotAFile."""
    reader, events = _Reader(zone, now), _events(raw)
    for event in events:
        reader.note_what_moved(event)
    for number, event in enumerate(events, 1):
        reader.take(number, event)
    return Sheet(HEADER, tuple(reader.lines()))


def _events(raw: bytes) -> list[Any]:
    text = decoded(raw)
    if text.upper().count("BEGIN:") > 3 * MOST_LINES:
        raise NotAFile(_("More than %(count)d lines: split the file.") % {"count": MOST_LINES})
    from icalendar import Calendar

    try:
        found = [event for one in Calendar.from_ical(text, multiple=True) for event in one.walk("VEVENT")]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise NotAFile(_("This is not a calendar file.")) from None
    if not found:
        raise NotAFile(_("There is no event in this calendar."))
    return found


class _Reader:
    def __init__(self, zone: ZoneInfo, now: datetime) -> None:
        self.zone, self.people = zone, People()
        self.begin, self.end = now - BACK, now + AHEAD
        self.found: list[tuple[int, Piece]] = []
        self.broken: list[Line] = []
        self.moved: set[tuple[str, datetime]] = set()

    def note_what_moved(self, event: Any) -> None:
        """An event with RECURRENCE-ID stands for that one time of the rule."""
        try:
            if "RECURRENCE-ID" in event:
                self.moved.add((str(event.get("UID", "")), self._instant(event.decoded("RECURRENCE-ID"))))
        except (ValueError, TypeError, AttributeError, BadLine):
            pass

    def take(self, number: int, event: Any) -> None:
        try:
            self.found += [(number, piece) for piece in self._pieces(event)]
            if len(self.found) > MOST_LINES:
                raise NotAFile(_("More than %(count)d lines: split the file.") % {"count": MOST_LINES})
        except BadLine as trouble:
            self.broken.append(Line(number, _cells(event), trouble=str(trouble)))
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
            self.broken.append(Line(number, _cells(event), trouble=_("The event cannot be read.")))

    def lines(self) -> Iterator[Line]:
        shifts = [(number, piece) for number, piece in self.found if piece[0] != "break"]
        breaks = [(number, piece) for number, piece in self.found if piece[0] == "break"]
        rests: dict[int, list[Span]] = {}
        for number, (_kind, person, begin, end, _own) in breaks:
            home = next((at for at, (_n, one) in enumerate(shifts) if _holds(one, person, begin, end)), None)
            if home is None:
                self.broken.append(
                    Line(number, ("", f"{begin:%Y-%m-%d}"), trouble=_("A break outside of every shift."))
                )
            else:
                rests.setdefault(home, []).append((begin, end))
        for at, (number, (kind, person, begin, end, own)) in enumerate(shifts):
            entry = Entry(kind, person, begin, end, tuple(sorted({*own, *rests.get(at, ())})))
            yield Line(number, _told(entry, self.people.address(person), self.zone), entry)
        yield from self.broken

    def _pieces(self, event: Any) -> Iterator[Piece]:
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            return
        person, kind = self._person(event), self._kind(event)
        for begin, end in self._times(event):
            if begin < self.end and end > self.begin:
                yield kind, person, begin, end, self._breaks(event, begin)

    def _person(self, event: Any) -> int:
        said = [str(one) for name in ("ATTENDEE", "ORGANIZER") for one in _many(event.get(name))]
        summary = str(event.get("SUMMARY", ""))
        for called in [*said, *ADDRESS.findall(summary), summary, *re.split(r"\s*[:–—|-]\s+|\s+[-–—|]\s*", summary)]:
            if found := self.people.maybe(re.sub(r"^mailto:", "", called, flags=re.I)):
                return found
        return self.people.find(re.sub(r"^mailto:", "", (said or [summary])[0], flags=re.I))

    def _kind(self, event: Any) -> str:
        categories = event.get("CATEGORIES")
        known = getattr(categories, "cats", None) or _many(categories)
        words = f"{event.get('SUMMARY', '')} {' '.join(str(one) for one in known)}"
        whole_days = not isinstance(event.decoded("DTSTART"), datetime)
        named = next((kind for kind, pattern in WORDS.items() if pattern.search(words)), "")
        return named if named and not (named == "break" and whole_days) else "leave" if whole_days else "shift"

    def _times(self, event: Any) -> Iterator[Span]:
        first = event.decoded("DTSTART")
        zone = event["DTSTART"].params.get("TZID")
        if zone and isinstance(first, datetime) and first.tzinfo is None:
            raise BadLine(_("There is no time zone “%(zone)s”.") % {"zone": str(zone)[:60]})
        length = _length(event, first)
        rule = event.get("RRULE")
        out = {self._instant(one) for part in _many(event.get("EXDATE")) for one in (dt.dt for dt in part.dts)}
        if rule is not None:
            out |= {at for uid, at in self.moved if uid == str(event.get("UID", ""))}
        for begin in self._begins(first, rule):
            if self._instant(begin) not in out:
                # By the clock on the wall: a night shift over the change still ends at six.
                yield self._instant(begin), self._instant(begin + length)

    def _begins(self, first: date, rule: Any) -> Iterator[date]:
        if rule is None:
            yield first
            return
        until = next((self._local(one) for one in rule.get("UNTIL", ())), None)
        day = first.date() if isinstance(first, datetime) else first
        since = min(max(day, (self.begin - 2 * ONE_DAY).date()), date.max - AHEAD)
        try:
            for found in days(Rule.of(rule, until), day, since, self.end.date()):
                yield datetime.combine(found, first.timetz()) if isinstance(first, datetime) else found
        except NotFollowed:
            raise BadLine(
                _("This rule of repetition is not followed: only by days, weeks, months and years, within six years.")
            ) from None

    def _local(self, moment: date) -> date:
        return moment.astimezone(self.zone).date() if isinstance(moment, datetime) and moment.tzinfo else _day(moment)

    def _instant(self, moment: date) -> datetime:
        """A whole day begins at midnight; what names no zone is meant in the operator's."""
        if not isinstance(moment, datetime):
            return midnight(moment, self.zone)
        if not 2000 <= moment.year <= 2100:
            raise BadLine(_("That day is too far away."))
        return (moment if moment.tzinfo else moment.replace(tzinfo=self.zone)).astimezone(UTC)

    def _breaks(self, event: Any, begin: datetime) -> tuple[Span, ...]:
        said = re.findall(r"(\d\d):(\d\d)-(\d\d):(\d\d)", str(event.get("X-SAMEHAND-BREAKS", "")))
        return tuple(self._break(begin.astimezone(self.zone), *map(int, four)) for four in said)

    def _break(
        self, shift: datetime, hour: int, minute: int, to_hour: int, to_minute: int
    ) -> tuple[datetime, datetime]:
        first, last = time(hour, minute), time(to_hour, to_minute)
        day = shift.date() + (first < shift.time()) * ONE_DAY
        begin = datetime.combine(day, first, self.zone)
        return begin.astimezone(UTC), datetime.combine(day + (last <= first) * ONE_DAY, last, self.zone).astimezone(UTC)


def _length(event: Any, first: date) -> timedelta:
    if "DTEND" in event:
        end = event.decoded("DTEND")
        if isinstance(end, datetime) != isinstance(first, datetime):
            raise BadLine(_("The event cannot be read."))
        length: timedelta = _naive(end) - _naive(first) if _same_zone(first, end) else end - first
        return length
    if "DURATION" in event:
        lasts: timedelta = event.decoded("DURATION")
        return lasts
    return ONE_DAY if not isinstance(first, datetime) else timedelta()


def _same_zone(first: date, end: date) -> bool:
    return str(getattr(first, "tzinfo", None)) == str(getattr(end, "tzinfo", None))


def _naive(moment: date) -> Any:
    return moment.replace(tzinfo=None) if isinstance(moment, datetime) else moment


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _many(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _holds(one: Piece, person: int, begin: datetime, end: datetime) -> bool:
    return one[0] == "shift" and one[1] == person and one[2] <= begin and end <= one[3]


def _cells(event: Any) -> tuple[str, ...]:
    """What can be said of an event that cannot be read."""
    return (str(event.get("SUMMARY", ""))[:200], str(event.get("DTSTART", ""))[:80])


def _told(entry: Entry, address: str, zone: ZoneInfo) -> tuple[str, ...]:
    """As the table would tell it, so that a rejected line can be mended there."""
    begin, end = entry.starts_at.astimezone(zone), entry.ends_at.astimezone(zone)
    kind = "" if entry.kind == "shift" else entry.kind
    until = "" if entry.kind == "shift" else f"{end - timedelta(microseconds=1):%Y-%m-%d}"
    breaks = ", ".join(f"{a.astimezone(zone):%H:%M}-{b.astimezone(zone):%H:%M}" for a, b in entry.breaks)
    return (address, f"{begin:%Y-%m-%d}", f"{begin:%H:%M}", f"{end:%H:%M}", breaks, kind, until)
