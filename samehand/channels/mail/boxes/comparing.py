"""One mailbox beside its ledger: what is on the server and not kept is fetched at once."""

from __future__ import annotations

from dataclasses import dataclass

from imapclient import IMAPClient

from samehand.channels.mail.boxes import numbering
from samehand.channels.mail.boxes.taking import batches, take
from samehand.channels.mail.imap import connect, explain
from samehand.channels.mail.models import Mailbox
from samehand.lib.clock import now


@dataclass(slots=True)
class Compared:
    """A mailbox as it was found. `missing` were in neither the ledger nor anybody's plans; `fetched` of them are kept
    now. `to_come` waits for the history, `left_out` was left out on purpose, `arriving` was newer than our last look.
    What people have moved or deleted on the server is no loss: it is kept here."""

    mailbox: str
    on_server: int = 0
    kept: int = 0
    arriving: int = 0
    to_come: int = 0
    left_out: int = 0
    missing: int = 0
    fetched: int = 0
    still_missing: int = 0
    trouble: str = ""


def compare(mailbox: Mailbox) -> Compared:
    """Never raises for a mailbox that cannot be read: that it could not be compared is the result then."""
    found = Compared(mailbox.name)
    try:
        with connect(mailbox) as client:
            if numbering.select(client, mailbox, now()):
                _compare(client, mailbox, found)
            else:
                found.trouble = "other: it was changed meanwhile"
    except Exception as trouble:
        found.trouble = explain(trouble)
    return found


def _compare(client: IMAPClient, mailbox: Mailbox, found: Compared) -> None:
    # The server first: what is taken meanwhile is then in the ledger, and not called missing.
    there = set(client.search(["ALL"]))
    wanted = numbering.wanted(client, mailbox)
    kept = numbering.known(mailbox) & there
    found.on_server, found.kept = len(there), len(kept)
    new_from = mailbox.new_from or 1
    old = {uid for uid in there - kept if uid < new_from}
    new = there - kept - old
    found.left_out = len(old - wanted)
    planned = old & wanted if mailbox.history_ended_at is None else set()
    found.to_come = len(planned)
    arriving = {uid for uid in new if uid > mailbox.last_uid}
    found.arriving = len(arriving)
    missing = (new - arriving) | (old & wanted) - planned
    found.missing = len(missing)
    stuck = _fetch(client, mailbox, missing | arriving)
    found.fetched = len(missing - stuck)
    found.kept += len((missing | arriving) - stuck)
    found.still_missing = len(stuck)


def _fetch(client: IMAPClient, mailbox: Mailbox, uids: set[int]) -> set[int]:
    """Keep them; those that the server has and does not give are returned."""
    new_from = mailbox.new_from or 1
    stuck: list[int] = []
    for from_before in (True, False):
        some = sorted(uid for uid in uids if (uid < new_from) == from_before)
        for batch in batches(client, some):
            stuck += take(client, mailbox, batch, from_before=from_before)
    return set(stuck)
