"""`samehand simulate` as people meet it."""

from __future__ import annotations

import csv
import gzip
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from samehand.config import cli
from tests.sim.small import profile_file, told_folder


def test_a_profile_gives_table_csv_and_report_the_same_each_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile, seen = profile_file(tmp_path), []

    for turn in "ab":
        out, report = tmp_path / f"{turn}.csv", tmp_path / f"{turn}.html"
        words = [
            "simulate",
            str(profile),
            "--policy",
            "fifo",
            "--seed",
            "4",
            "--out",
            str(out),
            "--report",
            str(report),
        ]
        assert cli.main(words) == 0
        seen.append((capsys.readouterr().out, out.read_bytes(), report.read_bytes()))

    assert seen[0] == seen[1]
    shown, table, page = seen[0]
    assert "promise kept" in shown and "fifo" in shown
    rows = list(csv.DictReader(table.decode().splitlines()))
    assert list(rows[0]) == ["message", "customer", "case", "arrived", "answered", "consultant"]
    assert len(rows) > 100
    assert b"<svg" in page and b"http" not in page, "the page needs nothing from elsewhere"


def test_all_policies_and_seeds_as_json_with_intervals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = ["--out", str(tmp_path / "m.csv")]
    assert cli.main(["simulate", str(profile_file(tmp_path)), "--seeds", "2", "--json", "--losses", *out]) == 0

    shown = json.loads(capsys.readouterr().out)
    assert {"fifo", "round-robin", "least-loaded", "strict-owner", "owner-timeout", "ours"} <= set(shown["policies"])
    for each in shown["policies"].values():
        assert 0 < each["mean"]["promise_kept"] <= 1
        assert each["half_width_95"]["promise_kept"] >= 0
        assert [seed["seed"] for seed in each["seeds"]] == [1, 2]
    assert shown["policies"]["strict-owner"]["mean"]["same_owner"] > shown["policies"]["fifo"]["mean"]["same_owner"]
    assert (tmp_path / "m.strict-owner.2.csv").is_file()
    owners = shown["policies"]["strict-owner"]["mean"]["promise_kept"]
    for name, each in shown["policies"].items():
        less = each["less_best_other"]
        rival = shown["policies"][less["policy"]]["mean"]["promise_kept"]
        assert less["policy"] != name and less["mean"]["promise_kept"] == pytest.approx(
            each["mean"]["promise_kept"] - rival
        )
        assert name == "strict-owner" or rival >= owners
        lost = each["losses"]["mean"]
        assert lost["kept"] + lost["avoidable"] + lost["unavoidable"] == pytest.approx(1)


