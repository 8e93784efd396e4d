"""What the numbers of a mailbox mean: which mails are new, which were there before us, which are left out on purpose.

At the first connection the next UID is noted. From there on mail is new; what lies below is history, and a choice of
the mailbox. When the server numbers a mailbox anew, everything below the next UID is looked through again: what we have
is known by its fingerprint, and what came since our first connection is never history, whatever its number.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from imapclient import IMAPClient

from samehand.channels.mail.models import Mailbox, Taken

NUMBERS = (
    "uid_validity", "last_uid", "contact_at", "history", "history_since", "history_paused", "history_ended_at",
    "began_at", "began_validity", "new_from",
)  # fmt: skip
ANEW: dict[str, Any] = {"history_ended_at": None, "history_total": 0, "history_done": 0, "history_rate": 0}
# Unread and so young when we first looked: nobody has dealt with it, it is work and not history.
UNREAD_IS_NEW = timedelta(days=7)
A_DAY = timedelta(days=1)


def row_of(mailbox: Mailbox) -> QuerySet[Mailbox]:
    """The mailbox as long as it is the place that we read from: an edited one belongs to the next connection."""
    place = {name: getattr(mailbox, name) for name in ("pk", "host", "username", "folder")}
    return Mailbox.objects.filter(**place)


def select(client: IMAPClient, mailbox: Mailbox, now: datetime) -> bool:
    """Open the folder, read-only, so that no fault of ours can mark anything; False: it was edited meanwhile."""
    told = client.select_folder(mailbox.folder, readonly=True)
    validity = int(told[b"UIDVALIDITY"])
    mailbox.refresh_from_db(fields=NUMBERS)
    if mailbox.uid_validity == validity and mailbox.new_from is not None:
        return True
    numbers = _numbered(mailbox, validity, int(told.get(b"UIDNEXT") or 0) or _after_all(client), now)
    for name, value in numbers.items():
        setattr(mailbox, name, value)
    return bool(row_of(mailbox).update(**numbers))


def _numbered(mailbox: Mailbox, validity: int, next_uid: int, now: datetime) -> dict[str, Any]:
    if mailbox.uid_validity == validity:
        # Watched before there was a ledger: what was taken then is looked through once and written down.
        return ANEW | {"new_from": mailbox.last_uid + 1}
    numbers = ANEW | {"uid_validity": validity, "new_from": next_uid, "last_uid": next_uid - 1}
    if mailbox.uid_validity is None:
        numbers |= {"began_at": now, "began_validity": validity}
    return numbers


def _after_all(client: IMAPClient) -> int:
    return max(client.search(["ALL"]), default=0) + 1


def wanted(client: IMAPClient, mailbox: Mailbox) -> set[int]:
    """Of the mails from before the numbering those that are to be kept."""
    if mailbox.history == Mailbox.History.ALL:
        return _search_below(client, mailbox, [])
    found: set[int] = set()
    if mailbox.history == Mailbox.History.SINCE and mailbox.history_since:
        found |= _search_below(client, mailbox, ["SINCE", mailbox.history_since])
    if numbered_anew(mailbox) and mailbox.began_at:
        found |= _search_below(client, mailbox, ["SINCE", mailbox.began_at.date()])
    return found


def urgent(client: IMAPClient, mailbox: Mailbox) -> list[int]:
    """Of the mails from before the numbering those that must not wait for the history, and are not kept yet."""
    if numbered_anew(mailbox):
        found = _search_below(client, mailbox, _since(mailbox.contact_at))
    else:
        found = unread_of_late(client, mailbox)
    return sorted(found - known(mailbox, found))


def numbered_anew(mailbox: Mailbox) -> bool:
    return mailbox.began_validity != mailbox.uid_validity


def unread_of_late(client: IMAPClient, mailbox: Mailbox) -> set[int]:
    """What nobody had dealt with when we first looked: it is taken as new, not as history."""
    if mailbox.history == Mailbox.History.NONE or mailbox.began_at is None or numbered_anew(mailbox):
        return set()
    found = _search_below(client, mailbox, ["UNSEEN", "UNANSWERED", *_since(mailbox.began_at - UNREAD_IS_NEW)])
    return found & wanted(client, mailbox) if mailbox.history == Mailbox.History.SINCE and found else found


def _search_below(client: IMAPClient, mailbox: Mailbox, criteria: list[Any]) -> set[int]:
    new_from = mailbox.new_from or 1
    # "1:0" names nothing, yet some servers answer it with the last mail.
    if new_from <= 1:
        return set()
    return {uid for uid in client.search(["UID", f"1:{new_from - 1}", *criteria]) if uid < new_from}


def _since(moment: datetime | None) -> list[Any]:
    """INTERNALDATE is searched by days, in whatever zone the server is: a day more is asked for."""
    return ["SINCE", (moment - A_DAY).date()] if moment else []


def is_history(mailbox: Mailbox, came_at: datetime) -> bool:
    """Of a mail from before the numbering: whether it came before our first connection."""
    if mailbox.began_at is None:
        return False
    return mailbox.uid_validity == mailbox.began_validity or came_at < mailbox.began_at


def known(mailbox: Mailbox, uids: set[int] | None = None) -> set[int]:
    """The UIDs that the ledger has, of all or of these."""
    rows = Taken.objects.filter(mailbox=mailbox, uid_validity=mailbox.uid_validity or 0)
    if uids is not None:
        rows = rows.filter(uid__in=uids)
    return set(rows.values_list("uid", flat=True))


def known_above(mailbox: Mailbox, uid: int) -> set[int]:
    rows = Taken.objects.filter(mailbox=mailbox, uid_validity=mailbox.uid_validity or 0, uid__gt=uid)
    return set(rows.values_list("uid", flat=True))
