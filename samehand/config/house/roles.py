"""The roles of the house as forks of it, so that what all of them load lies in memory once."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from multiprocessing.context import ForkProcess
from pathlib import Path

from samehand.config.children import Process, own_environment, program
from samehand.config.starting import set_up_django

# What two roles or more would load, each for itself and some of it only with the first mail.
ROOMS = (
    "samehand.cases.working",
    "samehand.channels.mail.doors",
    "samehand.channels.mail.watching",
    "samehand.config.urls",
    "holidays.countries",
)
SIGNS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# Elsewhere the systems' own libraries do not stand a fork.
CAN_FORK = sys.platform == "linux"
MALLOC_ARENAS = -8
STREAMS = 2


def load() -> None:
    """Load the rooms once, for all. Nothing here may open a connection or start a thread."""
    if not CAN_FORK:
        return
    # As MALLOC_ARENA_MAX does, which is read only when a program begins.
    _of_c("mallopt", MALLOC_ARENAS, 2)
    gc.disable()
    set_up_django()
    for room in ROOMS:
        import_module(room)
    gc.collect()
    # A collector that looks at an object writes to it, which would copy its page into each role.
    gc.freeze()
    gc.enable()
    _of_c("malloc_trim", 0)


def _of_c(name: str, *arguments: int) -> None:
    # Not every C library has it.
    if function := getattr(ctypes.CDLL(None), name, None):
        function(*arguments)


def begin(role: str) -> Process:
    if not (CAN_FORK and _is_alone()):
        return program([sys.executable, "-m", "samehand.config.cli", role], env=own_environment())
    process = Role(role)
    # Until the role has taken off the house's handlers, no signal may reach it.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNS)
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return process


def _is_alone() -> bool:
    """A lock that another thread holds at the fork would never be free in the role."""
    return len(list(Path("/proc/self/task").iterdir())) == 1


class Role(ForkProcess):
    def __init__(self, role: str) -> None:
        super().__init__(name=role)
        self.environment = own_environment()

    def poll(self) -> int | None:
        return self.exitcode

    def send_signal(self, sig: int) -> None:
        if self.poll() is None and self.pid:
            os.kill(self.pid, sig)

    def run(self) -> None:
        """In the role: leave what is the house's, then do as the command of that name does."""
        from samehand.config import cli

        os.setsid()
        _close_files()
        # Before the environment is written to: the title takes the place where both began.
        _call_it(self.name)
        os.environ.update(self.environment)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for sign in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNS)
        sys.exit(cli.main([self.name]))


def _close_files() -> None:
    """All but the standard streams. By their names: the highest number is a thousand million somewhere."""
    for number in [int(file.name) for file in Path("/proc/self/fd").iterdir()]:
        if number > STREAMS:
            with suppress(OSError):
                os.close(number)


def _call_it(role: str) -> None:
    """So that `ps` shows the role, and the data folder that it belongs to."""
    from django.conf import settings
    from setproctitle import setproctitle

    setproctitle(f"samehand --data {settings.DATA} {role}")
