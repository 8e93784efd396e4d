"""Delivery through the operator's relay; without one, into the folder that `/sent` shows."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings

from samehand.cases.keys import our_domain
from samehand.core.dispatches import ChannelError, Receipt

TIMEOUT = 60
# RFC 5321, 4.5.3.2.6: a server may think this long about a mail; to give up earlier is to send it twice.
AFTER_DOT = 600
Step = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Relay:
    host: str
    port: int
    user: str
    password: str
    tls: str


class WrongRelay(ChannelError):
    """SAMEHAND_RELAY cannot be understood."""

    def __init__(self) -> None:
        super().__init__("SAMEHAND_RELAY must look like smtp://user:password@host:587", permanent=False)


PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


def relay(url: str) -> Relay:
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise WrongRelay
    return Relay(
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=dict(parse_qsl(parts.query)).get("tls", {"smtps": "implicit", "smtp": "offered"}.get(parts.scheme, "none")),
    )


def send(raw: bytes, recipient: str, *, sender: str, handing_over: Step, folder: Path | None = None) -> Receipt:
    """Hand the mail to the next server, or to the folder. Bounces go to `sender`; to nobody when it is blank.

    `handing_over` is called when all but the final dot has left: from its return on, the server may have the mail.
    Raises ChannelError when the server would not take it."""
    if not settings.RELAY:
        return _to_folder(raw, handing_over, folder or Path(settings.SENT))
    try:
        server = _admitted(relay(settings.RELAY), sender)
    except (smtplib.SMTPException, OSError) as trouble:
        # Whatever is said before the recipient was named is about us, not about her: a wrong password, a full queue.
        raise ChannelError(str(trouble) or type(trouble).__name__, permanent=False) from trouble
    try:
        return _hand_over(server, raw, recipient, handing_over)
    except smtplib.SMTPResponseException as said:
        raise ChannelError(_words(said.smtp_code, said.smtp_error), permanent=said.smtp_code >= 500) from said
    except smtplib.SMTPRecipientsRefused as said:
        code, words = next(iter(said.recipients.values()))
        raise ChannelError(_words(code, words), permanent=code >= 500) from said
    except (smtplib.SMTPException, OSError) as trouble:
        raise ChannelError(str(trouble) or type(trouble).__name__, permanent=False) from trouble


def _admitted(to: Relay, sender: str) -> smtplib.SMTP:
    server = _connection(to)
    try:
        _expect(server.mail(sender), {250})
    except BaseException:
        server.close()
        raise
    return server


def _hand_over(server: smtplib.SMTP, raw: bytes, recipient: str, handing_over: Step) -> Receipt:
    try:
        _expect(server.rcpt(recipient), {250, 251})
        _expect(server.docmd("DATA"), {354})
        # All but the final dot. smtplib's own data() sends both in one go and leaves no moment between.
        server.send(_dotted(raw))
        handing_over()
        assert server.sock
        server.sock.settimeout(AFTER_DOT)
        server.send(b".\r\n")
        return Receipt(_words(*_expect(server.getreply(), {250})))
    finally:
        # Not `with`: it raises when the goodbye goes wrong, and a mail that was taken would be sent again.
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


def _connection(to: Relay) -> smtplib.SMTP:
    if to.tls == "implicit":
        server: smtplib.SMTP = smtplib.SMTP_SSL(to.host, to.port, our_domain(), timeout=TIMEOUT, context=trusted())
    else:
        server = smtplib.SMTP(to.host, to.port, our_domain(), timeout=TIMEOUT)
    try:
        server.ehlo_or_helo_if_needed()
        if to.tls == "required" or (to.tls == "offered" and server.has_extn("starttls")):
            server.starttls(context=trusted())
            server.ehlo()
        if to.user:
            server.login(to.user, to.password)
    except BaseException:
        server.close()
        raise
    return server


@cache
def trusted() -> ssl.SSLContext:
    """Reading the machine's certificates takes longer than sending a mail: once is enough."""
    return ssl.create_default_context()


def _expect(reply: tuple[int, bytes], wanted: set[int]) -> tuple[int, bytes]:
    if reply[0] not in wanted:
        raise smtplib.SMTPResponseException(*reply)
    return reply


def _dotted(raw: bytes) -> bytes:
    lines = (b"\r\n" + raw).replace(b"\r\n.", b"\r\n..")[2:]
    return lines if lines.endswith(b"\r\n") else lines + b"\r\n"


def _words(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"


def _to_folder(raw: bytes, handing_over: Step, folder: Path) -> Receipt:
    """The name comes from the Message-ID: the same mail twice is one file."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    message_id = str(message_from_bytes(raw).get("Message-ID", "")).strip("<> ")
    name = "".join(letter if letter.isalnum() or letter in ".-_@" else "_" for letter in message_id)[:200]
    draft = folder / f".{name}"
    handing_over()
    draft.touch(mode=0o600)
    with draft.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(folder / f"{name}.eml")
    return Receipt(f"kept in {folder.name}/{name}.eml")
