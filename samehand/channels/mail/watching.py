"""IMAP mailboxes: IDLE tells of new mail at once, a poll is the fall-back. Nothing in the mailbox is changed.

What has been taken is known by UIDVALIDITY and UID, never by \\Seen: people read mailboxes too. A mail that was taken
twice (a crash between keeping it and noting its UID, a mailbox numbered anew) is one message by its fingerprint. What
lay there before us is taken in by `boxes.history`, behind the new mail.
"""

from __future__ import annotations

import argparse
import time

import structlog
from django.db import InterfaceError, OperationalError, close_old_connections, transaction
from django.db.models import QuerySet
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError

from samehand.channels.mail.boxes import numbering
from samehand.channels.mail.boxes.calling import Caller, look_after
from samehand.channels.mail.boxes.history import HistoryReader
from samehand.channels.mail.boxes.taking import BATCH, batches, take
from samehand.channels.mail.imap import connect, explain, idle, told_of_more
from samehand.channels.mail.models import Mailbox
from samehand.lib.clock import now
from samehand.lib.events import Fact, record

# So many mails that cannot be had are the server's trouble: it is not asked for the others too.
MAX_STUCK = 100
POLL = 20.0
# Servers end an IDLE after half an hour; firewalls forget a silent connection much earlier.
IDLE = 240.0
LOOK_FOR_CHANGES = 3.0
log = structlog.get_logger()


def main(args: argparse.Namespace) -> int:
    """A thread a mailbox, another where history is taken in; new, changed and removed mailboxes are noticed soon."""
    watchers: dict[int, Watcher] = {}
    readers: dict[int, HistoryReader] = {}
    while True:
        try:
            close_old_connections()
            mailboxes = list(Mailbox.objects.filter(enabled=True).select_related("grant"))
            look_after(watchers, mailboxes, Watcher)
            look_after(readers, [mailbox for mailbox in mailboxes if mailbox.history_runs], HistoryReader)
        except (OperationalError, InterfaceError) as trouble:
            log.warning("database away", trouble=type(trouble).__name__)
        time.sleep(LOOK_FOR_CHANGES)


class Watcher(Caller):
    """Takes what is new in one mailbox, then waits for more."""

    def __init__(self, mailbox: Mailbox) -> None:
        super().__init__(mailbox)
        self.worked = False
        # Mails that the server has and does not give, and those behind them that are taken already.
        self.stuck: list[int] = []
        self.taken: set[int] = set()
        # From before the numbering, and too urgent to wait for the history.
        self.urgent: list[int] = []

    def work(self) -> None:
        with connect(self.mailbox) as client:
            self._select(client)
            while not self.ended.is_set():
                self._take(client)
                self._answered()
                if self.urgent:
                    self._take_urgent(client)
                else:
                    self._wait(client)

    def _row(self) -> QuerySet[Mailbox]:
        return numbering.row_of(self.mailbox)

    def _select(self, client: IMAPClient) -> None:
        if not numbering.select(client, self.mailbox, now()):
            self.stop()
        self.taken = numbering.known_above(self.mailbox, self.mailbox.last_uid)
        self.urgent = numbering.urgent(client, self.mailbox)

    def _take(self, client: IMAPClient) -> None:
        """Everything new. `last_uid` stays before a mail that cannot be had, so that it is asked for again."""
        last = self.mailbox.last_uid
        # "n:*" always names the last mail, even when its number is below n.
        found = {uid for uid in client.search(["UID", f"{last + 1}:*"]) if uid > last}
        self.taken &= found
        self.stuck = []
        for batch in batches(client, sorted(found - self.taken)):
            self.stuck += take(client, self.mailbox, batch)
            if self.stuck:
                self.taken.update(set(batch) - set(self.stuck))
            else:
                self._note(batch[-1])
            if self.ended.is_set() or len(self.stuck) > MAX_STUCK:
                return
        if found and not self.stuck:
            self._note(max(found))

    def _take_urgent(self, client: IMAPClient) -> None:
        """A few at a time, so that what arrives meanwhile comes first. What cannot be had is left to the history."""
        for batch in batches(client, self.urgent[:BATCH]):
            take(client, self.mailbox, batch, from_before=numbering.numbered_anew(self.mailbox))
        del self.urgent[:BATCH]

    def _note(self, last: int) -> None:
        self.mailbox.last_uid = last
        if not self._row().filter(uid_validity=self.mailbox.uid_validity).update(last_uid=last):
            self.stop()

    def _wait(self, client: IMAPClient) -> None:
        if told_of_more(client):
            return
        if not client.has_capability("IDLE"):
            self.ended.wait(POLL)
            client.noop()
            return
        told = idle(client)
        try:
            until = time.monotonic() + IDLE
            while not told and not self.ended.is_set() and time.monotonic() < until:
                begun = time.monotonic()
                # A connection that was closed answers nothing, but at once: ending the IDLE shows it.
                told = bool(client.idle_check(timeout=LOOK_FOR_CHANGES))
                told |= time.monotonic() - begun < LOOK_FOR_CHANGES / 2
        finally:
            client.idle_done()

    def _answered(self) -> None:
        self.failures, self.worked = 0, True
        self._row().update(contact_at=now())
        if self.stuck:
            self._troubled(f"server: mail UID {', '.join(map(str, self.stuck[:5]))} cannot be fetched")
        else:
            self._well()

    def _well(self) -> None:
        """Take back an old trouble."""
        with transaction.atomic():
            if self._row().exclude(trouble="").update(trouble="", trouble_since=None):
                log.info("mailbox answers again", mailbox=self.mailbox.pk)
                record([Fact("mailbox.changed", data={"mailbox": self.mailbox.pk})], now=now())

    def failed(self, trouble: Exception) -> None:
        """Servers are restarted and lines break: only what fails again at once is a trouble."""
        if self.worked and isinstance(trouble, OSError | IMAPClientAbortError):
            log.info("mailbox is called again", mailbox=self.mailbox.pk, trouble=explain(trouble))
        else:
            self._troubled(explain(trouble))
        self.worked = False

    def _troubled(self, words: str) -> None:
        """Shown to the leads as long as it lasts, logged once."""
        with transaction.atomic():
            if self._row().exclude(trouble=words).update(trouble=words):
                self._row().filter(trouble_since=None).update(trouble_since=now())
                log.error("mailbox cannot be read", mailbox=self.mailbox.pk, trouble=words)
                record([Fact("mailbox.changed", data={"mailbox": self.mailbox.pk})], now=now())
