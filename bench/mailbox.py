"""The first connection to a large mailbox: how fast its history comes in, and how long new mail takes meanwhile.

Not part of the usual round: it needs Dovecot. make bench ARGS='--n 200000 --only mailbox'
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg

from bench import figures
from bench.figures import Row
from bench.house import ROOT, SAMEHAND, Trouble, environment, free_ports, house, inside, wait_for
from bench.meter import metered
from samehand.config.env import socket_folder
from samehand.lib.clock import now
from tests.doors.dovecot import Dovecot
from tests.doors.maildirs import fill

NEW_MAIL_EVERY = 5.0
PATIENCE = 7200.0
NEW = (
    b"From: Nowa <nowa@poczta.example>\r\nTo: helpdesk@fala.example\r\nSubject: Nowa %d\r\n"
    b"Message-ID: <nowa-%d@poczta.example>\r\n\r\nTeraz.\r\n"
)


def measure(data: Path, count: int, say: Callable[[str], None]) -> list[Row]:
    inside(data, "furnish")
    with _mailbox(count) as server, house(data) as one:
        say(f"mailbox: {count} mails lie there")
        _add(data, server)
        with metered(one.roots) as cost, _database(data) as database:
            begun = time.monotonic()
            delays = _until_taken_in(server, database, count, say)
            took = time.monotonic() - begun
        twice = _number(database_of(data), "SELECT count(*) - count(DISTINCT message_id) FROM cases_message")
        return [
            Row("mailbox", "history taken in and filed", count / took, "mails/s"),
            Row("mailbox", "all of it after", took, "s"),
            Row("mailbox", "new mail meanwhile, median", figures.percentile(delays, 0.5), "s", remark=f"{len(delays)}"),
            Row("mailbox", "new mail meanwhile, slowest", max(delays), "s"),
            Row("mailbox", "mails twice", twice, "", "0"),
            *figures.of_cost("mailbox", cost, count),
        ]


@contextmanager
def _mailbox(count: int) -> Iterator[Dovecot]:
    # Unix sockets below: the path must be short.
    folder = Path(tempfile.mkdtemp(prefix="box-", dir="/tmp"))
    folder.chmod(0o755)
    (folder / "mail").mkdir()
    server = Dovecot(folder, *free_ports(2))
    try:
        server.start()
        fill(server, count, newest=now() - timedelta(days=30))
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _add(data: Path, server: Dovecot) -> None:
    secret = server.folder / "secret"
    secret.write_text(server.password)
    words = ["mail", "mailbox", "add", "Duża", "--host", "127.0.0.1", "--port", str(server.port), "--username", "desk"]
    words += ["--security", "none", "--secret-file", str(secret)]
    subprocess.run([*SAMEHAND, *words], env=environment(data), cwd=ROOT, check=True)


def database_of(data: Path) -> Any:
    return psycopg.connect(host=str(socket_folder(data)), user="samehand", dbname="samehand", autocommit=True)


@contextmanager
def _database(data: Path) -> Iterator[Any]:
    with database_of(data) as connection:
        yield connection


def _until_taken_in(server: Dovecot, database: Any, count: int, say: Callable[[str], None]) -> list[float]:
    """Take in all of it; a new mail every few seconds, and how long each took from its delivery to its case."""
    delays: list[float] = []
    limit = time.monotonic() + PATIENCE
    wait_for(lambda: _number(database, "SELECT count(new_from) FROM mail_mailbox"), "the mailbox is called")
    while (done := _number(database, "SELECT count(*) FROM cases_message WHERE due_at IS NULL")) < count:
        if time.monotonic() > limit:
            raise Trouble(f"bench: mailbox: only {done} of {count} mails were taken in")
        say(f"mailbox: {done} of {count} (load {os.getloadavg()[0]:.1f})")
        delays.append(_new_mail(server, database, len(delays)))
        time.sleep(NEW_MAIL_EVERY)
    return delays


def _new_mail(server: Dovecot, database: Any, number: int) -> float:
    begun = time.monotonic()
    server.deliver(NEW % (number, number))
    found = f"SELECT count(*) FROM cases_message WHERE message_id = '<nowa-{number}@poczta.example>'"
    wait_for(lambda: _number(database, found), "a new mail is filed while the history comes in", 300, every=0.05)
    return time.monotonic() - begun


def _number(database: Any, question: str) -> int:
    return int(database.execute(question).fetchone()[0])
