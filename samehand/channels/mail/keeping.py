"""What the doors hold in memory until it is durable: how much at once, and the one thread that keeps it."""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import django.db
import structlog

from samehand.cases import actions
from samehand.lib.clock import now

BATCH = 64
BATCH_BYTES = 16 * 1024 * 1024
IN_FLIGHT = 256 * 1024 * 1024
PATIENCE = 60
KEPT = "250 2.0.0 Kept"
FULL = "452 4.3.1 No room to keep it right now, try again later"
AWAY = "451 4.3.0 Cannot keep it right now, try again later"
log = structlog.get_logger()


class Room:
    """The bytes of mails in memory, of all connections together."""

    def __init__(self, limit: int = IN_FLIGHT) -> None:
        self.free = limit

    def take(self, size: int) -> bool:
        if size > self.free:
            return False
        self.free -= size
        return True

    def give_back(self, size: int) -> None:
        self.free += size


@dataclass(slots=True, eq=False)
class Waiting:
    """`item` is gone as soon as nobody waits for the answer: what hangs must not fill the memory."""

    item: actions.Incoming | None
    said: asyncio.Future[str]


class Keeper:
    """Keeps what arrives on all connections together: one commit for all that came while the last one was written."""

    def __init__(self) -> None:
        self.waiting: deque[Waiting] = deque()
        self.come = asyncio.Event()
        # One thread: it owns the database connection.
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="keeper")

    async def keep(self, item: actions.Incoming) -> str:
        """The line to say to the sender, when the mail is durable or when it is clear that it will not be."""
        one = Waiting(item, asyncio.get_running_loop().create_future())
        self.waiting.append(one)
        self.come.set()
        try:
            return await asyncio.wait_for(one.said, PATIENCE)
        except TimeoutError:
            # A database that hangs. Should it be kept after all, the next try is known by its fingerprint.
            return AWAY
        finally:
            one.item = None

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self.come.wait()
            batch = self._batch()
            if not batch:
                self.come.clear()
                continue
            line = await loop.run_in_executor(self.thread, self._accept, [one.item for one in batch if one.item])
            for one in batch:
                if not one.said.done():
                    one.said.set_result(line)

    def _batch(self) -> list[Waiting]:
        """The next ones that fit together; a large mail goes alone."""
        batch: list[Waiting] = []
        room = BATCH_BYTES
        while self.waiting and len(batch) < BATCH:
            item = self.waiting[0].item
            if item and batch and len(item.raw) > room:
                break
            one = self.waiting.popleft()
            if item:
                room -= len(item.raw)
                batch.append(one)
        return batch

    @staticmethod
    def _accept(items: list[actions.Incoming]) -> str:
        try:
            django.db.close_old_connections()
            actions.accept(channel="mail", mailbox="door", incoming=items, now=now())
        except django.db.Error as trouble:
            log.error("mail refused for now", trouble=type(trouble).__name__, mails=len(items))
            return AWAY
        except OSError as trouble:
            log.error("mail refused for now", trouble=trouble.strerror, mails=len(items))
            return FULL
        except Exception:
            # Whatever it is: the sender tries again, and the next mails are kept.
            log.exception("mail refused for now", mails=len(items))
            return AWAY
        return KEPT
