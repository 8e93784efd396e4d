"""Waiting for NOTIFY with a connection of one's own; a lost database is waited for, not died of."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import structlog
from django.db import connections

log = structlog.get_logger()
PATIENCE = (0.2, 0.5, 1.0, 2.0)


def parameters() -> dict[str, Any]:
    """What psycopg needs to reach Django's default database."""
    known = connections["default"].get_connection_params()
    return {key: known[key] for key in ("host", "port", "user", "password", "dbname") if known.get(key)}


def wakeups(channel: str, *, every: float | Callable[[], float], stop: threading.Event) -> Iterator[None]:
    """Yield at once, then whenever `channel` is notified, and at the latest after `every` seconds, asked anew each
    time, until `stop` is set."""
    failures = 0
    while not stop.is_set():
        try:
            with psycopg.connect(**parameters(), autocommit=True, connect_timeout=5) as connection:
                connection.execute(f"LISTEN {channel}".encode())
                failures = 0
                while not stop.is_set():
                    yield
                    patience = every() if callable(every) else every
                    for _notice in connection.notifies(timeout=patience, stop_after=1):
                        pass
        except psycopg.OperationalError as trouble:
            log.warning("database away", trouble=str(trouble).strip().splitlines()[0] if str(trouble) else "")
            stop.wait(PATIENCE[min(failures, len(PATIENCE) - 1)])
            failures += 1
