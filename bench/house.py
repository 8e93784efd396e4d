"""A house of our own to measure: the product's own commands on free ports and a data folder that is thrown away."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SAMEHAND = [sys.executable, "-m", "samehand.config.cli"]
INSIDE = [sys.executable, "-m", "bench.inside"]
PATIENCE = 120.0


class Trouble(SystemExit):
    """The house did not do what the measurement needs."""


def environment(data: Path, **settings: str) -> dict[str, str]:
    """Ours without a word about another house: whatever is durable by default stays durable."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SAMEHAND_")}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        kept.pop(name, None)
    return kept | {"SAMEHAND_DATA": str(data), "SAMEHAND_LOG": "warning"} | settings


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _number in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def wait_for(claim: Callable[[], object], what: str, seconds: float = PATIENCE, every: float = 0.1) -> None:
    limit = time.monotonic() + seconds
    while not claim():
        if time.monotonic() > limit:
            raise Trouble(f"bench: {what}: not within {seconds:g} s")
        time.sleep(every)


def inside(data: Path, act: str, *arguments: str, **settings: str) -> Any:
    """Run one act of bench/inside.py in the data folder and return what it printed."""
    done = subprocess.run(
        [*INSIDE, act, *arguments], env=environment(data, **settings), cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    return json.loads(done.stdout)


@contextmanager
def database(data: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The house's PostgreSQL alone, up to date, with staff on shift, as long as the block lasts."""
    holder = subprocess.Popen(
        [*INSIDE, "hold"], env=environment(data), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdin and holder.stdout
    try:
        if not holder.stdout.readline():
            raise Trouble("bench: the database does not start")
        yield holder
    finally:
        holder.stdin.close()
        holder.wait(PATIENCE)


@dataclass
class House:
    data: Path
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    http: int = 0
    smtp: int = 0
    lmtp: int = 0

    def start(self) -> None:
        self.http, self.smtp, self.lmtp = free_ports(3)
        ports = ["--http", str(self.http), "--smtp", str(self.smtp), "--lmtp", str(self.lmtp)]
        said = self.data.with_name(f"{self.data.name}.out")
        with said.open("wb") as out, said.with_suffix(".err").open("ab") as err:
            self.process = subprocess.Popen(
                [*SAMEHAND, "run", "--data", str(self.data), *ports],
                env=environment(self.data, **self.settings),
                cwd=ROOT,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )
        wait_for(lambda: b"ready http" in said.read_bytes() or self._ended(), "the house is ready")
        if self._ended():
            raise Trouble(f"bench: the house does not start; see {said.with_suffix('.err')}")

    def _ended(self) -> bool:
        assert self.process is not None
        return self.process.poll() is not None

    def roots(self) -> list[int]:
        assert self.process is not None
        return [self.process.pid]

    def stop(self) -> None:
        if self.process is None or self._ended():
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        finally:
            with suppress(ProcessLookupError):
                self.process.kill()

    def metrics(self) -> dict[str, float]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.http}/metrics", timeout=30) as answer:
            lines = [line for line in answer.read().decode().splitlines() if line and line[0] != "#"]
        return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


@contextmanager
def house(data: Path, **settings: str) -> Iterator[House]:
    one = House(data, settings)
    try:
        one.start()
        yield one
    finally:
        one.stop()
