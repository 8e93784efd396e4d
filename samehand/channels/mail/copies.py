"""What left is filed to the mailbox's Sent folder as well: once, and in a step of its own that no answer waits for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.db import OperationalError, connection
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError
from procrastinate.contrib.django import app

from samehand.cases.models import Delivery, Message
from samehand.channels.mail.imap import connect, explain
from samehand.channels.mail.models import Mailbox, SentCopy
from samehand.lib import blobs
from samehand.lib.models import Event

log = structlog.get_logger()
TASK = "samehand.mail.file_copies"
AT_ONCE = 200
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60))
GIVE_UP_AFTER = timedelta(days=3)
BY_ITSELF = "\\Sent"
# Where a server does not say which folder it is.
USUAL = ("Sent", "Wysłane", "INBOX.Sent", "INBOX.Wysłane", "Sent Items", "Elementy wysłane", "Sent Messages")
# Any number, for the locks of this step alone: one at a time for each mailbox.
LOCK = 7_002


class NoSentFolder(OSError):
    """The server has no folder of that name, and says of none that it is the one for sent mail."""


def after_delivery(event: Event) -> None:
    """An answer was taken: every mailbox that keeps such answers shall get a copy. Part of the delivery's commit."""
    mailboxes = list(Mailbox.objects.exclude(sent_folder="").values_list("pk", "sent_from"))
    if not mailboxes:
        return
    sent = Delivery.objects.filter(message_id=event.data["message"], state=Delivery.State.SENT)
    address = sent.values_list("message__from_address", flat=True).first()
    wanted = [pk for pk, of in mailboxes if address and of.lower() in ("", address.lower())]
    rows = [SentCopy(mailbox_id=pk, message_id=event.data["message"], next_try_at=event.at) for pk in wanted]
    if rows:
        SentCopy.objects.bulk_create(rows, ignore_conflicts=True)
        app.configure_task(TASK, queue="deliveries").defer()


def file_copies(*, clock: Callable[[], datetime]) -> None:
    """File all that is due. A worker that dies anywhere in it leaves nothing behind but work for the next one."""
    due = SentCopy.objects.filter(next_try_at__lte=clock())
    for mailbox in Mailbox.objects.filter(pk__in=due.values("mailbox")):
        if _locked(mailbox):
            try:
                _file(mailbox, clock)
            finally:
                _unlock(mailbox)


def _file(mailbox: Mailbox, clock: Callable[[], datetime]) -> None:
    copies = SentCopy.objects.filter(mailbox=mailbox, next_try_at__lte=clock()).select_related("message")
    copies = copies.order_by("id")[:AT_ONCE]
    try:
        with connect(mailbox) as client:
            folder = sent_folder(client, mailbox)
            client.select_folder(folder)
            for copy in copies:
                _append(client, folder, copy.message)
                filed = SentCopy.objects.filter(pk=copy.pk)
                filed.update(filed_at=clock(), next_try_at=None, trouble="")
    except OperationalError:
        raise
    except (OSError, IMAPClientError, blobs.BlobMissing) as trouble:
        _later(list(copies), explain(trouble), clock())


def _append(client: IMAPClient, folder: str, message: Message) -> None:
    # The server itself is asked: our own record may have been lost between its "OK" and our commit, and some
    # providers file what they send by themselves.
    client.noop()
    if not client.search(["HEADER", "Message-ID", message.message_id]):
        client.append(folder, blobs.get(message.blob), flags=[b"\\Seen"], msg_time=message.at)


def sent_folder(client: IMAPClient, mailbox: Mailbox) -> str:
    if mailbox.sent_folder != BY_ITSELF:
        return str(mailbox.sent_folder)
    names = {}
    for flags, _delimiter, name in client.list_folders():
        if b"\\Sent" in flags:
            return str(name)
        names[name] = name
    if found := next((name for name in USUAL if name in names), None):
        return found
    raise NoSentFolder("no folder for sent mail was found; name it")


def _later(copies: list[SentCopy], trouble: str, now: datetime) -> None:
    log.info("sent copies wait", mailbox=copies[0].mailbox_id if copies else 0, copies=len(copies), trouble=trouble)
    for copy in copies:
        gone = now - copy.message.at > GIVE_UP_AFTER
        SentCopy.objects.filter(pk=copy.pk, filed_at=None).update(
            tries=copy.tries + 1,
            next_try_at=None if gone else now + BACK_OFF[min(copy.tries, len(BACK_OFF) - 1)],
            trouble=trouble,
        )


def _locked(mailbox: Mailbox) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, mailbox.pk])
        return bool(cursor.fetchone()[0])


def _unlock(mailbox: Mailbox) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, mailbox.pk])
