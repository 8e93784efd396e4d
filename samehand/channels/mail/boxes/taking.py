"""Mails of a mailbox are fetched, kept, and written down in its ledger; one that cannot be had stops no other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from imapclient import IMAPClient

from samehand.cases import actions
from samehand.channels.mail.boxes.numbering import is_history, row_of
from samehand.channels.mail.evidence import in_the_mailbox, of_an_archive
from samehand.channels.mail.fingerprint import fingerprint
from samehand.channels.mail.imap import bodies, sizes, still_there
from samehand.channels.mail.models import Mailbox, Taken
from samehand.lib.clock import now

BATCH = 25
BATCH_BYTES = 16 * 1024 * 1024


def batches(client: IMAPClient, uids: list[int], most: int = BATCH) -> Iterable[list[int]]:
    """Runs of mails that fit into memory together; one that does not comes alone."""
    for start in range(0, len(uids), most):
        some = uids[start : start + most]
        size = sizes(client, some)
        batch: list[int] = []
        for uid in some:
            if batch and sum(size[one] for one in (*batch, uid)) > BATCH_BYTES:
                yield batch
                batch = []
            batch.append(uid)
        yield batch


def take(client: IMAPClient, mailbox: Mailbox, batch: list[int], *, from_before: bool = False) -> list[int]:
    """Keep the mails; those that are in the mailbox and cannot be had are returned. Of mails `from_before` the
    numbering those that are history are marked so: they are filed without a promise."""
    mails = bodies(client, batch)
    for uid in [uid for uid in batch if uid not in mails]:
        mails |= bodies(client, [uid])
    incoming = {uid: _incoming(mailbox, mails[uid], from_before) for uid in batch if uid in mails}
    if incoming:
        actions.accept(channel="mail", mailbox=mailbox.name, incoming=list(incoming.values()), now=now())
        # Should we die before this line: fetched once more, the mail is known by its fingerprint.
        _write_down(mailbox, incoming)
    return still_there(client, [uid for uid in batch if uid not in mails])


def _write_down(mailbox: Mailbox, incoming: Mapping[int, actions.Incoming]) -> None:
    came = (one.received_at for one in incoming.values() if "history" not in one.envelope)
    newest = max(came, default=None)
    with transaction.atomic():
        # This locks the mailbox: one that is being removed or edited takes no more into its ledger.
        here = row_of(mailbox).filter(uid_validity=mailbox.uid_validity)
        if not here.update(newest_at=Greatest("newest_at", Value(newest)) if newest else F("newest_at")):
            return
        Taken.objects.bulk_create(
            (
                Taken(mailbox=mailbox, uid_validity=mailbox.uid_validity or 0, uid=uid, fingerprint=one.fingerprint)
                for uid, one in incoming.items()
            ),
            ignore_conflicts=True,
        )


def _incoming(mailbox: Mailbox, mail: Mapping[bytes, object], from_before: bool) -> actions.Incoming:
    raw = bytes(mail[b"BODY[]"])  # type: ignore[call-overload]
    came_at = _moment(mail.get(b"INTERNALDATE"))
    if from_before and is_history(mailbox, came_at):
        return actions.Incoming(raw, came_at, fingerprint(raw), {"history": True, **of_an_archive(raw)})
    return actions.Incoming(raw, came_at, fingerprint(raw), in_the_mailbox(raw))


def _moment(told: object) -> datetime:
    """INTERNALDATE: when the mail reached the mailbox. The clock of its promise runs from there."""
    moment = now()
    if not isinstance(told, datetime):
        return moment
    aware = told if told.tzinfo else told.replace(tzinfo=UTC)
    return min(aware.astimezone(UTC), moment)
