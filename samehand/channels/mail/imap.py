"""A connection to an IMAP mailbox, and the kinds of trouble with it."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from samehand.channels.mail.models import Mailbox
from samehand.lib.seal import unseal

TIMEOUT = 30.0


@contextmanager
def connect(mailbox: Mailbox) -> Iterator[IMAPClient]:
    client = _client(mailbox)
    try:
        _sign_in(client, mailbox)
        # Dates come with their zone: without this they would be turned into naive local time.
        client.normalise_times = False
        yield client
    finally:
        with suppress(Exception):
            client.logout()


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


def _sign_in(client: IMAPClient, mailbox: Mailbox) -> None:
    secret = unseal(mailbox.sealed_secret)
    if mailbox.login == Mailbox.Login.XOAUTH2:
        client.oauth2_login(mailbox.username, secret)
    elif client.has_capability("AUTH=PLAIN"):
        client.plain_login(mailbox.username, secret)
    elif secret.isascii():
        client.login(mailbox.username, secret)
    else:
        # LOGIN knows ASCII only, and the fault that Python would raise shows a letter of the password.
        raise LoginError("this server takes only passwords without national letters")


def explain(trouble: Exception) -> str:
    """A kind of `models.TROUBLES` and what was said; never the secret, which servers do not repeat."""
    said = " ".join(str(trouble).split())[:200]
    match trouble:
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
