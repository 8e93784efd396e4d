"""The roster as a table. Columns: person (e-mail or full name), date, begin, end, breaks, kind, until.

`breaks` is "12:00-12:30, 15:00-15:15"; an end that is not after the begin is the next day; `kind` is empty for a shift,
else leave, sick or other, from `date` to the end of `until`. Headers and kinds may be Polish, dates as in Poland;
semicolons, commas or tabs; UTF-8, UTF-16 or what a Polish Excel writes.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from samehand.core.days import moment
from samehand.people.models import Absence, Shift
from samehand.people.rostering.files.entries import (
    HEADER,
    LARGEST,
    MOST_LINES,
    ONE_DAY,
    BadLine,
    Entry,
    Line,
    NotAFile,
    People,
    Sheet,
)

NAMES = {
    "person": (
        "person",
        "who",
        "email",
        "e-mail",
        "name",
        "osoba",
        "kto",
        "konsultant",
        "pracownik",
        "imię i nazwisko",
    ),
    "date": ("date", "day", "first day", "data", "dzień", "pierwszy dzień"),
    "begin": ("begin", "begins", "start", "from", "od", "początek", "godzina od"),
    "end": ("end", "ends", "to", "do", "koniec", "godzina do"),
    "breaks": ("breaks", "break", "przerwy", "przerwa"),
    "kind": ("kind", "type", "rodzaj", "typ"),
    "until": ("until", "last day", "do dnia", "ostatni dzień"),
}
KINDS = {
    "shift": ("", "shift", "work", "dyżur", "zmiana", "praca"),
    "leave": ("leave", "vacation", "holiday", "urlop", "wypoczynkowy", "urlop wypoczynkowy"),
    "sick": ("sick", "ill", "illness", "choroba", "chorobowe", "l4", "zwolnienie"),
    "other": ("other", "away", "inne", "nieobecność", "szkolenie", "delegacja"),
}
COLUMNS = {name: key for key, names in NAMES.items() for name in names}
MEANS = {name: key for key, names in KINDS.items() for name in names}
CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?:[:.]\d{2})?")
DAYS = (
    (re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[ T].*)?")),
    (re.compile(r"(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4})")),
)
DAY = 24 * 60


def read_table(raw: bytes, zone: ZoneInfo) -> Sheet:
    """Raises NotAFile."""
    rows = list(_rows(decoded(raw)))
    header = next((row for row in rows if any(row)), [])
    columns = [COLUMNS.get(cell.strip().casefold(), "") for cell in header]
    missing = [name for name in ("person", "date") if name not in columns]
    if missing:
        raise NotAFile(_("The first line has to name the columns: person, date, begin, end (osoba, data, od, do)."))
    people, reading = People(), rows[rows.index(header) + 1 :]
    lines = [
        _line(number, row, columns, people, zone)
        for number, row in enumerate(reading, rows.index(header) + 2)
        if any(cell.strip() for cell in row)
    ]
    return Sheet(tuple(header), tuple(lines))


def write_table(shifts: Iterable[Shift], absences: Iterable[Absence], zone: ZoneInfo) -> str:
    """What `read_table` reads, for programs and for Excel (semicolons; add a BOM for it)."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    for shift in shifts:
        writer.writerow(safe(_planned(shift, zone)))
    for absence in absences:
        writer.writerow(safe(_away(absence, zone)))
    return out.getvalue()


