"""IMAP mailboxes: IDLE tells of new mail at once, a poll is the fall-back. Nothing in the mailbox is changed.

What has been taken is known by UIDVALIDITY and UID, never by \\Seen: people read mailboxes too. A mail that was taken
twice (a crash between keeping it and noting its UID, a mailbox numbered anew) is one message by its fingerprint.
"""

from __future__ import annotations

import argparse
import threading
import time
from collections.abc import Iterable
from datetime import UTC, datetime

import structlog
from django.db import InterfaceError, OperationalError, close_old_connections, transaction
from imapclient import IMAPClient

from samehand.cases import actions
from samehand.channels.mail.fingerprint import fingerprint
from samehand.channels.mail.imap import connect, explain
from samehand.channels.mail.models import Mailbox
from samehand.lib.clock import now
from samehand.lib.events import Fact, record

BATCH = 25
BATCH_BYTES = 16 * 1024 * 1024
POLL = 20.0
# Servers end an IDLE after half an hour; firewalls forget a silent connection much earlier.
IDLE = 240.0
BACK_OFF = (2.0, 5.0, 15.0, 30.0, 60.0)
LOOK_FOR_CHANGES = 3.0
log = structlog.get_logger()


def main(args: argparse.Namespace) -> int:
    """A thread a mailbox; new, changed and removed mailboxes are noticed within seconds."""
    watchers: dict[int, Watcher] = {}
    while True:
        try:
            close_old_connections()
            look_after(watchers, list(Mailbox.objects.filter(enabled=True)))
        except (OperationalError, InterfaceError) as trouble:
            log.warning("database away", trouble=type(trouble).__name__)
        time.sleep(LOOK_FOR_CHANGES)


def look_after(watchers: dict[int, Watcher], mailboxes: Iterable[Mailbox]) -> None:
    """Make the running watchers match the mailboxes that are to be watched."""
    wanted = {mailbox.pk: mailbox for mailbox in mailboxes}
    for key, watcher in list(watchers.items()):
        if key not in wanted or watcher.settings != how_to_reach(wanted[key]):
            watcher.stop()
            del watchers[key]
    for key, mailbox in wanted.items():
        if key not in watchers or not watchers[key].is_alive():
            watchers[key] = Watcher(mailbox)
            watchers[key].start()


def how_to_reach(mailbox: Mailbox) -> tuple[object, ...]:
    return (
        mailbox.host, mailbox.port, mailbox.security, mailbox.username, mailbox.login, mailbox.sealed_secret,
        mailbox.folder,
    )  # fmt: skip


