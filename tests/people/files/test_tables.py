"""Tables: each line, as programs write them, and what is none."""

from __future__ import annotations

import codecs

import pytest

from samehand.people.models import Staff
from samehand.people.rostering.files.entries import LARGEST, NotAFile
from samehand.people.rostering.files.table import read_table, write_rejected
from tests.people.files.written import NAME, WARSAW, table, told

pytestmark = pytest.mark.django_db


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
