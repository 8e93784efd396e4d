"""The bytes of an answer. The same answer gives the same bytes, so that a second try sends what the first one sent.

Written by hand from the standard library's pieces: `EmailMessage` folds a long Message-ID into encoded words, which
breaks the thread that the id is there for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from email.header import Header
from email.utils import format_datetime

from samehand.channels.mail.composing.parts import EOL, body
from samehand.channels.mail.composing.values import MARKER, CannotBeWritten, File, Person, Quoted, Words
from samehand.channels.mail.reading.text import one_line

__all__ = ["MARKER", "CannotBeWritten", "File", "Person", "Quoted", "Words", "compose"]

MAX_LINE = 76
_ADDRESS = re.compile(r"(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]|[^\x00-\x7f]){1,200}@[A-Za-z0-9.\[\]:-]{1,253}")
_ID = re.compile(r"<[!-;=?-~]{1,900}>")


def compose(
    *,
    sender: Person,
    to: Person,
    subject: str,
    words: Words,
    date: datetime,
    message_id: str,
    in_reply_to: str = "",
    references: Sequence[str] = (),
    reply_to: Person | None = None,
    files: Sequence[File] = (),
    automatic: bool = False,
) -> bytes:
    """An answer as it leaves us: text and HTML of the same words, 7-bit clean, CRLF line ends.

    References are cut to the first four and the last six, because relays refuse headers that grow for ever.
    Auto-Submitted only when it is `automatic`: else a person wrote it. The one thing that may not be 7-bit is an
    address with letters beyond ASCII, which needs a server that knows SMTPUTF8.
    """
    language = words.language
    head = [
        ("From", _mailbox(sender)),
        ("To", _mailbox(to)),
        ("Reply-To", _mailbox(reply_to) if reply_to else ""),
        ("Subject", _words(one_line(subject), "Subject")),
        ("Date", format_datetime(date)),
        ("Message-ID", _the_id(message_id)),
        ("In-Reply-To", _ids([in_reply_to])),
        ("References", _ids(_thread(references, in_reply_to))),
        ("Auto-Submitted", "auto-replied" if automatic else ""),
        ("X-Auto-Response-Suppress", "All" if automatic else ""),
        ("Content-Language", language if language.isalpha() and language.isascii() else ""),
        ("MIME-Version", "1.0"),
    ]
    lines = EOL.join(f"{name}: {value}".encode() for name, value in head if value)
    return lines + EOL + body(words, files, message_id)


def _mailbox(person: Person) -> str:
    # Not printable: control signs, and marks that hide letters or turn the direction of reading.
    if not _ADDRESS.fullmatch(person.address) or not person.address.isprintable():
        raise CannotBeWritten(f"{person.address!r} is no address that can stand in a mail.")
    name = one_line(person.name)
    if not name:
        return person.address
    if name.isascii() and "=?" not in name and len(name) < 60:
        name = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    else:
        name = _encoded(name, "Reply-To")
    return f"{name}\r\n <{person.address}>" if len(name) + len(person.address) > 60 else f"{name} <{person.address}>"


def _words(text: str, header: str) -> str:
    simple = text.isascii() and "=?" not in text and all(len(word) < 60 for word in text.split())
    if not simple:
        return _encoded(text, header)
    return Header(text, "us-ascii", MAX_LINE, header).encode(linesep="\r\n")


def _encoded(text: str, header: str) -> str:
    return Header(text, "utf-8", MAX_LINE, header).encode(linesep="\r\n")


def _the_id(message_id: str) -> str:
    if not _ID.fullmatch(message_id):
        raise CannotBeWritten(f"{message_id!r} is no Message-ID.")
    return message_id


def _thread(references: Sequence[str], in_reply_to: str) -> list[str]:
    known = [one for one in dict.fromkeys([*references, in_reply_to]) if _ID.fullmatch(one)]
    if in_reply_to in known:
        # What is answered stands last, wherever the old mail had put it.
        known.remove(in_reply_to)
        known.append(in_reply_to)
    return known if len(known) <= 10 else known[:4] + known[-6:]


def _ids(ids: Sequence[str]) -> str:
    return "\r\n ".join(one for one in ids if _ID.fullmatch(one))
