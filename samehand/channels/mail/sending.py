"""Delivery through the operator's relay; without one, into the folder that `/sent` shows."""

from __future__ import annotations

import os
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path

from django.conf import settings

from samehand.channels.mail.relays import Line, lines, relay, relay_of
from samehand.core.dispatches import ChannelError, Receipt

# RFC 5321, 4.5.3.2.6: a server may think this long about a mail; to give up earlier is to send it twice.
AFTER_DOT = 600
TOO_LARGE = 552
Step = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Letter:
    raw: bytes
    recipient: str
    sender: str

    @property
    def international(self) -> bool:
        """Whether addresses in it have letters that servers without SMTPUTF8 do not know."""
        return not (self.recipient.isascii() and self.sender.isascii() and self.head.isascii())

    @property
    def head(self) -> bytes:
        return self.raw.partition(b"\r\n\r\n")[0]


def send(raw: bytes, recipient: str, *, sender: str, handing_over: Step, folder: Path | None = None) -> Receipt:
    """Hand the mail to the next server, or to the folder. Bounces go to `sender`; to nobody when it is blank.

    `handing_over` is called when all but the final dot has left: from its return on, the server may have the mail.
    Raises ChannelError when the server would not take it."""
    url = relay_of(sender)
    if not url:
        return _to_folder(raw, handing_over, folder or Path(settings.SENT))
    letter = Letter(raw, recipient, sender)
    try:
        line = lines.use(relay(url), lambda server: _announce(server, letter))
    except (smtplib.SMTPException, OSError) as trouble:
        # Whatever is said before the recipient was named is about us, not about her: a wrong password, a full queue.
        raise ChannelError(_said(trouble), permanent=False) from trouble
    try:
        return _hand_over(line, letter, handing_over)
    except smtplib.SMTPResponseException as said:
        raise ChannelError(_said(said), permanent=said.smtp_code >= 500) from said
    except (smtplib.SMTPException, OSError) as trouble:
        raise ChannelError(_said(trouble), permanent=False, doubt=True) from trouble


def _announce(server: smtplib.SMTP, letter: Letter) -> None:
    """MAIL FROM with all that the server understands. What it says of the mail itself is final."""
    limit = server.esmtp_features.get("size", "")
    if limit.isdecimal() and 0 < int(limit) < len(letter.raw):
        raise ChannelError(
            f"The next server takes mails of {limit} bytes, this one has {len(letter.raw)}.", permanent=True
        )
    if letter.international and not server.has_extn("smtputf8"):
        raise ChannelError("The next server knows no addresses with letters beyond ASCII (SMTPUTF8).", permanent=True)
    reply = server.mail(letter.sender, _options(server, letter))
    if reply[0] == TOO_LARGE:
        raise ChannelError(_words(*reply), permanent=True)
    if reply[0] == 421:
        # Good-bye: on a kept connection it only means that it was kept too long.
        raise smtplib.SMTPServerDisconnected(_words(*reply))
    _expect(reply, {250})


def _options(server: smtplib.SMTP, letter: Letter) -> list[str]:
    said = [f"SIZE={len(letter.raw)}"] if server.has_extn("size") else []
    if letter.international or (server.has_extn("8bitmime") and not letter.raw.isascii()):
        said.append("BODY=8BITMIME")
    if letter.international:
        said.append("SMTPUTF8")
    if letter.sender and server.has_extn("dsn"):
        # Bounces shall name us: the id comes back in them, whatever else they quote.
        said += ["RET=HDRS", f"ENVID={_xtext(letter.sender)}"]
    return said


def _wishes(server: smtplib.SMTP, letter: Letter) -> list[str]:
    if not server.has_extn("dsn"):
        return []
    if not letter.sender:
        return ["NOTIFY=NEVER"]
    original = [f"ORCPT=rfc822;{_xtext(letter.recipient)}"] if letter.recipient.isascii() else []
    return ["NOTIFY=FAILURE,DELAY", *original]


def _xtext(text: str) -> str:
    """RFC 3461, 4: what could end a parameter is written as its number."""
    return "".join(
        letter if "!" <= letter <= "~" and letter not in "+=" else "".join(f"+{byte:02X}" for byte in letter.encode())
        for letter in text
    )


def _hand_over(line: Line, letter: Letter, handing_over: Step) -> Receipt:
    server = line.smtp
    try:
        _expect(server.rcpt(letter.recipient, _wishes(server, letter)), {250, 251})
        _expect(server.docmd("DATA"), {354})
        # All but the final dot. smtplib's own data() sends both in one go and leaves no moment between.
        server.send(_dotted(letter.raw))
        handing_over()
        assert server.sock
        server.sock.settimeout(AFTER_DOT)
        server.send(b".\r\n")
        receipt = Receipt(_words(*_expect(server.getreply(), {250})))
    except smtplib.SMTPResponseException:
        line.close()
        raise
    except BaseException:
        # Within DATA no good-bye is possible: without its dot the mail is forgotten there.
        line.smtp.close()
        raise
    lines.keep(line)
    return receipt


def _expect(reply: tuple[int, bytes], wanted: set[int]) -> tuple[int, bytes]:
    if reply[0] not in wanted:
        raise smtplib.SMTPResponseException(*reply)
    return reply


def _dotted(raw: bytes) -> bytes:
    doubled = (b"\r\n" + raw).replace(b"\r\n.", b"\r\n..")[2:]
    return doubled if doubled.endswith(b"\r\n") else doubled + b"\r\n"


def _said(trouble: Exception) -> str:
    if isinstance(trouble, smtplib.SMTPResponseException):
        return _words(trouble.smtp_code, trouble.smtp_error)
    return str(trouble) or type(trouble).__name__


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
