"""Preparing the house in a process of its own: what that loads, every room of it, goes when it ends."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from importlib import import_module
from multiprocessing.connection import Connection

from samehand.config.children import death_signal
from samehand.config.starting import set_up_django

# Forked, because a new Python would take half a second.
FORK = multiprocessing.get_context("fork")


class Preparing:
    def __init__(self) -> None:
        self.heard, told = FORK.Pipe(duplex=False)
        self.process = FORK.Process(target=_prepare, args=(told,))

    def lines(self) -> list[str]:
        """Prepare, and return what is to be said to who started the house. Whoever interrupts this, ends it."""
        self.process.start()
        try:
            self.process.join()
        finally:
            if self.process.is_alive():
                self.process.kill()
                self.process.join()
        if not self.heard.poll():
            raise SystemExit("the house could not be prepared; the reason stands above")
        said = self.heard.recv()
        if isinstance(said, str):
            raise SystemExit(said)
        return list(said)


def _prepare(told: Connection) -> None:
    # Ctrl-C is for the house, which then ends us; when it was killed, we end with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    death_signal(signal.SIGKILL)()
    try:
        set_up_django()
        told.send(_prepared())
    except SystemExit as refusal:
        told.send(str(refusal.code))


def _prepared() -> list[str]:
    """Bring the database up to date and put somebody into an empty house."""
    from django.db import OperationalError

    from samehand.config import migrating, stocking
    from samehand.config.house import greeting

    try:
        migrating.apply()
        stocking.stock()
        return greeting.lines(_furnish())
    except OperationalError as trouble:
        raise SystemExit(f"the database does not answer: {str(trouble).splitlines()[0]}") from None


def _furnish() -> str:
    """The login of the first administrator when one was made now."""
    from django.conf import settings

    from samehand.config import admins
    from samehand.people.models import Staff

    if not settings.DEMO:
        return admins.ensure_first()
    if not Staff.objects.exists():
        print("filling the demo (once)", file=sys.stderr, flush=True)
    # In a house that is full already it sees to it that somebody is on shift.
    import_module("samehand.demo.load").load()
    return ""
