"""Connections of the web server: a page takes one that is kept, or opens one, and lays it back at its end.

psycopg's own pool waits longer each time that it meets a dead connection; after a restart of PostgreSQL the pages
would stand still for half a minute.
"""

from __future__ import annotations

import time
from queue import Empty, LifoQueue
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import IsolationLevel
from psycopg.pq import TransactionStatus

MOST = 16
PATIENCE = 3.0
AGAIN = 0.1
Connection = psycopg.Connection[Any]

# Of the process: in each place lies a connection that nobody uses, or None where one may be opened.
_places: LifoQueue[Connection | None] = LifoQueue()
for _place in range(MOST):
    _places.put(None)


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        until = time.monotonic() + PATIENCE
        try:
            kept = _places.get(timeout=PATIENCE)
        except Empty:
            raise psycopg.OperationalError(f"all {MOST} connections are in use") from None
        try:
            self.isolation_level = IsolationLevel.READ_COMMITTED
            return kept if kept and _lives(kept) else self._opened(conn_params, until)
        except BaseException:
            _places.put(None)
            raise

    def _opened(self, conn_params: dict[str, Any], until: float) -> Connection:
        """A new one; a database that is just starting again is waited for."""
        while True:
            try:
                return super().get_new_connection(conn_params)  # type: ignore[no-any-return]
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(AGAIN)

    def _close(self) -> None:
        connection, self.connection = self.connection, None
        if connection is None:
            return
        clean = connection.autocommit and connection.pgconn.transaction_status == TransactionStatus.IDLE
        if not clean:
            connection.close()
        _places.put(connection if clean else None)


def _lives(connection: Connection) -> bool:
    try:
        connection.execute("")
    except psycopg.Error:
        connection.close()
        return False
    return True
