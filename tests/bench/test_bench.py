"""The benchmark itself, at a small size: it measures, it judges, and it leaves no process behind."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("SAMEHAND_SHARED") or ROOT.parent / "shared")


@pytest.mark.skipif(not (SHARED / "bench" / "mailgen.py").is_file(), reason="mailgen.py is not here")
def test_both_ways_in_are_measured_and_judged(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    command = [sys.executable, "bench/run.py", "--n", "200", "--only", "door,import", "--json", str(figures)]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    tmp_path.chmod(0o711)

    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)

    assert done.returncode == 0, done.stderr[-3000:]
    rows = {(row["part"], row["name"]): row for row in json.loads(figures.read_text())["rows"]}
    for part in ("door", "import"):
        for name in ("mails there", "re-deliveries kept twice", "replies in their writer's case", "strangers kept out"):
            row = rows[part, name]
            assert row["value"] == float(row["target"]), row
        assert rows[part, "filed"]["value"] > 0
        assert rows[part, "CPU per mail, all processes"]["value"] > 0
    assert re.search(r"filed +\S+ mails/s +900 ", done.stdout), "the target stands beside what was measured"
    assert not [each for each in psutil.process_iter(["cmdline"]) if str(tmp_path) in str(each.info["cmdline"])]


def test_a_missing_generator_is_named(tmp_path: Path) -> None:
    environment = {**os.environ, "SAMEHAND_SHARED": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "bench/run.py"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert "mailgen.py is missing" in done.stderr
