"""Everything that a machine can say about the code without running a test, two checks at a time."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

BIN = Path(sys.executable).parent
PYTHON = [sys.executable, "-W", "ignore"]

# The slowest first: the others fit beside it.
CHECKS: dict[str, list[str]] = {
    "types": [str(BIN / "mypy")],
    "imports": [str(BIN / "lint-imports"), "--no-cache"],
    "migrations": [*PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "settings": [*PYTHON, "manage.py", "check", "--fail-level", "WARNING"],
    "floors": [*PYTHON, "tools/floors.py"],
    "templates": [*PYTHON, "tools/templates.py"],
    "translations": [*PYTHON, "tools/messages.py"],
    "style": [str(BIN / "ruff"), "check", "."],
    "format": [str(BIN / "ruff"), "format", "--check", "."],
}


@dataclass(frozen=True, slots=True)
class Result:
    name: str
    seconds: float
    passed: bool
    output: str


def main() -> int:
    wanted = sys.argv[1:] or list(CHECKS)
    if unknown := set(wanted) - set(CHECKS):
        print(f"no such check: {', '.join(sorted(unknown))}; there are {', '.join(CHECKS)}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="samehand-check-") as data, ThreadPoolExecutor(2) as pool:
        environment = {**os.environ, "SAMEHAND_DATA": data, "SAMEHAND_SECRET": "signs-nothing", "SAMEHAND_LOG": "error"}
        passed = [_report(result) for result in pool.map(lambda name: _run(name, environment), wanted)]
    return 0 if all(passed) else 1


def _run(name: str, environment: dict[str, str]) -> Result:
    began = time.monotonic()
    done = subprocess.run(CHECKS[name], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return Result(name, time.monotonic() - began, done.returncode == 0, done.stdout)


def _report(result: Result) -> bool:
    print(f"{result.name:<14}{'ok' if result.passed else 'FAILED':<8}{result.seconds:5.1f} s", flush=True)
    if not result.passed:
        print(result.output)
    return result.passed


if __name__ == "__main__":
    sys.exit(main())
