"""A file changes the roster once, replaces the plan before where it should, and costs few questions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from samehand.people.actions import rostering
from samehand.people.models import Absence, Break, Shift, Staff
from samehand.people.rostering.files.table import read_table
from tests.people.files.taken import explain, take
from tests.people.files.written import NAME, WARSAW, table
from tests.personas import MONDAY

pytestmark = pytest.mark.django_db


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
