"""The worker's thread that hands out: it sleeps until something is due, or until it is woken."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

import structlog
from django.db import InterfaceError, OperationalError, close_old_connections

from samehand.cases.actions import dispatching
from samehand.lib.clock import now
from samehand.lib.wakeup import wakeups

WAKE = dispatching.WAKE
# Nothing is due: so long it sleeps at most, in case that the clock of the machine was put on.
LONGEST = 600.0
SHORTEST = 0.05
AGAIN = timedelta(hours=1)
AFTER_TROUBLE, AFTER_FAULT = 0.5, 10.0
log = structlog.get_logger()


class HandingOut:
    """One is enough; should there be two, the lock of the routing lets one after the other do what is due."""

    def __init__(self) -> None:
        self.caught_up_at: float | None = None

    def turn(self) -> None:
        """Do what is due. What was left undone while mails were not handed out, or by another version, is made good
        at the beginning, after the switch was turned, and each hour."""
        if not dispatching.hands_out():
            self.caught_up_at = None
        elif self.caught_up_at is None or time.monotonic() - self.caught_up_at > AGAIN.total_seconds():
            dispatching.catch_up(now=now())
            self.caught_up_at = time.monotonic()
        dispatching.step(now=now())

    def rest(self) -> float:
        """Seconds until something is due."""
        moment = dispatching.next_moment(now())
        return LONGEST if moment is None else min(max((moment - now()).total_seconds(), SHORTEST), LONGEST)


def hand_out_for_ever(stop: threading.Event) -> None:
    handing_out, rest = HandingOut(), [0.0]
    for _wakeup in wakeups(WAKE, every=rest.pop, stop=stop):
        rest[:] = [one_round(handing_out)]


def one_round(handing_out: HandingOut) -> float:
    """Do what is due, whatever comes of it; returns for how many seconds to rest.

    The thread outlives every fault: without it no hold would end, and nobody would notice.
    """
    try:
        close_old_connections()
        handing_out.turn()
        return handing_out.rest()
    except (OperationalError, InterfaceError, OSError) as trouble:
        log.warning("handing out waits for the database", trouble=type(trouble).__name__)
        return AFTER_TROUBLE
    except Exception:
        log.exception("handing out failed")
        return AFTER_FAULT
