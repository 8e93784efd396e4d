"""Rosters in files: what is read, what is refused and why, and that what goes out comes back the same."""

from __future__ import annotations

import codecs
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from samehand.people.actions import rostering
from samehand.people.actions.rostering.links import make_link, person_of, token_of
from samehand.people.models import Absence, AbsenceKind, Break, Shift, Staff
from samehand.people.rostering.files.calendar import read_calendar
from samehand.people.rostering.files.entries import LARGEST, NotAFile, Sheet
from samehand.people.rostering.files.reading import read
from samehand.people.rostering.files.table import read_table, write_rejected, write_table
from samehand.people.rostering.files.telling import write_calendar
from tests.personas import MONDAY

pytestmark = pytest.mark.django_db
WARSAW = ZoneInfo("Europe/Warsaw")
NAME = "Anna Testowa"
PIECES = (
    b"",
    b"0",
    b"-",
    b";",
    b":",
    b"\r\n",
    b"99999999",
    b"T",
    b"Z",
    b"\xff",
    b"=",
    b",",
    b"BEGIN:VEVENT\r\n",
    b"RRULE:",
    b'"',
)


@pytest.fixture(autouse=True)
def in_english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def free(anna: Staff) -> Staff:
    Shift.objects.all().delete()
    return anna


def table(*rows: str, header: str = "person;date;begin;end;breaks;kind;until") -> bytes:
    return "\r\n".join((header, *rows)).encode()


