"""The bytes of an answer. The same answer gives the same bytes, so that a second try sends what the first one sent.

Written by hand from the standard library's pieces: `EmailMessage` folds a long Message-ID into encoded words, which
breaks the thread that the id is there for.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime
from html import escape
from urllib.parse import quote

from samehand.channels.mail.reading.text import one_line
from samehand.core.dispatches import CannotBeSent

MAX_LINE = 76
MAX_QUOTED_LINES = 300
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,200}@[A-Za-z0-9.\[\]:-]{1,253}")
_ID = re.compile(r"<[!-;=?-~]{1,900}>")
_TYPE = re.compile(r"(?!multipart/|message/)[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,100}")
_URL = re.compile(r"https?://[^\s<>\"]{1,2000}[^\s<>\".,;:!?)\]]")
_EOL = b"\r\n"


class CannotBeWritten(CannotBeSent):
    """An address or a Message-ID of the answer cannot stand in a mail; the sentence says which."""


@dataclass(frozen=True, slots=True)
class Person:
    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class File:
    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Quoted:
    """The customer's last message: `lead` is the line over it ("W dniu ... pisze:")."""

    lead: str
    text: str


def compose(
    *,
    sender: Person,
    to: Person,
    subject: str,
    text: str,
    date: datetime,
    message_id: str,
    in_reply_to: str = "",
    references: Sequence[str] = (),
    reply_to: Person | None = None,
    footer: str = "",
    quoted: Quoted | None = None,
    files: Sequence[File] = (),
    language: str = "pl",
) -> bytes:
    """A consultant's answer as it leaves us: text and HTML of the same words, 7-bit clean, CRLF line ends.

    `footer` is a line under the answer (the address of the customer's page in it becomes a link). References are cut
    to the first four and the last six, because relays refuse headers that grow for ever. No Auto-Submitted: a person
    wrote this.
    """
    head = [
        ("From", _mailbox(sender)),
        ("To", _mailbox(to)),
        ("Reply-To", _mailbox(reply_to) if reply_to else ""),
        ("Subject", _words(one_line(subject), "Subject")),
        ("Date", format_datetime(date)),
        ("Message-ID", _the_id(message_id)),
        ("In-Reply-To", _ids([in_reply_to])),
        ("References", _ids(_thread(references, in_reply_to))),
        ("Content-Language", language if language.isalpha() and language.isascii() else ""),
        ("MIME-Version", "1.0"),
    ]
    lines = _EOL.join(f"{name}: {value}".encode("ascii") for name, value in head if value)
    return lines + _EOL + _body(text, footer, quoted, files, message_id)


def _mailbox(person: Person) -> str:
    if not _ADDRESS.fullmatch(person.address):
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


def _body(text: str, footer: str, quoted: Quoted | None, files: Sequence[File], message_id: str) -> bytes:
    words = _multipart(
        "alternative",
        [
            _leaf("text/plain", _plain(text, footer, quoted).encode("utf-8", "replace")),
            _leaf("text/html", _html(text, footer, quoted).encode("utf-8", "replace")),
        ],
        _boundary(message_id, "words"),
    )
    if not files:
        return words
    return _multipart("mixed", [words, *map(_attached, files)], _boundary(message_id, "files"))


def _boundary(message_id: str, which: str) -> str:
    # "=_" cannot occur in quoted-printable or base64, so no content can forge the mark.
    return "=_" + hashlib.sha256(f"{which} {message_id}".encode()).hexdigest()[:32]


def _multipart(kind: str, parts: Sequence[bytes], boundary: str) -> bytes:
    mark = b"--" + boundary.encode("ascii")
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"'.encode("ascii")
    inside = b"".join(mark + _EOL + part + _EOL for part in parts)
    return head + _EOL + _EOL + inside + mark + b"--" + _EOL


def _leaf(kind: str, content: bytes) -> bytes:
    coded = binascii.b2a_qp(content, quotetabs=False, istext=True, header=False).replace(b"\n", _EOL)
    # A lone dot or "From " at the start of a line is changed by some servers on the way.
    coded = re.sub(rb"(?m)^(\.|From )", lambda found: b"=%02X" % found[1][0] + found[1][1:], coded)
    head = f"Content-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    return head.encode("ascii") + coded


def _attached(file: File) -> bytes:
    kind = file.content_type.lower() if _TYPE.fullmatch(file.content_type.lower()) else "application/octet-stream"
    name = one_line(file.name).replace("/", "-").replace("\\", "-")[:200] or "file"
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", name)[:60]
    head = f'Content-Type: {kind}; name="{plain}"\r\nContent-Disposition: attachment; filename="{plain}"'
    if plain != name:
        head += "".join(f";\r\n {piece}" for piece in _long_name(name))
    data = base64.encodebytes(file.data).replace(b"\n", _EOL)
    return f"{head}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode("ascii") + data.rstrip()


def _long_name(name: str) -> list[str]:
    """The name by RFC 2231, cut between letters so that no line grows too long."""
    coded = [quote(letter, safe="") for letter in name.encode("utf-8", "replace").decode()]
    pieces, line = [], ""
    for letter in coded:
        if len(line) + len(letter) > 55:
            pieces.append(line)
            line = ""
        line += letter
    pieces.append(line)
    if len(pieces) == 1:
        return [f"filename*=utf-8''{pieces[0]}"]
    pieces[0] = "utf-8''" + pieces[0]
    return [f"filename*{number}*={piece}" for number, piece in enumerate(pieces)]


def _plain(text: str, footer: str, quoted: Quoted | None) -> str:
    blocks = [_lines(text).strip("\n")]
    if footer:
        blocks.append(one_line(footer))
    if quoted and quoted.text.strip():
        old = "\n".join(f"> {line}".rstrip() if line[:1] != ">" else f">{line}" for line in _quoted_lines(quoted))
        blocks.append(f"{one_line(quoted.lead)}\n{old}")
    return "\n\n".join(blocks) + "\n"


def _html(text: str, footer: str, quoted: Quoted | None) -> str:
    blocks = [f"<p>{_marked_up(paragraph)}</p>" for paragraph in re.split(r"\n\s*\n", _lines(text).strip("\n"))]
    if footer:
        blocks.append(f'<p style="color:#555;font-size:90%">{_marked_up(one_line(footer))}</p>')
    if quoted and quoted.text.strip():
        old = "<br>\n".join(escape(line) for line in _quoted_lines(quoted))
        blocks.append(
            f'<div class="gmail_quote"><p>{escape(one_line(quoted.lead))}</p>\n'
            '<blockquote type="cite" style="margin:0 0 0 .8ex;border-left:2px solid #ccc;padding-left:1ex">'
            f"{old}</blockquote></div>"
        )
    inside = "\n".join(blocks)
    return f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head>\n<body>\n{inside}\n</body></html>\n'


def _quoted_lines(quoted: Quoted) -> list[str]:
    return _lines(quoted.text).strip("\n").split("\n")[:MAX_QUOTED_LINES]


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _marked_up(text: str) -> str:
    out, at = [], 0
    for found in _URL.finditer(text):
        out.append(escape(text[at : found.start()]))
        out.append(f'<a href="{escape(found[0])}">{escape(found[0])}</a>')
        at = found.end()
    out.append(escape(text[at:]))
    return "".join(out).replace("\n", "<br>\n")
