"""A whole house as its own processes, for tests that pull its plugs."""

from __future__ import annotations

import os
import signal
import smtplib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

COMMAND = [sys.executable, "-m", "samehand.config.cli"]
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 40.0


def clean_environment(**settings: str) -> dict[str, str]:
    """The environment without what the tests' own settings put there."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SAMEHAND_")}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        kept.pop(name, None)
    return kept | settings


def samehand(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """One command, run to its end."""
    environment = clean_environment(**settings)
    return subprocess.run(
        [*COMMAND, *arguments], env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _number in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def wait_for(claim: Callable[[], object], seconds: float = PATIENCE) -> None:
    limit = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < limit, f"not within {seconds:g} s"
        time.sleep(0.05)


@dataclass
class House:
    data: Path
    settings: dict[str, str] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    http: int = 0
    smtp: int = 0
    lmtp: int = 0

    def start(self) -> float:
        """Start it, wait until it is ready, and return the seconds that this took."""
        self.http, self.smtp, self.lmtp = free_ports(3)
        ports = ["--http", str(self.http), "--smtp", str(self.smtp), "--lmtp", str(self.lmtp)]
        began = time.monotonic()
        with self._file("out").open("wb") as out, self._file("err").open("ab") as err:
            self.process = subprocess.Popen(
                [*COMMAND, "run", "--data", str(self.data), *ports, *self.arguments],
                env=clean_environment(**self.settings),
                cwd=ROOT,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )
        try:
            wait_for(self._is_ready_or_gone, 120)
            assert self.process.poll() is None, self._file("err").read_text()[-3000:]
        except BaseException:
            self.kill()
            raise
        return time.monotonic() - began

    def _is_ready_or_gone(self) -> bool:
        assert self.process is not None
        return f"ready http://localhost:{self.http}" in self.printed.splitlines() or self.process.poll() is not None

    def _file(self, name: str) -> Path:
        return self.data.with_name(f"{self.data.name}.{name}")

    @property
    def printed(self) -> str:
        return self._file("out").read_text()

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end and return its exit code."""
        assert self.process is not None
        self.process.send_signal(sign)
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait(PATIENCE)

    def child(self, role: str) -> psutil.Process | None:
        """The process that plays a role now ("web", "worker", "doors", "watch", "postgres")."""
        assert self.process is not None
        for process in psutil.Process(self.process.pid).children():
            try:
                # A role writes its title as one word over the place of many.
                words = " ".join(process.cmdline()).split()
            except psutil.Error:
                continue
            if words and (words[-1] == role or Path(words[0]).name == role):
                return process
        return None

    def processes(self) -> list[psutil.Process]:
        """Every process that has to do with this data folder, found without knowing who started it."""
        found = []
        for process in psutil.process_iter():
            try:
                names = " ".join(process.cmdline()) + process.environ().get("SAMEHAND_DATA", "")
                if str(self.data) in names and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except psutil.Error:
                continue
        return found

    def page(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.http}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()
        except OSError as trouble:
            return 0, str(trouble)

    def works(self) -> bool:
        """Pages and both mail doors answer."""
        return self.page("/readyz")[0] == 200 and all(_greets(port) for port in (self.smtp, self.lmtp))

    def send_mail(self, text: bytes, sender: str = "jan@example.com", to: str = "helpdesk@fala.example") -> None:
        with smtplib.SMTP("127.0.0.1", self.smtp, timeout=20) as door:
            door.sendmail(sender, [to], text)

    def metric(self, name: str) -> float:
        lines = [line for line in self.page("/metrics")[1].splitlines() if line.startswith(f"{name} ")]
        return float(lines[0].split()[-1]) if lines else 0.0


def _greets(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as door:
            return door.recv(100).startswith(b"220")
    except OSError:
        return False