def calendar(*events: str, more: str = "") -> bytes:
    body = "".join(f"BEGIN:VEVENT\r\n{event.replace(' | ', chr(13) + chr(10))}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{more}{body}END:VCALENDAR\r\n".encode()


def told(sheet: Sheet) -> list[str]:
    """Each line as a person would write it down, in the hours of the wall clock."""
    return [line.trouble or _entry(line.entry) for line in sheet.lines]


def _entry(entry: Any) -> str:
    begin, end = entry.starts_at.astimezone(WARSAW), entry.ends_at.astimezone(WARSAW)
    breaks = "".join(f" ({a.astimezone(WARSAW):%H:%M}-{b.astimezone(WARSAW):%H:%M})" for a, b in entry.breaks)
    return f"{entry.kind} {begin:%d.%m %H:%M} - {end:%d.%m %H:%M}{breaks}"


def events(*lines: str) -> list[str]:
    return told(read_calendar(calendar(*lines), WARSAW, MONDAY))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(f"{NAME};2026-11-24;8:00;16:00", "shift 24.11 08:00 - 24.11 16:00", id="a name and hours"),
        pytest.param("ANNA@fala.example;24.11.2026;8;16", "shift 24.11 08:00 - 24.11 16:00", id="as written in Poland"),
        pytest.param(f"{NAME};24/11/2026;8.30;16.15", "shift 24.11 08:30 - 24.11 16:15", id="dots and slashes"),
        pytest.param(f"{NAME};2026-11-24;22:00;06:00", "shift 24.11 22:00 - 25.11 06:00", id="over midnight"),
        pytest.param(f"{NAME};2026-11-24;16:00;24:00", "shift 24.11 16:00 - 25.11 00:00", id="to midnight"),
        pytest.param(f"{NAME};2026-10-24;22:00;06:00", "shift 24.10 22:00 - 25.10 06:00", id="the long night"),
        pytest.param(
            f"{NAME};2026-11-24;22:00;06:00;23:45-0:15, 2:00 – 2:20",
            "shift 24.11 22:00 - 25.11 06:00 (23:45-00:15) (02:00-02:20)",
            id="breaks around midnight",
        ),
        pytest.param(f"{NAME};2026-11-24;;;;urlop;2026-11-26", "leave 24.11 00:00 - 27.11 00:00", id="leave"),
        pytest.param(f"{NAME};2026-11-24;;;;L4", "sick 24.11 00:00 - 25.11 00:00", id="one day of illness"),
        pytest.param(f"{NAME};2026-11-24;12:00;15:00;;away", "other 24.11 12:00 - 24.11 15:00", id="away for hours"),
        pytest.param(";2026-11-24;8;16", "Nobody here is called “”.", id="nobody"),
        pytest.param("Kto To;2026-11-24;8;16", "Nobody here is called “Kto To”.", id="a stranger"),
        pytest.param(
            f"{NAME};2026-02-30;8;16", "“2026-02-30” is not a day. Write it like 2026-11-24 or 24.11.2026.", id="no day"
        ),
        pytest.param(
            f"{NAME};0001-01-01;8;16",
            "“0001-01-01” is not a day. Write it like 2026-11-24 or 24.11.2026.",
            id="long ago",
        ),
        pytest.param(f"{NAME};2026-11-24;8:70;16", "“8:70” is not an hour. Write it like 8:00.", id="no hour"),
        pytest.param(f"{NAME};2026-11-24;;16", "“” is not an hour. Write it like 8:00.", id="no begin"),
        pytest.param(
            f"{NAME};2026-11-24;8;16;noon", "“noon” is not a break. Write it like 12:00-12:30.", id="no break"
        ),
        pytest.param(
            f"{NAME};2026-11-24;8;16;;party",
            "“party” is not known: leave it empty, or write leave, sick or other.",
            id="an unknown kind",
        ),
    ],
)
def test_a_line_of_a_table(anna: Staff, row: str, expected: str) -> None:
    assert told(read_table(table(row), WARSAW)) == [expected]


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("Osoba;Data;Od;Do\nŻaneta Łoś;24.11.2026;8:00;16:00\n".encode("cp1250"), id="a Polish Excel"),
        pytest.param(
            codecs.BOM_UTF8 + "osoba,dzień,początek,koniec\nŻaneta Łoś,2026-11-24,8:00,16:00".encode(), id="a BOM"
        ),
        pytest.param("kto\tdata\tod\tdo\r\n\r\nŻaneta Łoś\t24-11-2026\t8:00\t16:00".encode("utf-16"), id="UTF-16"),
        pytest.param('"person";"date";"begin";"end"\n"Żaneta Łoś";"2026-11-24";"8:00";"16:00"'.encode(), id="quoted"),
    ],
)
def test_tables_as_programs_write_them(anna: Staff, raw: bytes) -> None:
    Staff.objects.filter(pk=anna.pk).update(first_name="Żaneta", last_name="Łoś")

    assert told(read_table(raw, WARSAW)) == ["shift 24.11 08:00 - 24.11 16:00"]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b"  \n\n", "empty", id="blanks"),
        pytest.param(b"a;b\x00c", "not a text file", id="zero bytes"),
        pytest.param(b"\xff\xfe\x00", "not a text file", id="half of UTF-16"),
        pytest.param(b"x" * (LARGEST + 1), "larger than a megabyte", id="too large"),
        pytest.param(table(*["x;2026-11-24"] * 3001), "More than 3000 lines", id="too many lines"),
        pytest.param(b"one;two\n1;2", "has to name the columns", id="other columns"),
        pytest.param(b'person;date\n"' + b"x" * 200_000, "broken", id="an open quotation mark"),
    ],
)
def test_a_table_that_is_none(db: None, raw: bytes, why: str) -> None:
    with pytest.raises(NotAFile, match=why):
        read_table(raw, WARSAW)


def test_two_of_one_name_are_told_apart_by_their_address(anna: Staff, marek: Staff) -> None:
    Staff.objects.filter(pk=marek.pk).update(first_name="Anna")

    lines = told(read_table(table(f"{NAME};2026-11-24;8;16", "marek@fala.example;2026-11-24;8;16"), WARSAW))

    assert lines == ["Two people are called Anna Testowa: write the e-mail.", "shift 24.11 08:00 - 24.11 16:00"]


def test_rejected_lines_come_back_as_they_were_and_never_as_formulas(anna: Staff) -> None:
    sheet = read_table(table("=cmd|' /C calc';2026-11-24;8;16", f"{NAME};2026-11-24;8;16"), WARSAW)

    back = write_rejected(sheet, {line.number: line.trouble for line in sheet.lines if line.trouble})

    rows = back.splitlines()
    assert rows[0] == "person;date;begin;end;breaks;kind;until;problem"
    assert rows[1].startswith("'=cmd|' /C calc';2026-11-24;8;16;;;;")
    assert len(rows) == 2
    assert told(read_table(back.encode(), WARSAW)) == [sheet.lines[0].trouble]


