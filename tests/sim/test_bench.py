"""The engine behind the bench's three methods: every event is passed on, and a run obeys the bench's world."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from samehand.sim.bench import Engine

ROOT = Path(__file__).resolve().parents[2]
BENCH = Path(os.environ.get("SAMEHAND_SHARED") or ROOT.parent / "shared") / "bench" / "routing"
ANNA, MAREK = 1, 2


def desk() -> Engine:
    crew = [{"id": one, "topics": {"general"}, "langs": {"PL"}, "from_day": 0, "to_day": 7} for one in (ANNA, MAREK)]
    planned = {(one, day): (day * 1440 + 480.0, day * 1440 + 960.0) for one in (ANNA, MAREK) for day in range(7)}
    engine = Engine(
        {"consultants": crew, "planned": planned, "open_min": 480, "close_min": 1320, "promise": 30, "days": 7}
    )
    for one in (ANNA, MAREK):
        engine.event(480.0, "on", consultant=one, until=960.0)
        engine.event(480.0, "free", consultant=one)
    return engine


def writes(engine: Engine, now: float, message: int) -> list[tuple[int, int]]:
    what: dict[str, Any] = {"case": 7, "customer": 9, "topic": "general", "lang": "PL", "due": now + 30, "ps": False}
    engine.event(now, "message", message=message, **what)
    return engine.decide(now)


def test_the_owner_is_waited_for_until_the_moment_that_wake_names() -> None:
    engine = desk()
    ((owner, _),) = writes(engine, 500.0, 1)
    engine.event(503.0, "first", message=1, consultant=owner)
    engine.event(505.0, "done", message=1, consultant=owner)
    engine.event(505.0, "free", consultant=owner)
    engine.event(506.0, "call", consultant=owner)

    assert writes(engine, 510.0, 2) == []
    engine.event(511.0, "merged", message=3, into=2)
    given: list[tuple[int, int]] = []
    moment = 510.0
    while not given:
        wake = engine.wake()
        assert wake is not None and moment < wake < 540.0
        moment, given = wake, engine.decide(wake)

    assert given == [(MAREK if owner == ANNA else ANNA, 2)]


@pytest.mark.parametrize("kind", ["break", "off", "absent"])
def test_who_is_not_there_is_given_nothing(kind: str) -> None:
    engine = desk()
    engine.event(490.0, kind, consultant=ANNA)
    if kind == "absent":
        engine.event(490.0, "off", consultant=ANNA)

    assert writes(engine, 500.0, 1) == [(MAREK, 1)]


@pytest.mark.skipif(not (BENCH / "drive.py").is_file(), reason="the routing bench is not here")
def test_nine_days_of_the_bench_are_valid_and_mostly_in_time(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    for command in (
        ["drive.py", "s1_small", "samehand.sim.bench:Engine", str(out), "--days", "9"],
        ["judge.py", "s1_small", str(out), "--days", "9"],
    ):
        whole = [sys.executable, *command]
        done = subprocess.run(
            whole, cwd=BENCH, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    assert "violations: none" in done.stdout
    row = next(line.split() for line in done.stdout.splitlines() if line.startswith("in30"))
    assert float(row[1]) > 0.99
