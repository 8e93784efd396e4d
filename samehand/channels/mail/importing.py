"""Taking in archives: one process keeps what the files hold, another files it. Run again, it goes on where it stopped:
what is there already is known by its fingerprint."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from multiprocessing.synchronize import Event
from pathlib import Path

from django.db import connection

from samehand.cases import actions
from samehand.cases.models import RawArrival
from samehand.channels.mail.archives import arrived_at, mails
from samehand.channels.mail.evidence import of_an_archive
from samehand.channels.mail.fingerprint import fingerprint
from samehand.lib.clock import now

BATCH = 128
BATCH_BYTES = 16 * 1024 * 1024
TELL_EVERY = 1.0
# Two processes, because one Python process uses one core; forked, because the house is loaded already.
FORK = multiprocessing.get_context("fork")


class Import:
    def __init__(self, paths: Sequence[Path], *, say: Callable[[str], None], history: bool = False) -> None:
        self.paths = paths
        # What the doors know besides the bytes: of these mails, that somebody has dealt with them.
        self.envelope = {"history": True} if history else {}
        self.say = say
        self.read = self.new = 0
        self.unopened = 0
        self.kept_all = FORK.Event()
        self.begun = self.told = time.monotonic()

    def run(self) -> int:
        """0: all is filed or put aside; 1: something could not be opened; 130: interrupted, nothing half done."""
        connection.close()
        # Mail makes no rings of objects; looking for them after every few hundred costs a tenth of the time.
        gc.freeze()
        gc.set_threshold(50_000, 50, 50)
        filing = FORK.Process(target=file_until, args=(self.kept_all, os.getpid()), daemon=True)
        filing.start()
        try:
            self._keep_all()
            self.kept_all.set()
            while filing.is_alive():
                filing.join(0.2)
                self._tell()
        except KeyboardInterrupt:
            filing.terminate()
            self.say(f"stopped after {self.read} mails; what was kept stays. Run the command again to go on.")
            return 130
        if filing.exitcode:
            raise SystemExit("samehand: filing stopped; see the log. What was kept stays: run the command again.")
        self._sum_up()
        return 1 if self.unopened else 0

    def _batches(self) -> Iterator[list[bytes]]:
        batch: list[bytes] = []
        for raw in self._mails():
            if batch and (len(batch) == BATCH or sum(map(len, batch)) + len(raw) > BATCH_BYTES):
                yield batch
                batch = []
            batch.append(raw)
        if batch:
            yield batch

    def _mails(self) -> Iterable[bytes]:
        for path in self.paths:
            yield from mails(path, unopened=self._unopened)

    def _unopened(self, path: Path, trouble: OSError) -> None:
        self.unopened += 1
        self.say(f"samehand: {path}: {trouble.strerror}")

    def _keep_all(self) -> None:
        """While the disk takes one batch, the next is read."""
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="keeper") as keeper:
            writing: Future[list[actions.Accepted]] | None = None
            for batch in self._batches():
                moment = now()
                incoming = [self._incoming(raw, moment) for raw in batch]
                self._count(writing)
                writing = keeper.submit(_accept, incoming, moment)
            self._count(writing)

    def _incoming(self, raw: bytes, moment: datetime) -> actions.Incoming:
        return actions.Incoming(raw, arrived_at(raw, moment), fingerprint(raw), self.envelope | of_an_archive(raw))

    def _count(self, writing: Future[list[actions.Accepted]] | None) -> None:
        kept = writing.result() if writing else []
        self.read += len(kept)
        self.new += sum(one.new for one in kept)
        self._tell()

    def _tell(self) -> None:
        if time.monotonic() - self.told >= TELL_EVERY:
            self.told = time.monotonic()
            self.say(f"{self.read} mails read, {self.new} new ...")

    def _sum_up(self) -> None:
        seconds = time.monotonic() - self.begun
        known = self.read - self.new
        self.say(f"{self.read} mails read: {self.new} new, {known} known already, {seconds:.1f} s")


def file_until(kept_all: Event, parent: int) -> None:
    """File until all is kept and nothing waits. A worker of the running house may do it with us, in turn."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while os.getppid() == parent:
        last_round = kept_all.is_set()
        if actions.file_waiting(limit=BATCH, now=now()):
            continue
        if last_round and not RawArrival.objects.filter(state=RawArrival.State.WAITING).exists():
            return
        time.sleep(0.02)


def _accept(incoming: list[actions.Incoming], moment: datetime) -> list[actions.Accepted]:
    return actions.accept(channel="mail", mailbox="import", incoming=incoming, now=moment)
