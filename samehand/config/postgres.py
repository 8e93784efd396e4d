"""The own PostgreSQL in the data folder, for whoever sets no DATABASE_URL.

It listens on a Unix socket alone, in a folder that only its owner (and root) can enter, so it asks for no password.
PostgreSQL refuses to run as root; then a system user of its own runs it.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import psycopg

from samehand.config import env, postgres_places
from samehand.config.children import Child, death_signal, program, stop
from samehand.config.locks import FileLock

CONFIGURATION = {
    "listen_addresses": "",
    "max_connections": "100",
    # What does not fit is read from the system's own cache, in microseconds. Pages are not compressed for the log
    # (wal_compression): that cost a mail among a million more than half of what the database did for it.
    "shared_buffers": "16MB",
    "effective_cache_size": "1GB",
    # We read few pages at a time; the workers that read ahead would be three processes more.
    "io_method": "sync",
    "fsync": "on",
    "synchronous_commit": "on",
    "max_wal_size": "2GB",
    "checkpoint_completion_target": "0.9",
    "random_page_cost": "1.1",
    "log_line_prefix": "%m [%p] ",
    "log_min_messages": "warning",
    # Else the log repeats statements that failed, with what customers wrote in them.
    "log_min_error_statement": "panic",
    "restart_after_crash": "on",
    "timezone": "UTC",
}
PATIENCE = 60.0
STILL_LEAVING = ("shared memory block is still in use", "postmaster.pid")
# Fast shutdown, then immediate (which recovers at the next start), then by force.
FAREWELL = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))


class NoPostgres(SystemExit):
    """The own PostgreSQL cannot be had; the text says why and where its log is."""


def is_ours() -> bool:
    """True when no DATABASE_URL names another server."""
    return not os.environ.get("DATABASE_URL", "").strip()


def child(data: Path, *, survives_us: bool = False) -> Child:
    """PostgreSQL as a process that is ready to be started; makes the cluster when there is none."""
    places = postgres_places.prepare(data)
    command = [str(places.binaries / "postgres"), "-D", str(places.cluster), "-k", str(places.sockets)]
    for name, value in CONFIGURATION.items():
        command += ["-c", f"{name}={value}"]
    log = places.log.open("ab")
    options: dict[str, Any] = {"stdout": log, "stderr": log, "cwd": "/", **places.identity}
    if not survives_us:
        options["preexec_fn"] = death_signal(signal.SIGINT)
    return Child("postgres", partial(program, command, **options), FAREWELL)


def answers(data: Path, database: str = "postgres") -> bool:
    try:
        _connect(data, database).close()
    except psycopg.OperationalError:
        return False
    return True


def wait_until_ready(server: Child, data: Path) -> None:
    """Wait for the first answer; a server that refuses to start is tried again while an old one is still leaving."""
    limit = time.monotonic() + PATIENCE
    while not answers(data):
        hopeless = server.failures > 2 and not any(word in _last_words(data) for word in STILL_LEAVING)
        if hopeless or time.monotonic() > limit:
            raise NoPostgres(f"PostgreSQL does not start: {_last_words(data)}")
        server.tend()
        time.sleep(0.05)
    _ensure_database(data)


def _ensure_database(data: Path) -> None:
    with _connect(data, "postgres") as connection:
        connection.autocommit = True
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'samehand'").fetchone():
            with suppress(psycopg.errors.DuplicateDatabase):
                connection.execute("CREATE DATABASE samehand")


def _connect(data: Path, database: str) -> psycopg.Connection:
    return psycopg.connect(host=str(env.socket_folder(data)), user="samehand", dbname=database, connect_timeout=5)


def _last_words(data: Path) -> str:
    log = data / "postgres" / "log"
    lines = log.read_text(errors="replace").splitlines()[-200:] if log.exists() else []
    fatal = [line for line in lines if "FATAL" in line or "PANIC" in line or "ERROR" in line]
    reason = fatal[-1].split("]", 1)[-1].strip() if fatal else "it gave no reason"
    return f"{reason} (log: {log})"


def stop_left_over(data: Path) -> None:
    """End a server that a killed house left behind, so that the new one owns the process that it watches."""
    process = left_over(data)
    if process is None:
        postgres_places.forget_stale_pid(data)
        return
    for sign, seconds in FAREWELL:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(sign)
        with suppress(psutil.TimeoutExpired):
            process.wait(seconds)
            return


def left_over(data: Path) -> psutil.Process | None:
    cluster = postgres_places.cluster(data)
    try:
        process = psutil.Process(int((cluster / "postmaster.pid").read_text().split()[0]))
        return process if Path(process.cwd()) == cluster.resolve() else None
    except (OSError, ValueError, IndexError, psutil.Error):
        return None


class Claims:
    """Who uses the server: `starting` is held while one looks and starts or stops, `using` as long as it is needed."""

    def __init__(self, data: Path) -> None:
        self.starting = FileLock(data / "postgres.starting.lock")
        self.using = FileLock(data / "postgres.using.lock")

    def let_go(self) -> None:
        """For others in this process: those in other processes would be free with its end."""
        self.using.close()
        self.starting.close()


@contextmanager
def for_a_while(data: Path) -> Iterator[None]:
    """A running server as long as the block lasts: the house's, another command's or one of our own.

    Whoever uses it last stops it. Does nothing when DATABASE_URL names another server.
    """
    if not is_ours():
        yield
        return
    claims = Claims(data)
    claims.starting.alone()
    if claims.using.try_alone() and not answers(data):
        _start_for_all(data)
    claims.using.together()
    claims.starting.release()
    try:
        _wait_for_others(data)
        yield
    finally:
        claims.starting.alone()
        if claims.using.try_alone():
            stop_left_over(data)
        claims.let_go()


def _wait_for_others(data: Path) -> None:
    """The house may just be starting its server again after a crash."""
    limit = time.monotonic() + PATIENCE
    while not answers(data, "samehand"):
        if time.monotonic() > limit:
            raise NoPostgres(f"PostgreSQL does not answer: {_last_words(data)}")
        time.sleep(0.1)


def _start_for_all(data: Path) -> None:
    stop_left_over(data)
    server = child(data, survives_us=True)
    server.start()
    try:
        wait_until_ready(server, data)
    except BaseException:
        stop([server])
        raise


def claim_for_house(data: Path) -> Claims:
    """The server for the house alone: nobody else is using it, and none is left from before."""
    claims = Claims(data)
    claims.starting.alone()
    limit = time.monotonic() + 10
    while not claims.using.try_alone():
        if time.monotonic() > limit:
            raise NoPostgres(
                "another samehand command is using the database of this data folder; wait for it, or end it"
            )
        time.sleep(0.2)
    stop_left_over(data)
    return claims


def share(claims: Claims) -> None:
    """The house's server runs: other commands may use it now."""
    claims.using.together()
    claims.starting.release()
