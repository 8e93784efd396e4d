"""The mails that everybody measures with: made once by mailgen.py, kept beside the manifest that judges us."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SEED = 20


@dataclass(frozen=True)
class Mails:
    """A folder of numbered .eml files in the order of their delivery, and what a perfect helpdesk does with each."""

    folder: Path
    count: int

    @property
    def files(self) -> list[Path]:
        return [self.folder / f"{number:06d}.eml" for number in range(self.count)]

    @cached_property
    def manifest(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.folder / "manifest.jsonl").read_text().splitlines()]

    @cached_property
    def originals(self) -> list[dict[str, Any]]:
        return [row for row in self.manifest if row["dup_of"] is None]


def mailgen() -> Path:
    shared = os.environ.get("SAMEHAND_SHARED", "")
    path = (Path(shared) if shared else ROOT.parent / "shared") / "bench" / "mailgen.py"
    if not path.is_file():
        raise SystemExit(
            f"bench: {path} is missing. The benchmark measures with the mails that mailgen.py makes; "
            "set SAMEHAND_SHARED to the folder that holds bench/mailgen.py."
        )
    return path


def make(count: int) -> Mails:
    """The mails of the given number, made now unless an earlier run left them in the temporary folder."""
    generator = mailgen()
    made = Mails(Path(tempfile.gettempdir()) / f"samehand-bench-{os.getuid()}" / f"mails-{count}-{SEED}", count)
    done = made.folder / ".done"
    if not done.exists():
        print(f"making {count} mails (once) in {made.folder}", file=sys.stderr)
        command = [sys.executable, str(generator), "--n", str(count), "--seed", str(SEED), "--out", str(made.folder)]
        done.write_text(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return made
