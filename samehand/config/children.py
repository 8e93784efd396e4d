"""Processes that the house keeps alive: started again when they die, stopped with patience, then without."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import structlog

log = structlog.get_logger("samehand.house")

PARENT = "SAMEHAND_PARENT"
WAITS = (0.1, 0.5, 1, 2, 5, 10)
SETTLED_AFTER = 30.0


class Process(Protocol):
    @property
    def pid(self) -> int | None: ...

    def poll(self) -> int | None: ...

    def send_signal(self, sig: int) -> None: ...


@dataclass
class Child:
    """One process and what to do about it. `farewell`: signals and the seconds that each is given to work."""

    name: str
    begin: Callable[[], Process]
    farewell: tuple[tuple[signal.Signals, float], ...] = ((signal.SIGTERM, 8.0), (signal.SIGKILL, 5.0))
    process: Process | None = None
    failures: int = 0
    started_at: float = 0.0
    again_at: float = 0.0

    def start(self) -> None:
        self.process = self.begin()
        self.started_at = time.monotonic()
        log.info("started", child=self.name, pid=self.process.pid)

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def tend(self) -> None:
        """Start it again when it died, sooner the first time than the fifth."""
        if self.alive:
            return
        if self.process is not None:
            self._mourn(self.process.poll() or 0)
            self.process = None
        if time.monotonic() >= self.again_at:
            self.start()

    def _mourn(self, code: int) -> None:
        moment = time.monotonic()
        if moment - self.started_at > SETTLED_AFTER:
            self.failures = 0
        wait = WAITS[min(self.failures, len(WAITS) - 1)]
        self.failures += 1
        self.again_at = moment + wait
        log.warning("ended", child=self.name, how=_how(code), again_in=wait)


def program(command: Sequence[str], **options: Any) -> Process:
    """Begin a program in a session of its own: Ctrl-C in the terminal reaches the house alone, which stops its children
    in order."""
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True, **options)


def stop(children: Sequence[Child], *, hurry: Callable[[], bool] = lambda: False) -> None:
    """Ask all of them to end, wait for each, and end by force what does not."""
    for step in range(max((len(child.farewell) for child in children), default=0)):
        asked = [child for child in children if child.alive and step < len(child.farewell)]
        for child in asked:
            _send(child, child.farewell[step][0])
        for child in asked:
            _wait(child, child.farewell[step][1], hurry)


def _send(child: Child, sign: signal.Signals) -> None:
    assert child.process is not None
    if sign == signal.SIGKILL:
        log.warning("killed", child=child.name)
    child.process.send_signal(sign)


def _wait(child: Child, seconds: float, hurry: Callable[[], bool]) -> None:
    limit = time.monotonic() + seconds
    while child.alive and time.monotonic() < limit and not hurry():
        time.sleep(0.02)


def _how(code: int) -> str:
    if code >= 0:
        return f"exit {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def own_environment() -> dict[str, str]:
    """The environment for a child of this process, which tells it whose child it is."""
    # Threads of glibc would each keep a heap of their own, and what one of them once needed.
    return {"MALLOC_ARENA_MAX": "2", **os.environ, PARENT: str(os.getpid())}


def die_with_parent() -> None:
    """In a child: end when the house ends, even when it was killed and could say nothing."""
    parent = os.environ.pop(PARENT, "")
    if not parent:
        return
    if sys.platform == "linux":
        death_signal(signal.SIGKILL)()
    else:
        threading.Thread(target=_watch_parent, args=(int(parent),), daemon=True).start()
    if os.getppid() != int(parent):
        os._exit(1)


def death_signal(sign: signal.Signals) -> Callable[[], None]:
    """A function that asks Linux for `sign` when the parent dies; fit to run between fork and exec."""
    if sys.platform != "linux":
        return lambda: None
    # Loaded before the fork: after it, not even an import is safe.
    libc = ctypes.CDLL(None)
    set_death_signal = 1
    return lambda: libc.prctl(set_death_signal, int(sign), 0, 0, 0)


def _watch_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
