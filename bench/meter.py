"""What a tree of processes costs: CPU to the last dead child, and memory as it was at its height."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

MEGABYTE = 1024 * 1024
EVERY = 2.0
Roots = Callable[[], list[int]]


@dataclass
class Cost:
    cpu: dict[str, float] = field(default_factory=dict)
    peak_rss: dict[str, float] = field(default_factory=dict)
    # By role, as it was when their sum was highest.
    peak_pss: dict[str, float] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        return sum(self.cpu.values())


def tree(roots: list[int]) -> list[psutil.Process]:
    found: list[psutil.Process] = []
    for root in roots:
        with suppress(psutil.Error):
            process = psutil.Process(root)
            found += [process, *process.children(recursive=True)]
    return found


def role(process: psutil.Process) -> str:
    """What the process is to the house; all of PostgreSQL is one."""
    words = " ".join(process.cmdline()).split()
    if any("postgres" in word for word in words[:1]) or process.name() == "postgres":
        return "postgres"
    known = {"web", "worker", "doors", "watch", "import", "run"}
    return next((word for word in words[1:] if word in known), "other")


def cpu(roots: list[int]) -> dict[str, float]:
    """CPU seconds by role since each began. Children that ended and were waited for count with their parent, so
    nothing is lost between two readings and nothing counts twice."""
    used: dict[str, float] = {}
    for process in tree(roots):
        with suppress(psutil.Error):
            times, name = process.cpu_times(), role(process)
            used[name] = used.get(name, 0.0) + sum(times[:4])
    return used


def _pss(process: psutil.Process) -> float:
    text = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
    return next(int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("Pss:"))


def _sample(roots: list[int], cost: Cost) -> None:
    """PSS shares out what processes have in common, so that its sum is what the house really takes."""
    shares: dict[str, float] = {}
    for process in tree(roots):
        with suppress(psutil.Error, OSError):
            name, rss = role(process), process.memory_info().rss / MEGABYTE
            cost.peak_rss[name] = max(cost.peak_rss.get(name, 0.0), rss)
            shares[name] = shares.get(name, 0.0) + _pss(process)
    if sum(shares.values()) > sum(cost.peak_pss.values()):
        cost.peak_pss = shares


@contextmanager
def metered(roots: Roots) -> Iterator[Cost]:
    """CPU between the begin and the end of the block, memory looked at every two seconds."""
    cost, before, stop = Cost(), cpu(roots()), threading.Event()

    def watch() -> None:
        while not stop.is_set():
            _sample(roots(), cost)
            stop.wait(EVERY)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield cost
    finally:
        after = cpu(roots())
        stop.set()
        watcher.join()
        _sample(roots(), cost)
        cost.cpu = {name: used - before.get(name, 0.0) for name, used in after.items()}