WHO = "ATTENDEE;CN=Anna:mailto:anna@fala.example"


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        pytest.param(
            f"{WHO} | DTSTART;TZID=Europe/Warsaw:20261124T080000 | DTEND;TZID=Europe/Warsaw:20261124T160000",
            ["shift 24.11 08:00 - 24.11 16:00"],
            id="a zone of its own",
        ),
        pytest.param(
            f"{WHO} | DTSTART:20261124T070000Z | DURATION:PT8H", ["shift 24.11 08:00 - 24.11 16:00"], id="UTC"
        ),
        pytest.param(
            f"{WHO} | DTSTART:20261124T080000 | DTEND:20261124T160000",
            ["shift 24.11 08:00 - 24.11 16:00"],
            id="no zone",
        ),
        pytest.param(
            f"{WHO} | DTSTART;TZID=Central European Standard Time:20261124T080000 | DURATION:PT8H",
            ["shift 24.11 08:00 - 24.11 16:00"],
            id="as Windows names the zone",
        ),
        pytest.param(
            f"{WHO} | DTSTART;TZID=Mars/Olympus:20261124T080000 | DURATION:PT8H",
            ["There is no time zone “Mars/Olympus”."],
            id="a zone that there is not",
        ),
        pytest.param(
            "SUMMARY:Dyżur - Anna Testowa | DTSTART:20261124T070000Z | DURATION:PT8H",
            ["shift 24.11 08:00 - 24.11 16:00"],
            id="a name in the summary",
        ),
        pytest.param(
            "SUMMARY:Anna Testowa: urlop | DTSTART;VALUE=DATE:20261124 | DTEND;VALUE=DATE:20261127",
            ["leave 24.11 00:00 - 27.11 00:00"],
            id="whole days of leave",
        ),
        pytest.param(
            f"SUMMARY:L4 | {WHO} | DTSTART;VALUE=DATE:20261124",
            ["sick 24.11 00:00 - 25.11 00:00"],
            id="a day of illness",
        ),
        pytest.param(
            f"SUMMARY:Szkolenie | {WHO} | DTSTART:20261124T110000Z | DURATION:PT2H",
            ["other 24.11 12:00 - 24.11 14:00"],
            id="away for hours",
        ),
        pytest.param(
            f"{WHO} | DTSTART;TZID=Europe/Warsaw:20261023T220000 | DTEND;TZID=Europe/Warsaw:20261024T060000"
            " | RRULE:FREQ=DAILY;COUNT=3 | EXDATE;TZID=Europe/Warsaw:20261025T220000",
            ["shift 23.10 22:00 - 24.10 06:00", "shift 24.10 22:00 - 25.10 06:00"],
            id="nights by a rule, one left out, over the change of clocks",
        ),
        pytest.param(
            f"{WHO} | DTSTART;TZID=Europe/Warsaw:20261124T080000 | DURATION:PT8H"
            " | RRULE:FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20261201T235959Z",
            ["shift 24.11 08:00 - 24.11 16:00", "shift 26.11 08:00 - 26.11 16:00", "shift 01.12 08:00 - 01.12 16:00"],
            id="Tuesdays and Thursdays",
        ),
        pytest.param(f"STATUS:CANCELLED | {WHO} | DTSTART:20261124T070000Z | DURATION:PT8H", [], id="cancelled"),
        pytest.param(f"{WHO} | DTSTART:20061124T070000Z | DURATION:PT8H", [], id="long ago"),
        pytest.param(
            "SUMMARY:Kto to | DTSTART:20261124T070000Z | DURATION:PT8H",
            ["Nobody here is called “Kto to”."],
            id="a stranger",
        ),
        pytest.param(f"{WHO} | SUMMARY:x", ["The event cannot be read."], id="no time"),
        pytest.param(
            f"{WHO} | SUMMARY:Lunch | DTSTART:20261124T110000Z | DURATION:PT30M",
            ["A break outside of every shift."],
            id="a break without a shift",
        ),
    ],
)
def test_an_event_of_a_calendar(anna: Staff, event: str, expected: list[str]) -> None:
    assert events(event) == expected