def test_the_report_speaks_polish_and_escapes_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = profile_file(tmp_path, name="<script>alert(1)</script>")
    report = tmp_path / "r.html"

    assert cli.main(["simulate", str(profile), "--lang", "pl", "--report", str(report)]) == 0

    page = report.read_text(encoding="utf-8")
    for asked in ("Jak długo klienci czekali", "Kiedy piszą klienci?", "Jak zajęta była załoga?", "Dlaczego opiekun"):
        assert asked in page
    assert "O ile każda różni się" in page
    assert '<html lang="pl">' in page
    assert "<script" not in page
    assert "obietnica" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"peple": 3}, "did you mean 'people'?"),
        ({"people": "many"}, "'people' must be a whole number"),
        ({"people": 0}, "'people' must be from 1 to 20000, not 0: how many seats"),
        ({"over_dispersion": 0.5}, "at least 1, which is Poisson"),
        ({"sick_share": 4.5}, "'sick_share' must be from 0 to 0.99, not 4.5: a share: 0.045 is 4.5 % of shifts"),
        ({"calls_per_hour": -1}, "'calls_per_hour' must be from 0 to 60, not -1: calls an hour and person"),
        ({"call_sigma": 40}, "'call_sigma' must be from 0 to 3"),
        ({"starts": [-480]}, "each of 'starts' must be from 0 to 1439.99, not -480: minutes from midnight"),
        ({"starts": []}, "'starts' needs at least one minute"),
        ({"breaks": [300, 300]}, "'breaks' must be shorter than the shift"),
        ({"languages": {"PL": -1}}, "PL in 'languages' must be from 0"),
        ({"languages": {"PL": 0}}, "'languages' needs at least one with a share above 0"),
        ({"weekdays": [0] * 7}, "'weekdays' must not be all 0"),
        ({"hour_of_week": [1] * 24}, "'hour_of_week' must have 168 numbers"),
        ({"delays": [{"share": 1, "median_minutes": 0, "sigma": 1}]}, "'median_minutes' of 1 in 'delays' must be from"),
        ({"delays": []}, "'delays' needs at least one"),
        ({"surges": [{"day": 1, "minute": 600, "factor": 8}]}, "each of 'surges' needs day, factor, minute, minutes"),
        ({"surges": [{"day": 1, "minute": 600, "minutes": 60, "factor": 1e9}]}, "8 is an outage"),
        ({"skills": [{"share": -1, "topics": ["general"]}]}, "each of 'skills' looks like"),
        ({"name": 7}, "'name' must be a text"),
        ({"hours": [1, 2]}, "24 numbers"),
        ({"topics": {"general": {"share": 1}}}, "each of 'topics' needs"),
        ({"skills": [{"share": 1, "topics": ["magic"]}]}, "'magic', which is not among 'topics'"),
        ({"open_min": 900, "close_min": 800}, "must open before it closes"),
        ({"messages_per_day": float("nan")}, "'messages_per_day' must be a number"),
        ({"warm_days": 6}, "'warm_days' must be fewer"),
    ],
)
def test_a_wrong_profile_says_what_to_do(
    changed: dict[str, Any], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["simulate", str(profile_file(tmp_path, **changed))]) == 1

    shown = capsys.readouterr().err
    assert said in shown
    assert "Traceback" not in shown and len(shown.splitlines()) == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"calls_csv": ""}, "has no calls.csv"),
        ({"shifts_csv": "consultant,day,start,end\n0,0,1,2\n"}, "the column 'came' is missing"),
        ({"shifts_csv": "consultant,day,start,end,came\n9,0,1,2,1\n"}, "consultant 9 is not in consultants.csv"),
        ({"cases_csv": "case,customer,topic,lang,t0\n0,7,general,PL,soon\n"}, "cases.csv, line 2"),
        ({"cases_csv": "case,customer,topic,lang,t0\n0,7,general,PL,inf\n"}, "must be a finite number"),
        ({"scenario_json": "{"}, "is not JSON"),
        ({"scenario_json": '{"days": 1}'}, "'measured_from' is missing"),
    ],
)
def test_a_wrong_folder_says_what_to_do(
    changed: dict[str, str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["simulate", str(told_folder(tmp_path, **changed))]) == 1

    assert said in capsys.readouterr().err


def test_other_refusals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(told_folder(tmp_path))
    (tmp_path / "calls.csv.gz").write_bytes(gzip.compress(b"consultant,t,minutes\n")[:-9])
    for words, said in (
        (["simulate", str(tmp_path / "nowhere")], "nowhere is missing"),
        (["simulate", "example", "--policy", "magic"], "no policy 'magic'; there are: all, fifo"),
        (["simulate", folder], "calls.csv.gz cannot be read"),
        (["simulate", folder, "--seeds", "2"], "everything in a scenario folder is given"),
        (["simulate", str(profile_file(tmp_path)), "--out", str(tmp_path / "no" / "m.csv")], "cannot be written"),
        (["simulate", "example", "--report", str(tmp_path / "no" / "r.html")], "there is no folder"),
    ):
        assert cli.main(words) == 1, words
        assert said in capsys.readouterr().err


def test_ctrl_c_stops_a_long_run_without_a_word() -> None:
    words = [
        sys.executable,
        "-c",
        "from samehand.config.cli import entry; entry()",
        "simulate",
        "example",
        "--seeds",
        "500",
    ]
    began = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        with pytest.raises(subprocess.TimeoutExpired):
            began.wait(3)
        began.send_signal(signal.SIGINT)
        _, said = began.communicate(timeout=30)
    finally:
        began.kill()

    assert began.returncode == 130
    assert "Traceback" not in said


def test_the_table_tells_the_losses_when_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = str(profile_file(tmp_path))
    assert cli.main(["simulate", profile, "--policy", "fifo,ours", "--losses"]) == 0
    asked = capsys.readouterr().out
    assert cli.main(["simulate", profile, "--policy", "fifo,ours"]) == 0
    plain = capsys.readouterr().out

    assert "away: day off" in asked and "away: day off" not in plain
    assert "fifo - ours" in plain and "ours - fifo" in plain


def test_it_starts_without_django() -> None:
    words = "import sys; from samehand.config import cli; cli.main(['simulate', '--help'])"
    done = subprocess.run(
        [sys.executable, "-c", f"{words}; print('django' in sys.modules, 'structlog' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.splitlines()[-1] == "False False"
