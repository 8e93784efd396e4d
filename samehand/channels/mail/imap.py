"""A connection to an IMAP mailbox, and the kinds of trouble with it."""

from __future__ import annotations

import imaplib
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import structlog
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from samehand.channels.mail.models import Mailbox
from samehand.channels.mail.oauth.tokens import GrantRefused, TokenAway, secret
from samehand.lib.clock import now
from samehand.lib.seal import SealBroken

TIMEOUT = 30.0
UNKNOWN = 16 * 1024 * 1024
# A search of a mailbox with 200,000 mails is answered in one line of 1.3 MB, and imaplib takes lines of 1 MB.
imaplib._MAXLINE = 32 * 1024 * 1024  # type: ignore[attr-defined]
log = structlog.get_logger()


@contextmanager
def connect(mailbox: Mailbox) -> Iterator[IMAPClient]:
    client = _signed_in(mailbox)
    try:
        # Dates come with their zone: without this they would be turned into naive local time.
        client.normalise_times = False
        yield client
    finally:
        with suppress(Exception):
            client.logout()


def _signed_in(mailbox: Mailbox) -> IMAPClient:
    """A token that was good a moment ago may have been taken back: another one is tried, on another connection."""
    try:
        return _with(mailbox, secret(mailbox, now=now()))
    except LoginError:
        if mailbox.login != Mailbox.Login.XOAUTH2:
            raise
        return _with(mailbox, secret(mailbox, now=now(), refused=True))


def _with(mailbox: Mailbox, secret: str) -> IMAPClient:
    client = _client(mailbox)
    try:
        _sign_in(client, mailbox, secret)
    except BaseException:
        with suppress(Exception):
            client.logout()
        raise
    return client


def _client(mailbox: Mailbox) -> IMAPClient:
    context = ssl.create_default_context()
    client = IMAPClient(
        mailbox.host,
        port=mailbox.port,
        ssl=mailbox.security == Mailbox.Security.TLS,
        ssl_context=context,
        timeout=TIMEOUT,
    )
    if mailbox.security == Mailbox.Security.STARTTLS:
        client.starttls(context)
    return client


def _sign_in(client: IMAPClient, mailbox: Mailbox, secret: str) -> None:
    if mailbox.login == Mailbox.Login.XOAUTH2:
        client.oauth2_login(mailbox.username, secret)
    elif client.has_capability("AUTH=PLAIN"):
        client.plain_login(mailbox.username, secret)
    elif secret.isascii():
        client.login(mailbox.username, secret)
    else:
        # LOGIN knows ASCII only, and the fault that Python would raise shows a letter of the password.
        raise LoginError("this server takes only passwords without national letters")


def bodies(client: IMAPClient, uids: list[int]) -> dict[int, Mapping[bytes, object]]:
    """The mails that the server gave; its answer may be NIL, leave some out, or tell of others."""
    told = _told(client, uids, ["BODY.PEEK[]", "INTERNALDATE"])
    return {uid: told[uid] for uid in uids if uid in told and isinstance(told[uid].get(b"BODY[]"), bytes)}


def sizes(client: IMAPClient, uids: list[int]) -> dict[int, int]:
    """Of each mail; one whose size the server does not tell counts as large."""
    told = _told(client, uids, ["RFC822.SIZE"])
    return {uid: int(told.get(uid, {}).get(b"RFC822.SIZE") or UNKNOWN) for uid in uids}


def _told(client: IMAPClient, uids: list[int], items: list[str]) -> dict[int, dict[bytes, Any]]:
    try:
        return dict(client.fetch(uids, items))
    except IMAPClientAbortError:
        raise
    except IMAPClientError as refusal:
        # One mail that the server cannot read may cost the answer for all of them.
        log.info("mailbox refuses mails", mails=len(uids), trouble=explain(refusal))
        return {}


def still_there(client: IMAPClient, uids: list[int]) -> list[int]:
    """Without those that somebody has deleted meanwhile."""
    if not uids:
        return []
    # Only then servers tell of what was deleted.
    client.noop()
    there = set(client.search(["UID", ",".join(map(str, uids))]))
    return [uid for uid in uids if uid in there]


def idle(client: IMAPClient) -> bool:
    """Begin an IDLE. True: the server has told something already, which lies in a buffer where no poll sees it."""
    try:
        client.idle()
    except IMAPClientAbortError:
        raise
    except IMAPClientError as trouble:
        # It told of a mail before it said that it idles, and imaplib takes that for a refusal: call again.
        raise IMAPClientAbortError(str(trouble)) from trouble
    sock = client.socket()
    patience = sock.gettimeout()
    sock.setblocking(False)
    try:
        return bool(client._imap.file.peek(1))
    except OSError:
        # Of a TLS connection: nothing to read.
        return False
    finally:
        sock.settimeout(patience)


def told_of_more(client: IMAPClient) -> bool:
    """Whether the server told of new mail along with another answer: IDLE would not tell of it again."""
    return bool(client._imap.response("EXISTS")[1] != [None])


def explain(trouble: Exception) -> str:
    """A kind of `models.TROUBLES` and what was said; never the secret, which servers do not repeat."""
    said = " ".join(str(trouble).split())[:200]
    match trouble:
        case GrantRefused():
            return "grant: "
        case SealBroken():
            return "sealed: "
        case TokenAway():
            return f"token: {said}"
        case LoginError():
            return f"login: {said}"
        case ssl.SSLCertVerificationError():
            return f"certificate: {trouble.verify_message or said}"
        case ssl.SSLError():
            return f"tls: {said}"
        case socket.gaierror():
            return "name: "
        case ConnectionRefusedError():
            return "refused: "
        case TimeoutError():
            return "silent: "
        case IMAPClientError():
            return f"server: {said}"
    return f"other: {type(trouble).__name__} {said}"
