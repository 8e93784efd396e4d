"""The mail that lay in a mailbox before us is taken in behind the new mail, over a connection of its own.

Oldest first: an answer finds its case only when the mail that it answers is there. How far we are stands in the ledger,
so the work can be paused, killed and gone on with at any mail.
"""

from __future__ import annotations

import time
from typing import Any

import structlog
from django.db.models import QuerySet
from imapclient import IMAPClient

from samehand.cases.queries import waiting_to_be_filed
from samehand.channels.mail.boxes import numbering
from samehand.channels.mail.boxes.calling import Caller, how_to_reach
from samehand.channels.mail.boxes.taking import batches, take
from samehand.channels.mail.imap import connect, explain
from samehand.channels.mail.models import Mailbox
from samehand.lib.clock import now

BATCH = 100
# New mail is filed in order of arrival behind what waits already: history never lets more than that wait.
MOST_WAITING = 200
LOOK_AGAIN = 0.1
PATIENT_FOR = 3
# How much the last batch counts in the pace that is shown.
WEIGHT = 0.2
log = structlog.get_logger()


class HistoryReader(Caller):
    """Takes in what was there before us, then ends."""

    @classmethod
    def depends_on(cls, mailbox: Mailbox) -> tuple[Any, ...]:
        choice = (mailbox.history, mailbox.history_since, mailbox.uid_validity, mailbox.new_from)
        return (*how_to_reach(mailbox), *choice)

    def work(self) -> None:
        with connect(self.mailbox) as client:
            if not numbering.select(client, self.mailbox, now()) or self.depends_on(self.mailbox) != self.settings:
                return self.stop()
            unread, rest = self._left(client)
            for uids, old in ((unread, False), (rest, True)):
                for batch in batches(client, uids, BATCH):
                    self._be_polite()
                    if not self._may_go_on():
                        return self.stop()
                    self._take(client, batch, old)
            if not self.ended.is_set():
                self._finish()
        return None

    def _left(self, client: IMAPClient) -> tuple[list[int], list[int]]:
        """What is still to be taken in, oldest first: what nobody had read, and the rest."""
        wanted = numbering.wanted(client, self.mailbox)
        left = wanted - numbering.known(self.mailbox)
        self.total, self.done = len(wanted), len(wanted) - len(left)
        self.rate = 0.0
        self._row().update(history_total=self.total, history_done=self.done)
        unread = left & numbering.unread_of_late(client, self.mailbox)
        return sorted(unread), sorted(left - unread)

    def _row(self) -> QuerySet[Mailbox]:
        same = {name: getattr(self.mailbox, name) for name in ("uid_validity", "history", "history_since")}
        return numbering.row_of(self.mailbox).filter(**same)

    def _be_polite(self) -> None:
        while waiting_to_be_filed(MOST_WAITING) >= MOST_WAITING and not self.ended.is_set():
            self.ended.wait(LOOK_AGAIN)

    def _may_go_on(self) -> bool:
        return not self.ended.is_set() and self._row().filter(enabled=True, history_paused=False).exists()

    def _take(self, client: IMAPClient, batch: list[int], old: bool) -> None:
        begun = time.monotonic()
        stuck = take(client, self.mailbox, batch, from_before=old)
        if stuck:
            log.warning("history leaves mails for later", mailbox=self.mailbox.pk, mails=len(stuck))
        pace = len(batch) / max(time.monotonic() - begun, 0.001)
        self.rate = pace if not self.rate else WEIGHT * pace + (1 - WEIGHT) * self.rate
        self.done += len(batch)
        self.failures = 0
        self._row().update(history_done=self.done, history_rate=self.rate, history_trouble="")

    def _finish(self) -> None:
        """What could not be had is missing from now on: each comparison of mailbox and ledger asks for it again."""
        self._row().update(history_ended_at=now(), history_done=self.total, history_trouble="")
        log.info("history taken in", mailbox=self.mailbox.pk, mails=self.total)
        self.stop()

    def failed(self, trouble: Exception) -> None:
        words = explain(trouble)
        log.info("history waits", mailbox=self.mailbox.pk, trouble=words)
        # Lines break; what fails again and again, and while new mail comes in well, is a trouble of its own.
        if self.failures >= PATIENT_FOR and self._row().exclude(history_trouble=words).update(history_trouble=words):
            log.error("history does not come in", mailbox=self.mailbox.pk, trouble=words)
