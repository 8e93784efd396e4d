"""The worker: one thread files arrivals as they come, another runs the jobs."""

from __future__ import annotations

import argparse
import os
import threading
import time

import structlog
from django.db import InterfaceError, OperationalError, close_old_connections
from procrastinate.contrib.django import app

from samehand.cases import actions
from samehand.cases.actions.intake import WAKE
from samehand.lib.clock import now
from samehand.lib.wakeup import wakeups

BATCH = 64
# Reading is bounded, so a batch that takes this long hangs. The process ends, its successor files carefully.
HANGS_AFTER = 90.0
log = structlog.get_logger()


def main(args: argparse.Namespace) -> int:
    threading.Thread(target=run_jobs, name="jobs", daemon=True).start()
    watchdog = Watchdog()
    threading.Thread(target=watchdog.watch, name="watchdog", daemon=True).start()
    file_for_ever(watchdog)
    return 0


def run_jobs() -> None:
    """Run jobs for as long as the process lives; a lost database is waited for."""
    while True:
        try:
            close_old_connections()
            with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
                worker_app.run_worker(
                    concurrency=4, install_signal_handlers=False, fetch_job_polling_interval=2, listen_notify=True
                )
        except Exception as trouble:
            log.warning("jobs interrupted", trouble=type(trouble).__name__, detail=str(trouble)[:200])
        time.sleep(1)


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


def file_for_ever(watchdog: Watchdog) -> None:
    # The last run may have died of one of the next arrivals: begin one by one.
    careful = True
    for _wakeup in wakeups(WAKE, every=2.0):
        try:
            close_old_connections()
            settled = BATCH
            while settled:
                with watchdog:
                    settled = file_some(careful=careful)
                careful = False
        except (OperationalError, InterfaceError) as trouble:
            log.warning("filing waits for the database", trouble=type(trouble).__name__)
            time.sleep(0.5)


def file_some(*, careful: bool) -> int:
    if careful:
        return actions.file_carefully(limit=BATCH, now=now())
    return actions.file_waiting(limit=BATCH, now=now())
