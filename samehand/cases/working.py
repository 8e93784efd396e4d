"""The worker: one thread files arrivals as they come, another hands them out, another runs the jobs."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import threading
import time
from contextlib import suppress

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

from samehand.cases import actions
from samehand.cases.actions.intake import WAKE
from samehand.cases.handing_out import hand_out_for_ever
from samehand.cases.scanning import scan_for_ever
from samehand.lib.clock import now
from samehand.lib.wakeup import wakeups

BATCH = 128
# Reading is bounded, so a batch that takes this long hangs. The process ends, its successor files carefully.
HANGS_AFTER = 90.0
GATHER = 0.03
# How long the jobs at hand may take to end.
GRACE = 6.0
log = structlog.get_logger()


def main(args: argparse.Namespace) -> int:
    """Until SIGTERM: then the batch and the jobs at hand are brought to their end, and nothing new is begun."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    jobs = threading.Thread(target=run_jobs, args=(stop,), name="jobs", daemon=True)
    jobs.start()
    threading.Thread(target=hand_out_for_ever, args=(stop,), name="handing out", daemon=True).start()
    if settings.SCANNER:
        threading.Thread(target=scan_for_ever, args=(stop,), name="scanner", daemon=True).start()
    watchdog = Watchdog()
    threading.Thread(target=watchdog.watch, name="watchdog", daemon=True).start()
    file_for_ever(watchdog, stop)
    jobs.join(GRACE)
    return 0


def run_jobs(stop: threading.Event) -> None:
    """Run jobs until told to stop; a lost database is waited for."""
    while not stop.is_set():
        try:
            close_old_connections()
            asyncio.run(_run_jobs(stop))
        except Exception as trouble:
            log.warning("jobs interrupted", trouble=type(trouble).__name__, detail=str(trouble)[:200])
        stop.wait(1)


async def _run_jobs(stop: threading.Event) -> None:
    # Each connection is a process of PostgreSQL; for our few jobs two of them do, where a pool begins with four.
    connector = PsycopgConnector(kwargs=connector_params("default"), min_size=1, max_size=4)
    with app.replace_connector(connector) as with_worker:
        async with with_worker.open_async():
            work = asyncio.create_task(
                with_worker.run_worker_async(
                    concurrency=4, install_signal_handlers=False, fetch_job_polling_interval=2, listen_notify=True
                )
            )
            while not stop.is_set() and not work.done():
                await asyncio.wait([work], timeout=0.3)
            # Cancelled, the worker takes no more jobs and waits for those that run.
            work.cancel()
            with suppress(asyncio.CancelledError):
                await work


class Watchdog:
    """Ends the process when a batch hangs: a Python thread cannot be stopped, a process can be replaced."""

    def __init__(self) -> None:
        self.busy_since = 0.0

    def __enter__(self) -> None:
        self.busy_since = time.monotonic()

    def __exit__(self, *_: object) -> None:
        self.busy_since = 0.0

    def watch(self) -> None:
        while True:
            time.sleep(5)
            if self.busy_since and time.monotonic() - self.busy_since > HANGS_AFTER:
                log.critical("filing hangs, starting anew")
                os._exit(70)


def file_for_ever(watchdog: Watchdog, stop: threading.Event) -> None:
    # The last run may have died of one of the next arrivals: begin one by one.
    careful = True
    for _wakeup in wakeups(WAKE, every=1.0, stop=stop):
        try:
            close_old_connections()
            settled = BATCH
            while settled and not stop.is_set():
                with watchdog:
                    settled = file_some(careful=careful)
                careful = False
                if 0 < settled < BATCH:
                    # Under load this gathers fuller batches with their shared costs; a lone mail is filed already.
                    stop.wait(GATHER)
        except (OperationalError, InterfaceError, OSError) as trouble:
            log.warning("filing waits for the database or the disk", trouble=type(trouble).__name__)
            stop.wait(0.5)


def file_some(*, careful: bool) -> int:
    if careful:
        return actions.file_carefully(limit=BATCH, now=now())
    return actions.file_waiting(limit=BATCH, now=now())
