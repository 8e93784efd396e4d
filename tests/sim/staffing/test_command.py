"""`samehand staffing` as people meet it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from samehand.config import cli
from samehand.sim.profile import read_profile
from samehand.sim.staffing import answering
from samehand.sim.staffing.values import crew_of, crew_values, plan_of, profile_of, profile_values
from tests.sim.small import profile_file

SHORT = ["--target", "90", "--no-prices"]


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert cli.main(["staffing", *words]) == 0
    return capsys.readouterr().out


def test_it_says_people_shifts_heads_and_erlang_the_same_each_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = str(profile_file(tmp_path))

    one, two = (asked(capsys, profile, *SHORT) for _ in range(2))

    assert one == two
    assert "06-07" in one and "to employ" in one and "Erlang" in one and "No customer waits on the line" in one
    assert "What one chair" not in one


def test_everything_at_once_in_polish(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = asked(
        capsys, str(profile_file(tmp_path)), "--target", "85", "--ill", "2", "--outage", "8", "--at", "10:30", "--for",
        "45", "--hour-cost", "50", "--within", "45", "--lang", "pl", "--day", "tue",
    )  # fmt: skip

    assert "w 45 minut" in said and "Zmiany:" in said
    assert "koszt/tydz." in said and "2" in said and "zachoruje 2 z" in said and "we wtorek" in said
    assert "awaria od 10:30 przez 45 minut przyniesie 8 razy" in said
    assert "baner" in said and "zbiorczą" in said


def test_as_json_every_answer_has_its_figures_and_a_notice_can_be_chosen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = asked(
        capsys, str(profile_file(tmp_path)), *SHORT, "--ill", "1", "--outage", "5", "--notice", "banner", "--json"
    )

    values = json.loads(said)
    assert len(values["staffing"]["need"]["people"]) == 168 and values["staffing"]["prices"] is None
    assert values["ill"]["people"] == 1
    assert list(values["outage"]["notices"]) == ["banner"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["missing.json"], "missing.json is missing"),
        (["--target", "100"], "nobody can promise all"),
        (["--within", "0"], "longer than 0 minutes"),
        (["--within", "5000"], "not longer than the desk is open"),
        (["--ill", "-1"], "--ill is"),
        (["--outage", "0.5"], "--outage is"),
        (["--for", "0"], "--for is"),
        (["--mails", "0"], "--mails is"),
        (["--hour-cost", "nan"], "--hour-cost is"),
        (["--target", "nan"], "--target is"),
    ],
)
def test_nonsense_is_refused_in_words(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["staffing", *words]) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("at", ["25", "10:70", "ten", "-1"])
def test_a_time_that_is_none_is_wrong_usage(at: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["staffing", "--outage", "2", f"--at={at}"]) == 2
    assert "no time of the day" in capsys.readouterr().err


def test_ctrl_c_ends_it_without_a_trace() -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "samehand.config.cli", "staffing"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    with pytest.raises(subprocess.TimeoutExpired):
        running.wait(3)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=20)

    assert running.returncode == 130 and out == b"" and b"Traceback" not in err


def test_a_process_of_its_own_tells_progress_then_the_answer(tmp_path: Path) -> None:
    profile = read_profile(profile_file(tmp_path))
    question = {"kind": "people", "profile": profile_values(profile), "week": [], "inputs": {"target": 0.8}}

    done = subprocess.run(
        [sys.executable, "-m", "samehand.sim.staffing.answering"],
        input=json.dumps(question), capture_output=True, text=True, check=True,
    )  # fmt: skip

    *progress, last = map(json.loads, done.stdout.splitlines())
    shares = [line["progress"] for line in progress]
    assert shares == sorted(shares) and shares[-1] == 1.0
    plan = plan_of(last["answer"]["need"]["plan"])
    assert plan.shifts > 0
    ill = {
        "kind": "ill", "profile": question["profile"], "week": [], "plan": last["answer"]["need"]["plan"],
        "inputs": {"weekday": 0, "people": 99},
    }  # fmt: skip
    assert answering.answered(ill)["then"]["more_broken"]["mean"] > 0


def test_values_come_back_as_they_went(tmp_path: Path) -> None:
    profile = read_profile(profile_file(tmp_path))

    assert profile_of(json.loads(json.dumps(profile_values(profile)))) == profile
    week = crew_of([{"id": 1, "topics": ["a"], "languages": ["pl"], "shifts": [[480.0, 960.0]]}])
    assert crew_of(json.loads(json.dumps(crew_values(week)))) == week
