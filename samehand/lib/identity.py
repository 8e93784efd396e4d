"""A number for this process that others can tell dead from alive: a session lock in PostgreSQL, held by its own
connection, let go by the server the moment the process or the connection is gone."""

from __future__ import annotations

import secrets
import threading

import psycopg

from samehand.lib.wakeup import parameters


class Identity:
    def __init__(self) -> None:
        self._connection: psycopg.Connection | None = None
        self._number = 0
        self._lock = threading.Lock()

    def number(self) -> int:
        """This process' number; a new one after the connection was lost, since the old one counts as dead then."""
        with self._lock:
            if not self._holds():
                self._begin()
            return self._number

    def forget(self) -> None:
        """Let the number go: from now on this process counts as dead, until it asks for a new one."""
        with self._lock:
            if self._connection:
                self._connection.close()
            self._connection = None

    def _holds(self) -> bool:
        if self._connection is None:
            return False
        try:
            self._connection.execute("SELECT 1")
        except psycopg.Error:
            return False
        return True

    def _begin(self) -> None:
        self._connection = psycopg.connect(**parameters(), autocommit=True, connect_timeout=5)
        self._number = secrets.randbits(62)
        self._connection.execute("SELECT pg_advisory_lock(%s)", [self._number])


me = Identity()
