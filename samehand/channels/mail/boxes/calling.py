"""A thread that talks to one mailbox and calls again, with patience, when the line or the database is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Any

import structlog
from django.db import InterfaceError, OperationalError, close_old_connections

from samehand.channels.mail.models import Mailbox

BACK_OFF = (2.0, 5.0, 15.0, 30.0, 60.0)
log = structlog.get_logger()


class Caller(threading.Thread):
    """`work` returns when there is nothing more to do, `failed` is told why it could not be done."""

    def __init__(self, mailbox: Mailbox) -> None:
        super().__init__(name=f"{type(self).__name__.lower()}-{mailbox.pk}", daemon=True)
        self.mailbox = mailbox
        self.settings = self.depends_on(mailbox)
        self.ended = threading.Event()
        self.failures = 0

    @classmethod
    def depends_on(cls, mailbox: Mailbox) -> tuple[Any, ...]:
        """What ends this caller and calls for another one when it changes."""
        return how_to_reach(mailbox)

    def stop(self) -> None:
        self.ended.set()

    def run(self) -> None:
        while not self.ended.is_set():
            try:
                close_old_connections()
                self.work()
            except (OperationalError, InterfaceError) as trouble:
                log.warning("mailbox waits for the database", mailbox=self.mailbox.pk, trouble=type(trouble).__name__)
            except Exception as trouble:
                self.failed(trouble)
            self.ended.wait(BACK_OFF[min(self.failures, len(BACK_OFF) - 1)])
            self.failures += 1

    def work(self) -> None:
        raise NotImplementedError

    def failed(self, trouble: Exception) -> None:
        raise NotImplementedError


def how_to_reach(mailbox: Mailbox) -> tuple[Any, ...]:
    grant = getattr(mailbox, "grant", None)
    return (
        mailbox.host, mailbox.port, mailbox.security, mailbox.username, mailbox.login, mailbox.sealed_secret,
        mailbox.folder, grant and grant.given_at,
    )  # fmt: skip


def look_after(callers: dict[int, Any], mailboxes: Iterable[Mailbox], kind: type[Caller]) -> None:
    """Make the running callers of a kind match the mailboxes that need one."""
    wanted = {mailbox.pk: mailbox for mailbox in mailboxes}
    for key, caller in list(callers.items()):
        if key not in wanted or caller.settings != kind.depends_on(wanted[key]):
            caller.stop()
            del callers[key]
    for key, mailbox in wanted.items():
        if key not in callers or not callers[key].is_alive():
            callers[key] = kind(mailbox)
            callers[key].start()
