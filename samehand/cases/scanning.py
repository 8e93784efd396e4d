"""The worker's third thread, where a scanner is set: files that came in are judged one after the other."""

from __future__ import annotations

import threading
from functools import partial

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections

from samehand.cases.actions.scanning import scan_held
from samehand.lib.clock import now
from samehand.lib.scanner import ScannerAway, scan

REST = 1.0
# A scanner that is away loads its signatures, perhaps.
AWAY = 10.0
log = structlog.get_logger()


def scan_for_ever(stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            close_old_connections()
            rest = 0.0 if scan_held(scan=partial(scan, settings.SCANNER), now=now) else REST
        except ScannerAway as trouble:
            log.warning("the scanner is away, files wait", trouble=str(trouble))
            rest = AWAY
        except (OperationalError, InterfaceError, OSError) as trouble:
            log.warning("scanning waits for the database or the disk", trouble=type(trouble).__name__)
            rest = REST
        stop.wait(rest)
