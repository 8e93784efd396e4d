"""Calendars: each event, breaks, rules that repeat, and what is none."""

from __future__ import annotations

import pytest

from samehand.people.models import Staff
from samehand.people.rostering.files.calendar import read_calendar
from samehand.people.rostering.files.entries import NotAFile
from tests.people.files.written import WARSAW, WHO, calendar, events
from tests.personas import MONDAY

pytestmark = pytest.mark.django_db


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
