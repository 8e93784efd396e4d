"""The same mails by `samehand mail import`, with no house running."""

from __future__ import annotations

import re
import resource
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from bench import figures
from bench.figures import Row
from bench.house import ROOT, SAMEHAND, Trouble, database, environment
from bench.judge import judge
from bench.mails import Mails
from bench.meter import metered

SUM = re.compile(r"(\d+) mails read: (\d+) new, (\d+) known already, ([\d.]+) s")


def measure(data: Path, mails: Mails, say: Callable[[str], None]) -> list[Row]:
    """PostgreSQL is started before the clock and held by another process; the command finds it running."""
    with database(data) as holder:
        began = time.monotonic()
        importer = subprocess.Popen(
            [*SAMEHAND, "mail", "import", str(mails.folder), "--data", str(data)],
            env=environment(data),
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert importer.stderr
        try:
            before = _of_children()
            with metered(lambda: [holder.pid, importer.pid]) as cost:
                said = _listen(importer, say)
                importer.wait(60)
                took = time.monotonic() - began
                # PostgreSQL adds what a backend used when that has ended.
                time.sleep(0.5)
            cost.cpu["import"] = _of_children() - before
        finally:
            importer.kill()
        verdict = judge(data, mails)
    count, seconds = int(said[1]), float(said[4])
    redelivered = len(mails.manifest) - len(mails.originals)
    return [
        Row("import", "filed", count / seconds, "mails/s", "900", "by the command's own clock"),
        Row("import", "with the command's start and end", count / took, "mails/s"),
        *figures.of_cost("import", cost, count, milliseconds="1.6"),
        *figures.of_verdict("import", verdict, redelivered),
    ]


def _listen(importer: subprocess.Popen[str], say: Callable[[str], None]) -> re.Match[str]:
    assert importer.stderr
    for line in importer.stderr:
        say(f"import: {line.strip()}")
        if found := SUM.search(line):
            return found
    raise Trouble("bench: the import ended without its sum")


def _of_children() -> float:
    """CPU seconds of the children that were waited for; a process that has ended tells nobody else."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