def test_breaks_are_events_inside_a_shift(anna: Staff, marek: Staff) -> None:
    marek_ = "ATTENDEE:mailto:marek@fala.example"

    lines = events(
        f"{marek_} | DTSTART:20261124T070000Z | DURATION:PT8H",
        f"{WHO} | SUMMARY:Przerwa | DTSTART:20261124T110000Z | DURATION:PT30M",
        f"{WHO} | DTSTART:20261124T070000Z | DURATION:PT8H",
    )

    assert lines == ["shift 24.11 08:00 - 24.11 16:00", "shift 24.11 08:00 - 24.11 16:00 (12:00-12:30)"]


def test_a_time_of_a_rule_that_was_moved(anna: Staff) -> None:
    lines = events(
        f"UID:a | {WHO} | DTSTART:20261124T070000Z | DURATION:PT8H | RRULE:FREQ=DAILY;COUNT=2",
        f"UID:a | {WHO} | RECURRENCE-ID:20261125T070000Z | DTSTART:20261125T110000Z | DURATION:PT4H",
    )

    assert lines == ["shift 24.11 08:00 - 24.11 16:00", "shift 25.11 12:00 - 25.11 16:00"]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=99999999", "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2",
    ],
)  # fmt: skip
def test_bombs_of_rules_are_said(anna: Staff, rule: str) -> None:
    (line,) = events(f"{WHO} | DTSTART:20261124T070000Z | DURATION:PT1H | RRULE:{rule}")

    assert "not followed" in line or "cannot be read" in line


@pytest.mark.parametrize("rule", ["FREQ=DAILY;INTERVAL=7;BYDAY=WE", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"])
def test_rules_that_never_match_end(anna: Staff, rule: str) -> None:
    assert events(f"{WHO} | DTSTART:20261124T070000Z | DURATION:PT1H | RRULE:{rule}") == []


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        pytest.param(b"not a calendar", "not a calendar|no event", id="prose"),
        pytest.param(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "no event", id="no event"),
        pytest.param(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "not a calendar|no event", id="cut off"),
        pytest.param(b"BEGIN:VEVENT\r\n" * 9001, "More than 3000", id="a pile of events"),
        pytest.param(
            calendar(*[f"{WHO} | DTSTART:20261124T070000Z | DURATION:PT1H | RRULE:FREQ=DAILY"] * 9),
            "More than 3000",
            id="rules without end",
        ),
    ],
)
def test_a_calendar_that_is_none(anna: Staff, raw: bytes, why: str) -> None:
    with pytest.raises(NotAFile, match=why):
        read_calendar(raw, WARSAW, MONDAY)


def explain(refusal: Exception) -> str:
    return type(refusal).__name__


def take(ola: Staff, sheet: Sheet) -> tuple[dict[str, int], list[str]]:
    outcome = rostering.import_roster(by=ola, sheet=sheet, explain=explain, zone=WARSAW, now=MONDAY)
    return {state: outcome.count(state) for state in ("new", "changed", "same")}, [why for _l, why in outcome.troubles]


def test_the_same_file_twice_changes_nothing(ola: Staff, free: Staff) -> None:
    raw = table(
        f"{NAME};2026-11-24;8;16;12-12:30",
        f"{NAME};2026-11-24;15;20",
        f"{NAME};2026-11-25;;;;urlop",
        "Kto To;2026-11-24;8;16",
    )
    sheet = read_table(raw, WARSAW)

    first, second = take(ola, sheet), take(ola, sheet)

    assert first == ({"new": 2, "changed": 0, "same": 0}, ["ShiftOverlaps", "Nobody here is called “Kto To”."])
    assert second == ({"new": 0, "changed": 0, "same": 2}, first[1])
    assert (Shift.objects.count(), Break.objects.count(), Absence.objects.count()) == (1, 1, 1)


