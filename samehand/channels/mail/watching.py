"""IMAP mailboxes: IDLE tells of new mail at once, a poll is the fall-back. Nothing in the mailbox is changed.

What has been taken is known by UIDVALIDITY and UID, never by \\Seen: people read mailboxes too. A mail that was taken
twice (a crash between keeping it and noting its UID, a mailbox numbered anew) is one message by its fingerprint.
"""

from __future__ import annotations

import argparse
import threading
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

import structlog
from django.db import InterfaceError, OperationalError, close_old_connections, transaction
from django.db.models import QuerySet
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError

from samehand.cases import actions
from samehand.channels.mail.fingerprint import fingerprint
from samehand.channels.mail.imap import bodies, connect, explain, sizes, still_there
from samehand.channels.mail.models import Mailbox
from samehand.lib.clock import now
from samehand.lib.events import Fact, record

BATCH = 25
BATCH_BYTES = 16 * 1024 * 1024
# So many mails that cannot be had are the server's trouble: it is not asked for the others too.
MAX_STUCK = 100
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
        self.worked = False
        # Mails that the server has and does not give, and those behind them that are taken already.
        self.stuck: list[int] = []
        self.taken: set[int] = set()

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
                self._failed(trouble)
            self.ended.wait(BACK_OFF[min(self.failures, len(BACK_OFF) - 1)])
            self.failures += 1

    def _watch(self) -> None:
        with connect(self.mailbox) as client:
            self._select(client)
            while not self.ended.is_set():
                self._take(client)
                self._answered()
                self._wait(client)

    def _row(self) -> QuerySet[Mailbox]:
        """The mailbox as long as it is the place that we read from: an edited one belongs to the next watcher."""
        place = {name: getattr(self.mailbox, name) for name in ("pk", "host", "username", "folder")}
        return Mailbox.objects.filter(**place)

    def _select(self, client: IMAPClient) -> None:
        """Read-only, so that not even a fault of ours can mark anything."""
        validity = int(client.select_folder(self.mailbox.folder, readonly=True)[b"UIDVALIDITY"])
        self.mailbox.refresh_from_db(fields=["uid_validity", "last_uid"])
        if self.mailbox.uid_validity != validity:
            # The numbers mean other mails now: look at all of them again, what we have is known by its fingerprint.
            self.mailbox.uid_validity, self.mailbox.last_uid = validity, 0
            self.taken.clear()
            if not self._row().update(uid_validity=validity, last_uid=0):
                self.stop()

    def _take(self, client: IMAPClient) -> None:
        """Everything new. `last_uid` stays before a mail that cannot be had, so that it is asked for again."""
        last = self.mailbox.last_uid
        # "n:*" always names the last mail, even when its number is below n.
        found = {uid for uid in client.search(["UID", f"{last + 1}:*"]) if uid > last}
        self.taken &= found
        self.stuck = []
        for batch in self._batches(client, sorted(found - self.taken)):
            self.stuck += self._take_batch(client, batch)
            if self.stuck:
                self.taken.update(set(batch) - set(self.stuck))
            else:
                self._note(batch[-1])
            if self.ended.is_set() or len(self.stuck) > MAX_STUCK:
                return
        if found and not self.stuck:
            self._note(max(found))

    def _note(self, last: int) -> None:
        self.mailbox.last_uid = last
        if not self._row().filter(uid_validity=self.mailbox.uid_validity).update(last_uid=last):
            self.stop()

    def _take_batch(self, client: IMAPClient, batch: list[int]) -> list[int]:
        """Keep the mails; those that are in the mailbox and cannot be had are returned."""
        mails = bodies(client, batch)
        for uid in [uid for uid in batch if uid not in mails]:
            mails |= bodies(client, [uid])
        self._accept([self._incoming(mails[uid]) for uid in batch if uid in mails])
        return still_there(client, [uid for uid in batch if uid not in mails])

    @staticmethod
    def _batches(client: IMAPClient, uids: list[int]) -> Iterable[list[int]]:
        """Runs of mails that fit into memory together; one that does not comes alone."""
        for start in range(0, len(uids), BATCH):
            some = uids[start : start + BATCH]
            size = sizes(client, some)
            batch: list[int] = []
            for uid in some:
                if batch and sum(size[one] for one in (*batch, uid)) > BATCH_BYTES:
                    yield batch
                    batch = []
                batch.append(uid)
            yield batch

    def _incoming(self, mail: Mapping[bytes, object]) -> actions.Incoming:
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
                begun = time.monotonic()
                # A connection that was closed answers nothing, but at once: ending the IDLE shows it.
                if client.idle_check(timeout=LOOK_FOR_CHANGES) or time.monotonic() - begun < LOOK_FOR_CHANGES / 2:
                    break
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

    def _failed(self, trouble: Exception) -> None:
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


def _moment(told: object) -> datetime:
    """INTERNALDATE: when the mail reached the mailbox. The clock of its promise runs from there."""
    moment = now()
    if not isinstance(told, datetime):
        return moment
    aware = told if told.tzinfo else told.replace(tzinfo=UTC)
    return min(aware.astimezone(UTC), moment)
