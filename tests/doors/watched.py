"""Callers of mailboxes as the tests run them: quick, and ended with the test."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from samehand.cases import actions
from samehand.channels.mail.boxes.calling import Caller
from samehand.channels.mail.boxes.history import HistoryReader
from samehand.channels.mail.models import Mailbox
from samehand.channels.mail.watching import Watcher
from samehand.lib.clock import now
from samehand.lib.seal import seal
from tests.doors.dovecot import Dovecot


def a_mailbox(server: Dovecot, **fields: Any) -> Mailbox:
    values = {
        "name": "Helpdesk", "host": "127.0.0.1", "port": server.port, "security": "none", "username": "desk",
        "sealed_secret": seal(server.password),
    }  # fmt: skip
    return Mailbox.objects.create(**(values | fields))


def be_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samehand.channels.mail.watching.LOOK_FOR_CHANGES", 0.2)
    monkeypatch.setattr("samehand.channels.mail.boxes.calling.BACK_OFF", (0.2,))


class _ClosesBehindItself:
    """The test's database is dropped at the end: no connection may be left."""

    def run(self) -> None:
        try:
            super().run()  # type: ignore[misc]
        finally:
            connection.close()


class Watching(_ClosesBehindItself, Watcher):
    pass


class ReadingHistory(_ClosesBehindItself, HistoryReader):
    pass


class Callers:
    """Starts callers; all of them have ended when the test has."""

    def __init__(self) -> None:
        self.started: list[Caller] = []

    def watch(self, mailbox: Mailbox) -> Watcher:
        return self._start(Watching(mailbox))

    def read_history(self, mailbox: Mailbox) -> HistoryReader:
        return self._start(ReadingHistory(Mailbox.objects.get(pk=mailbox.pk)))

    def _start(self, caller: Any) -> Any:
        caller.start()
        self.started.append(caller)
        return caller

    def end(self) -> None:
        for caller in self.started:
            caller.stop()
        for caller in self.started:
            caller.join(15)
            assert not caller.is_alive()


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for it, and do the filing meanwhile as the worker does."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        if not actions.file_waiting(limit=128, now=now()):
            time.sleep(0.02)