def test_a_file_that_tells_a_shift_twice(ola: Staff, free: Staff) -> None:
    once = f"{NAME};2026-11-24;8;16;12-12:30"

    counts, troubles = take(ola, read_table(table(once, once, f"{NAME};2026-11-24;8;16;13-13:30"), WARSAW))

    assert (counts, troubles) == ({"new": 1, "changed": 0, "same": 1}, ["ShiftOverlaps"])


def test_thousands_of_lines_do_not_ask_for_each(ola: Staff, free: Staff, django_assert_max_num_queries: Any) -> None:
    days = [date(2026, 11, 24) + timedelta(days=n) for n in range(300)]
    sheet = read_table(table(*(f"{NAME};{day};8;16;12-12:30" for day in days)), WARSAW)

    with django_assert_max_num_queries(20):
        assert take(ola, sheet)[0]["new"] == 300
    with django_assert_max_num_queries(10):
        assert take(ola, sheet)[0]["same"] == 300


def test_a_mended_plan_replaces_the_one_before(ola: Staff, free: Staff, marek: Staff) -> None:
    def planned(*rows: str) -> rostering.Imported:
        sheet = read_table(table(*rows), WARSAW)
        return rostering.import_roster(by=ola, sheet=sheet, explain=explain, zone=WARSAW, replace=True, now=MONDAY)

    planned(*(f"{NAME};{day};8;16" for day in ("2026-11-20", "2026-11-24", "2026-11-25", "2026-11-28")))
    planned("Marek Testowa;2026-11-25;8;16")

    outcome = planned(f"{NAME};2026-11-20;10;18", f"{NAME};2026-11-24;10;18", f"{NAME};2026-11-26;8;16")

    assert outcome.taken_out == 2, "the 24th was moved and the 25th is gone; what was is history, the 28th not told of"
    assert [why for _line, why in outcome.troubles] == ["ShiftOverlaps"]
    days = [f"{one.starts_at:%d}" for one in Shift.objects.filter(consultant=free)]
    assert days == ["20", "24", "26", "28"]
    assert Shift.objects.filter(consultant=marek, starts_at__date=date(2026, 11, 25)).exists()

    broken = planned(f"{NAME};2026-11-26;8;nie", f"{NAME};2026-11-28;9;16")
    assert broken.taken_out == 0, "the broken line may be the very shift"


def test_other_breaks_of_the_same_shift_are_taken_over(ola: Staff, free: Staff) -> None:
    take(ola, read_table(table(f"{NAME};2026-11-24;8;16;12-12:30"), WARSAW))

    counts, _troubles = take(ola, read_table(table(f"{NAME};2026-11-24;8;16;13-13:30"), WARSAW))

    assert counts == {"new": 0, "changed": 1, "same": 0}
    assert Break.objects.get().starts_at == datetime(2026, 11, 24, 12, tzinfo=UTC)


def a_roster(anna: Staff) -> None:
    """Shifts by day and by night, over the change of clocks, with breaks; leave, illness, hours away."""
    for day, begin, length in ((date(2026, 11, 24), 8, 8), (date(2026, 10, 24), 22, 9), (date(2026, 11, 27), 16, 8)):
        starts_at = datetime.combine(day, time(begin), WARSAW).astimezone(UTC)
        shift = Shift.objects.create(consultant=anna, starts_at=starts_at, ends_at=starts_at + timedelta(hours=length))
        pause = starts_at + timedelta(hours=2)
        Break.objects.create(shift=shift, starts_at=pause, ends_at=pause + timedelta(minutes=20))
    for kind, begin, end in (
        ("leave", datetime(2026, 12, 1, tzinfo=WARSAW), datetime(2026, 12, 5, tzinfo=WARSAW)),
        ("sick", datetime(2026, 12, 7, 11, 30, tzinfo=WARSAW), datetime(2026, 12, 8, tzinfo=WARSAW)),
        ("other", datetime(2026, 12, 9, 12, tzinfo=WARSAW), datetime(2026, 12, 9, 15, tzinfo=WARSAW)),
    ):
        Absence.objects.create(consultant=anna, kind=kind, starts_at=begin, ends_at=end)


