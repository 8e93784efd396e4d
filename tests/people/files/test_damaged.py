"""Files that were damaged on their way."""

from __future__ import annotations

from random import Random

import pytest

from samehand.people.models import Staff
from samehand.people.rostering.files.entries import NotAFile
from samehand.people.rostering.files.reading import read
from tests.people.files.written import NAME, WARSAW, WHO, calendar, table
from tests.personas import MONDAY

pytestmark = pytest.mark.django_db
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
