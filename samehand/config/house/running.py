"""`samehand run`: the whole house under one roof, started in order, kept alive, stopped in order."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType

import structlog

from samehand.config import postgres
from samehand.config.children import Child, stop
from samehand.config.house import ports, roles
from samehand.config.house.preparing import Preparing
from samehand.config.locks import FileLock
from samehand.config.starting import load_settings, make_data_folder

log = structlog.get_logger("samehand.house")

ROLES = ("web", "worker", "doors", "watch")
# Nothing new comes in, then what is at work ends, then the pages go.
STOP_ORDER = (("customers", "doors", "watch"), ("worker",), ("web",), ("postgres",))
BEAT = 0.1
REMIND_EVERY = 20.0


class Asked(BaseException):
    """Somebody wants the house to stop."""


def run_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--http", type=int, metavar="PORT", help="pages (SAMEHAND_HTTP; default 8000)")
    parser.add_argument("--smtp", type=int, metavar="PORT", help="mail by SMTP (SAMEHAND_SMTP; default 2525)")
    parser.add_argument("--lmtp", type=int, metavar="PORT", help="mail by LMTP (SAMEHAND_LMTP; default 2424)")
    parser.add_argument("--demo", action="store_true", help="fill an empty house with Fala Mobile, a made-up operator")


def run(args: argparse.Namespace) -> int:
    """Start the house and stay until somebody asks it to stop."""
    for name in ("http", "smtp", "lmtp"):
        if (number := getattr(args, name)) is not None:
            os.environ[f"SAMEHAND_{name.upper()}"] = str(number)
    if args.demo:
        os.environ["SAMEHAND_DEMO"] = "1"
    house = House()
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, house.hear)
    try:
        house.open()
        house.keep()
    except Asked:
        house.say("stopping")
    finally:
        house.close()
    house.say("stopped")
    return 0


class House:
    def __init__(self) -> None:
        self.children: list[Child] = []
        self.asked = 0
        self.may_interrupt = False
        self.greeting: list[str] = []
        self.lock: FileLock | None = None

    def hear(self, _sign: int, _frame: FrameType | None) -> None:
        """Ctrl-C or SIGTERM: stop at the next safe moment; the second one ends the patience with slow children."""
        self.asked += 1
        if self.may_interrupt:
            self.may_interrupt = False
            raise Asked

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """Long steps that start no process may be left in the middle."""
        if self.asked:
            raise Asked
        self.may_interrupt = True
        try:
            yield
        finally:
            self.may_interrupt = False

    def pause(self, seconds: float) -> None:
        with self.interruptible():
            time.sleep(seconds)

    def say(self, text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    def open(self) -> None:
        make_data_folder()
        load_settings()
        from django.conf import settings

        self._lock(settings.DATA)
        ports.refuse_busy(settings.BIND, _ports())
        if postgres.is_ours():
            self._open_postgres(settings.DATA)
        with self.interruptible():
            roles.load()
            self.greeting = Preparing().lines()
        for role in ROLES:
            self._add_role(role)

    def _lock(self, data: Path) -> None:
        self.lock = FileLock(data / "house.lock")
        if not self.lock.try_alone():
            raise SystemExit(
                f"a house runs on {data} already (process {self.lock.word()}); stop it, or choose --data DIR"
            )
        self.lock.leave_word(str(os.getpid()))

    def _open_postgres(self, data: Path) -> None:
        if not (data / "postgres").exists():
            self.say("making the database (once)")
        self.claims = postgres.claim_for_house(data)
        server = postgres.child(data)
        self.children.append(server)
        server.start()
        postgres.wait_until_ready(server, data)
        postgres.share(self.claims)

    def _add_role(self, role: str) -> None:
        self.children.append(Child(role, partial(roles.begin, role)))

    def keep(self) -> None:
        """Watch over the children until somebody asks us to stop."""
        ready, reminder = False, time.monotonic() + REMIND_EVERY
        while True:
            for child in self.children:
                child.tend()
            self.pause(BEAT)
            if ready:
                continue
            if ready := self._is_ready():
                self._greet()
            elif time.monotonic() > reminder:
                reminder = time.monotonic() + REMIND_EVERY
                self.say(f"not ready yet: {', '.join(self._missing())}")

    def _is_ready(self) -> bool:
        return not self._missing()

    def _missing(self) -> list[str]:
        from django.conf import settings

        host = next((host for host in settings.ALLOWED_HOSTS if host != "*"), "localhost").lstrip(".")
        answers = {
            "pages": ports.page_answers(settings.BIND, settings.HTTP_PORT, "/readyz", host),
            "mail by SMTP": ports.door_greets(settings.BIND, settings.SMTP_PORT),
            "mail by LMTP": ports.door_greets(settings.BIND, settings.LMTP_PORT),
        }
        return [name for name, answered in answers.items() if not answered]

    def _greet(self) -> None:
        from django.conf import settings

        from samehand.config.house import greeting

        print(greeting.ready_line(), *self.greeting, sep="\n", flush=True)
        if settings.DEMO_CUSTOMERS:
            self._add_role("customers")

    def close(self) -> None:
        self.may_interrupt = False
        patience_until = self.asked + 1
        for names in STOP_ORDER:
            stop([child for child in self.children if child.name in names], hurry=lambda: self.asked >= patience_until)


def _ports() -> list[ports.Port]:
    from django.conf import settings

    return [
        ports.Port("--http", settings.HTTP_PORT),
        ports.Port("--smtp", settings.SMTP_PORT),
        ports.Port("--lmtp", settings.LMTP_PORT),
    ]
