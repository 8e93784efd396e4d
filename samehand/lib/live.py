"""Events as they happen: one LISTEN connection for each web process, any number of followers."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import psycopg
import structlog
from django.db import connections
from psycopg import sql

from samehand.lib.events import CHANNEL

log = structlog.get_logger(__name__)

# A follower this far behind is told to look again instead.
BACKLOG = 256
PATIENCE = (0.2, 0.5, 1.0, 2.0, 5.0)
_RANGE = sql.SQL(
    "SELECT id, kind, case_id, staff_id, data FROM lib_event WHERE id BETWEEN %s AND %s ORDER BY id LIMIT 1000"
)


@dataclass(frozen=True, slots=True)
class Happened:
    id: int
    kind: str
    case_id: int | None
    staff_id: int | None
    data: dict[str, Any]


class Refresh:
    """Something may have been missed: whoever follows must look at everything again."""


Item = Happened | Refresh


class Hub:
    """Listens while somebody follows; survives the restart of the database."""

    def __init__(self) -> None:
        self._followers: set[asyncio.Queue[Item]] = set()
        self._listening: asyncio.Task[None] | None = None
        self._heard = asyncio.Event()

    @contextlib.asynccontextmanager
    async def following(self) -> AsyncIterator[asyncio.Queue[Item]]:
        queue: asyncio.Queue[Item] = asyncio.Queue(BACKLOG)
        self._followers.add(queue)
        if self._listening is None or self._listening.done():
            self._listening = asyncio.create_task(self._listen())
        try:
            # Whoever reads what he missed before somebody listens, misses what comes between.
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._heard.wait(), PATIENCE[-1])
            yield queue
        finally:
            self._followers.discard(queue)
            if not self._followers and self._listening:
                self._listening.cancel()
                self._listening = None
                self._heard.clear()

    async def _listen(self) -> None:
        failures = 0
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(**_parameters(), autocommit=True) as connection:
                    await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
                    if failures:
                        # Between the last connection and this one anything may have happened.
                        self._tell(Refresh())
                    failures = 0
                    self._heard.set()
                    while True:
                        # One batch at a time: the connection cannot wait and answer at once.
                        for notice in [one async for one in connection.notifies(stop_after=1)]:
                            await self._pass_on(connection, notice.payload)
            except (psycopg.Error, OSError) as error:
                log.warning("live.listen_lost", error=str(error).strip(), again=failures)
            self._heard.clear()
            await asyncio.sleep(PATIENCE[min(failures, len(PATIENCE) - 1)])
            failures += 1

    async def _pass_on(self, connection: psycopg.AsyncConnection[Any], payload: str) -> None:
        first, _dash, last = payload.partition("-")
        # The range may hold rows of other transactions: those not committed yet announce themselves.
        rows = await connection.execute(_RANGE, [int(first), int(last or first)])
        for row in await rows.fetchall():
            self._tell(Happened(*row))

    def _tell(self, item: Item) -> None:
        for queue in self._followers:
            if queue.full():
                _empty(queue)
                queue.put_nowait(Refresh())
            else:
                queue.put_nowait(item)


def _empty(queue: asyncio.Queue[Item]) -> None:
    while not queue.empty():
        queue.get_nowait()


def _parameters() -> dict[str, Any]:
    """What Django connects with, without what only Django's own connection understands."""
    wanted = connections["default"].get_connection_params()
    return {
        key: value
        for key, value in wanted.items()
        if key not in {"cursor_factory", "context", "prepare_threshold", "pool", "autocommit"}
    }


_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub() -> Hub:
    """The hub of this process's event loop."""
    loop = asyncio.get_running_loop()
    for old in [one for one in _hubs if one.is_closed()]:
        del _hubs[old]
    return _hubs.setdefault(loop, Hub())