def rows() -> tuple[Any, ...]:
    """What the database holds, without its numbers."""
    return (
        sorted(Shift.objects.values_list("consultant", "starts_at", "ends_at")),
        sorted(Break.objects.values_list("starts_at", "ends_at")),
        sorted(Absence.objects.values_list("consultant", "kind", "starts_at", "ends_at")),
    )


@pytest.mark.parametrize("form", ["table", "calendar"])
def test_what_goes_out_comes_back_the_same(ola: Staff, free: Staff, form: str) -> None:
    a_roster(free)
    shifts, absences, before = Shift.objects.all(), Absence.objects.all(), rows()
    if form == "table":
        sheet = read_table(write_table(shifts, absences, WARSAW).encode(), WARSAW)
    else:
        raw = write_calendar(shifts, absences, host="fala.example", zone=WARSAW, now=MONDAY)
        sheet = read_calendar(raw, WARSAW, MONDAY)

    assert take(ola, sheet) == ({"new": 0, "changed": 0, "same": 6}, [])
    Shift.objects.all().delete()
    Absence.objects.all().delete()
    assert take(ola, sheet) == ({"new": 6, "changed": 0, "same": 0}, [])
    assert rows() == before


def test_a_persons_own_calendar_never_tells_that_she_was_ill(free: Staff) -> None:
    a_roster(free)
    absences = Absence.objects.filter(kind=AbsenceKind.SICK)

    def written(*, own: bool) -> str:
        return write_calendar([], absences, host="h", zone=WARSAW, now=MONDAY, own=own).decode()

    assert "SICK" in written(own=False)
    assert "SICK" not in written(own=True)
    assert "SUMMARY:Away" in written(own=True)
    assert "mailto" not in written(own=True)


def test_a_link_ends_when_it_is_made_anew_or_the_person_goes(ola: Staff, anna: Staff, marek: Staff) -> None:
    assert token_of(anna) == ""
    old = make_link(by=anna, person_id=anna.pk, now=MONDAY)
    assert person_of(old) == anna

    new = make_link(by=anna, person_id=anna.pk, now=MONDAY)

    assert person_of(old) is None
    assert person_of(new) == anna
    assert person_of(new.replace(f"{anna.pk}.", f"{marek.pk}.", 1)) is None
    Staff.objects.filter(pk=anna.pk).update(is_active=False)
    assert person_of(new) is None


@pytest.mark.parametrize("token", ["", "x", "1.1", "1.1.x", "1:1:x", "..", "1.0." + "a" * 43])
def test_a_link_that_nobody_made(anna: Staff, token: str) -> None:
    assert person_of(token) is None


A_CALENDAR = calendar(
    f"UID:a | {WHO} | DTSTART;TZID=Europe/Warsaw:20261124T080000 | DTEND;TZID=Europe/Warsaw:20261124T160000"
    " | RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=3 | EXDATE;TZID=Europe/Warsaw:20261201T080000",
    f"UID:a | {WHO} | RECURRENCE-ID:20261208T070000Z | DTSTART:20261208T110000Z | DURATION:PT4H",
    f"{WHO} | SUMMARY:Urlop | DTSTART;VALUE=DATE:20261130 | DTEND;VALUE=DATE:20261202",
)
A_TABLE = table(f"{NAME};2026-11-24;22:00;06:00;23:45-0:15, 2:00 – 2:20", f"{NAME};2026-11-24;;;;urlop;2026-11-26")


@pytest.mark.parametrize("original", [A_CALENDAR, A_TABLE], ids=["calendar", "table"])
def test_a_file_that_was_damaged_is_read_or_refused(anna: Staff, original: bytes) -> None:
    dice = Random(4)

    for _turn in range(400):
        raw = bytearray(original)
        for _damage in range(dice.randint(1, 6)):
            place = dice.randrange(len(raw))
            raw[place : place + dice.choice((0, 0, 1, 1, 9))] = dice.choice(PIECES)
        try:
            sheet = read(bytes(raw), WARSAW, MONDAY)
        except NotAFile as refusal:
            assert str(refusal)
            continue
        for line in sheet.lines:
            assert bool(line.entry) != bool(line.trouble)
