"""`samehand roster`: the roster in files, for scripts."""

from __future__ import annotations

import argparse
from datetime import timedelta
from pathlib import Path

import pytest

from samehand.lib.clock import now
from samehand.people import commands
from samehand.people.models import Shift, Staff

pytestmark = pytest.mark.django_db


def run(function: str, *argv: str) -> int | None:
    parser = argparse.ArgumentParser()
    getattr(commands, f"{function.rstrip('_')}_arguments")(parser)
    code: int | None = getattr(commands, function)(parser.parse_args(argv))
    return code


@pytest.fixture
def file(tmp_path: Path, anna: Staff, adam: Staff) -> Path:
    Shift.objects.all().delete()
    path = tmp_path / "grafik.csv"
    path.write_text("person;date;begin;end\nanna@fala.example;2031-11-24;8;16\nKto;2031-11-24;8;16\n")
    return path


def test_a_dry_run_changes_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("import_", str(file), "--dry-run") == 1

    said = capsys.readouterr()
    assert said.out == "1 new, 0 changed, 0 same, 1 rejected (nothing was changed)\n"
    assert said.err.startswith("line 3: Nobody here is called")
    assert not Shift.objects.exists()


def test_what_fits_goes_in_and_the_rest_is_written_down(file: Path, tmp_path: Path) -> None:
    rejected = tmp_path / "rejected.csv"

    assert run("import_", str(file), "--rejected", str(rejected), "--by", "ADAM@fala.example") == 1

    assert Shift.objects.count() == 1
    assert rejected.read_text().splitlines()[1].startswith("Kto;2031-11-24;8;16;")


def test_the_roster_is_written_and_comes_back(file: Path, tmp_path: Path, anna: Staff) -> None:
    file.write_text("\n".join(file.read_text().splitlines()[:2]))
    run("import_", str(file))
    begins = now().replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    Shift.objects.update(starts_at=begins, ends_at=begins + timedelta(hours=8))

    for name in ("roster.ics", "roster.csv"):
        run("export", str(tmp_path / name))
        assert run("import_", str(tmp_path / name)) == 0

    assert Shift.objects.count() == 1
    assert b"anna@fala.example" in (tmp_path / "roster.ics").read_bytes()


@pytest.mark.parametrize(("name", "by"), [("nothing.csv", None), ("grafik.csv", "anna@fala.example")])
def test_what_cannot_be_done_is_said(file: Path, name: str, by: str | None) -> None:
    with pytest.raises(SystemExit) as refused:
        run("import_", str(file.with_name(name)), *(["--by", by] if by else []))

    assert "nothing.csv" in str(refused.value) or "no lead" in str(refused.value)


def test_a_folder_that_is_missing_is_said_in_a_sentence(file: Path) -> None:
    with pytest.raises(SystemExit, match=r": No such file or directory$"):
        run("export", str(file.parent / "missing" / "roster.csv"))