class Watcher(threading.Thread):
    """Takes what is in one mailbox, then waits for more."""

    def __init__(self, mailbox: Mailbox) -> None:
        super().__init__(name=f"mailbox-{mailbox.pk}", daemon=True)
        self.mailbox = mailbox
        self.settings = how_to_reach(mailbox)
        self.ended = threading.Event()
        self.failures = 0

    def stop(self) -> None:
        self.ended.set()

    def run(self) -> None:
        while not self.ended.is_set():
            try:
                close_old_connections()
                self._watch()
            except (OperationalError, InterfaceError) as trouble:
                log.warning("mailbox waits for the database", mailbox=self.mailbox.pk, trouble=type(trouble).__name__)
            except Exception as trouble:
                self._troubled(trouble)
            self.ended.wait(BACK_OFF[min(self.failures, len(BACK_OFF) - 1)])
            self.failures += 1

    def _watch(self) -> None:
        with connect(self.mailbox) as client:
            self._select(client)
            while not self.ended.is_set():
                self._take(client)
                self._well()
                self._wait(client)

    def _select(self, client: IMAPClient) -> None:
        """Read-only, so that not even a fault of ours can mark anything."""
        validity = int(client.select_folder(self.mailbox.folder, readonly=True)[b"UIDVALIDITY"])
        self.mailbox.refresh_from_db(fields=["uid_validity", "last_uid"])
        if self.mailbox.uid_validity != validity:
            # The numbers mean other mails now: look at all of them again, what we have is known by its fingerprint.
            self.mailbox.uid_validity, self.mailbox.last_uid = validity, 0
            self.mailbox.save(update_fields=["uid_validity", "last_uid"])

    def _take(self, client: IMAPClient) -> None:
        last = self.mailbox.last_uid
        # "n:*" always names the last mail, even when its number is below n.
        uids = sorted(uid for uid in client.search(["UID", f"{last + 1}:*"]) if uid > last)
        for batch in self._batches(client, uids):
            mails = client.fetch(batch, ["BODY.PEEK[]", "INTERNALDATE"])
            self._accept([self._incoming(mails[uid]) for uid in batch if uid in mails and b"BODY[]" in mails[uid]])
            self.mailbox.last_uid = batch[-1]
            self.mailbox.save(update_fields=["last_uid"])
            if self.ended.is_set():
                return

    @staticmethod
    def _batches(client: IMAPClient, uids: list[int]) -> Iterable[list[int]]:
        """Runs of mails that fit into memory together."""
        for start in range(0, len(uids), BATCH):
            some = uids[start : start + BATCH]
            sizes = {uid: int(told[b"RFC822.SIZE"]) for uid, told in client.fetch(some, ["RFC822.SIZE"]).items()}
            batch: list[int] = []
            for uid in some:
                if batch and sum(sizes.get(one, 0) for one in (*batch, uid)) > BATCH_BYTES:
                    yield batch
                    batch = []
                batch.append(uid)
            yield batch

    def _incoming(self, mail: dict[bytes, object]) -> actions.Incoming:
        raw = bytes(mail[b"BODY[]"])  # type: ignore[call-overload]
        return actions.Incoming(raw=raw, received_at=_moment(mail.get(b"INTERNALDATE")), fingerprint=fingerprint(raw))

    def _accept(self, incoming: list[actions.Incoming]) -> None:
        if incoming:
            actions.accept(channel="mail", mailbox=self.mailbox.name, incoming=incoming, now=now())

    def _wait(self, client: IMAPClient) -> None:
        if not client.has_capability("IDLE"):
            self.ended.wait(POLL)
            client.noop()
            return
        client.idle()
        try:
            until = time.monotonic() + IDLE
            while not self.ended.is_set() and time.monotonic() < until:
                if client.idle_check(timeout=LOOK_FOR_CHANGES):
                    break
        finally:
            client.idle_done()

    def _well(self) -> None:
        """The mailbox answers: note it, and take back an old trouble."""
        self.failures = 0
        mended = Mailbox.objects.filter(pk=self.mailbox.pk).exclude(trouble="")
        with transaction.atomic():
            if mended.update(trouble="", trouble_since=None):
                log.info("mailbox answers again", mailbox=self.mailbox.pk)
                record([Fact("mailbox.changed", data={"mailbox": self.mailbox.pk})], now=now())
            Mailbox.objects.filter(pk=self.mailbox.pk).update(contact_at=now())

    def _troubled(self, trouble: Exception) -> None:
        """Shown to the leads as long as it lasts, logged once."""
        words = explain(trouble)
        well = Mailbox.objects.filter(pk=self.mailbox.pk).exclude(trouble=words)
        with transaction.atomic():
            if well.update(trouble=words):
                Mailbox.objects.filter(pk=self.mailbox.pk, trouble_since=None).update(trouble_since=now())
                log.error("mailbox cannot be read", mailbox=self.mailbox.pk, trouble=words)
                record([Fact("mailbox.changed", data={"mailbox": self.mailbox.pk})], now=now())


def _moment(told: object) -> datetime:
    """INTERNALDATE: when the mail reached the mailbox. The clock of its promise runs from there."""
    moment = now()
    if not isinstance(told, datetime):
        return moment
    aware = told if told.tzinfo else told.replace(tzinfo=UTC)
    return min(aware.astimezone(UTC), moment)