def write_rejected(sheet: Sheet, troubles: dict[int, str]) -> str:
    """The lines that were not taken, as they came, each with what is wrong with it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(safe((*sheet.header, _("problem"))))
    for line in sheet.lines:
        if line.number in troubles:
            padded = (*line.cells, *[""] * (len(sheet.header) - len(line.cells)))
            writer.writerow(safe((*padded, troubles[line.number])))
    return out.getvalue()


def safe(cells: Sequence[str]) -> list[str]:
    """A cell that begins like a formula would be run by the program that opens the table."""
    return [f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell for cell in cells]


def decoded(raw: bytes) -> str:
    """Raises NotAFile."""
    if len(raw) > LARGEST:
        raise NotAFile(_("The file is larger than a megabyte."))
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _text(raw, "utf-16")
    try:
        return _text(raw, "utf-8-sig")
    except UnicodeDecodeError:
        # What Excel in Polish writes when nobody asks it for Unicode.
        return _text(raw, "cp1250")


def _text(raw: bytes, charset: str) -> str:
    try:
        text = raw.decode(charset)
    except UnicodeDecodeError:
        if charset == "utf-8-sig":
            raise
        raise NotAFile(_("This is not a text file.")) from None
    if "\0" in text or not text.strip():
        raise NotAFile(_("This is not a text file.") if text.strip() else _("The file is empty."))
    return text


def _rows(text: str) -> Iterable[list[str]]:
    first = text.lstrip().splitlines()[0]
    delimiter = max(";\t,", key=first.count)
    try:
        for count, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)):
            if count > MOST_LINES:
                raise NotAFile(_("More than %(count)d lines: split the file.") % {"count": MOST_LINES})
            yield row
    except csv.Error:
        raise NotAFile(_("The table is broken: a quotation mark is open, or a cell is far too long.")) from None


def _line(number: int, row: list[str], columns: list[str], people: People, zone: ZoneInfo) -> Line:
    cells = {name: cell.strip().removeprefix("'") for name, cell in zip(columns, row, strict=False) if name}
    try:
        return Line(number, tuple(row), entry=_entry(cells, people, zone))
    except BadLine as trouble:
        return Line(number, tuple(row), trouble=str(trouble))


def _entry(cells: dict[str, str], people: People, zone: ZoneInfo) -> Entry:
    kind = MEANS.get(cells.get("kind", "").casefold())
    if kind is None:
        said = {"kind": cells["kind"][:40]}
        raise BadLine(_("“%(kind)s” is not known: leave it empty, or write leave, sick or other.") % said)
    person, day = people.find(cells.get("person", "")), _day(cells.get("date", ""))
    if kind != "shift":
        last = _day(cells["until"]) if cells.get("until") else day
        begin, end = _minutes(cells.get("begin") or "0"), _minutes(cells.get("end") or "24")
        return Entry(kind, person, moment(day, begin, zone), moment(last, end, zone))
    begin, end = _minutes(cells.get("begin", "")), _minutes(cells.get("end", ""))
    parts = [part for part in re.split(r"[,;]", cells.get("breaks", "")) if part.strip()]
    breaks = tuple(_break(part, day, begin, zone) for part in parts)
    return Entry(kind, person, moment(day, begin, zone), moment(day, end + (end <= begin) * DAY, zone), breaks)


def _break(part: str, day: date, begin: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    first, dash, last = re.sub(r"\s*[-–—]\s*", "-", part.strip()).partition("-")
    if not dash:
        raise BadLine(_("“%(part)s” is not a break. Write it like 12:00-12:30.") % {"part": part[:40]})
    start, stop = _minutes(first), _minutes(last)
    start += (start < begin) * DAY
    return moment(day, start, zone), moment(day, stop + ((stop <= start % DAY) + start // DAY) * DAY, zone)


def _day(text: str) -> date:
    for form in DAYS:
        if found := form.fullmatch(text):
            try:
                day = date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                break
            if 2000 <= day.year <= 2100:
                return day
    raise BadLine(_("“%(text)s” is not a day. Write it like 2026-11-24 or 24.11.2026.") % {"text": text[:40]})


def _minutes(text: str) -> int:
    found = CLOCK.fullmatch(text.strip())
    minutes = int(found[1]) * 60 + int(found[2] or 0) if found else -1
    if not found or minutes > DAY or int(found[2] or 0) > 59:
        raise BadLine(_("“%(text)s” is not an hour. Write it like 8:00.") % {"text": text[:40]})
    return minutes


def _planned(shift: Shift, zone: ZoneInfo) -> tuple[str, ...]:
    begin, end = shift.starts_at.astimezone(zone), shift.ends_at.astimezone(zone)
    pauses = ((one.starts_at.astimezone(zone), one.ends_at.astimezone(zone)) for one in shift.breaks.all())
    breaks = ", ".join(_pair(*pause) for pause in pauses)
    return (shift.consultant.email, f"{begin:%Y-%m-%d}", f"{begin:%H:%M}", f"{end:%H:%M}", breaks, "", "")


def _away(absence: Absence, zone: ZoneInfo) -> tuple[str, ...]:
    begin, end = absence.starts_at.astimezone(zone), absence.ends_at.astimezone(zone)
    midnight = end.time() == datetime.min.time()
    last = end.date() - midnight * ONE_DAY
    hours = (f"{begin:%H:%M}", "24:00" if midnight else f"{end:%H:%M}")
    if midnight and begin.time() == datetime.min.time():
        hours = ("", "")
    return (absence.consultant.email, f"{begin:%Y-%m-%d}", *hours, "", absence.kind, f"{last:%Y-%m-%d}")


def _pair(begin: datetime, end: datetime) -> str:
    return f"{begin:%H:%M}-{end:%H:%M}"
