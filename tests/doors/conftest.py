"""A real Dovecot for each test, and the product's own doors on free ports."""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from samehand.channels.mail import doors
from tests.doors.dovecot import Dovecot, free_port, wait_for_port
from tests.doors.watched import Callers
from tests.personas import adam, anna, marek, ola

__all__ = ["Dovecot", "adam", "anna", "free_port", "marek", "ola", "wait_for_port"]


@pytest.fixture
def dovecot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    # Unix sockets below: the folder's path must be short, and the login process must be able to walk into it.
    folder = Path("/tmp") / f"dovecot-{os.getpid()}-{free_port()}"
    (folder / "mail").mkdir(parents=True)
    folder.chmod(0o755)
    server = Dovecot(folder, free_port(), free_port())
    yield server
    server.stop()
    # Shown when a test fails.
    print((folder / "log").read_text() if (folder / "log").exists() else "Dovecot wrote no log")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def callers() -> Iterator[Callers]:
    some = Callers()
    yield some
    some.end()


@dataclass
class Doors:
    smtp: int
    lmtp: int


@pytest.fixture
def open_doors(transactional_db: None, settings: object) -> Iterator[Doors]:
    settings.SMTP_PORT, settings.LMTP_PORT = free_port(), free_port()  # type: ignore[attr-defined]
    settings.MAX_MAIL = 1_000_000  # type: ignore[attr-defined]
    loop, stop = asyncio.new_event_loop(), asyncio.Event()
    keeper = doors.Keeper()
    thread = threading.Thread(target=lambda: loop.run_until_complete(doors.serve(keeper, stop)), daemon=True)
    thread.start()
    wait_for_port(settings.LMTP_PORT)  # type: ignore[attr-defined]
    yield Doors(settings.SMTP_PORT, settings.LMTP_PORT)  # type: ignore[attr-defined]
    loop.call_soon_threadsafe(stop.set)
    thread.join(10)
    keeper.thread.submit(_close_connection).result(5)
    keeper.thread.shutdown()


def _close_connection() -> None:
    from django.db import connection

    connection.close()
