"""The parts of a mail in the form in which every server takes them: short lines, 7 bits."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from urllib.parse import quote

from samehand.channels.mail.composing import bodies
from samehand.channels.mail.composing.values import File, Words
from samehand.channels.mail.reading.text import one_line

EOL = b"\r\n"
_TYPE = re.compile(r"(?!multipart/|message/)[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,100}")
_PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}


def body(words: Words, files: Sequence[File], message_id: str) -> bytes:
    """Text and HTML of the same words; pictures of the text with the HTML, other files behind it."""
    files = _placed(words.text, files, message_id)
    pictures = [file for file in files if file.content_id]
    formatted = _leaf("text/html", bodies.html(words, pictures).encode("utf-8", "replace"))
    if pictures:
        shown = [_attached(picture, "inline") for picture in pictures]
        formatted = _multipart("related", [formatted, *shown], _boundary(message_id, "pictures"))
    said = _leaf("text/plain", bodies.plain(words).encode("utf-8", "replace"))
    whole = _multipart("alternative", [said, formatted], _boundary(message_id, "words"))
    others = [_attached(file, "attachment") for file in files if not file.content_id]
    return _multipart("mixed", [whole, *others], _boundary(message_id, "files")) if others else whole


def _placed(text: str, files: Sequence[File], message_id: str) -> list[File]:
    """A picture whose `[name]` stands in the text gets its place there."""
    placed, taken = [], set()
    for number, file in enumerate(files):
        name = one_line(file.name)
        stands = file.content_type.lower() in _PICTURES and f"[{name}]" in text and name not in taken
        if stands:
            taken.add(name)
        mark = _boundary(message_id, f"picture {number}")[2:18]
        placed.append(File(name, file.content_type, file.data, f"{mark}@picture" if stands else ""))
    return placed


def _boundary(message_id: str, which: str) -> str:
    # "=_" cannot occur in quoted-printable or base64, so no content can forge the mark.
    return "=_" + hashlib.sha256(f"{which} {message_id}".encode()).hexdigest()[:32]


def _multipart(kind: str, parts: Sequence[bytes], boundary: str) -> bytes:
    mark = b"--" + boundary.encode("ascii")
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"'.encode("ascii")
    inside = b"".join(mark + EOL + part + EOL for part in parts)
    return head + EOL + EOL + inside + mark + b"--" + EOL


def _leaf(kind: str, content: bytes) -> bytes:
    coded = binascii.b2a_qp(content, quotetabs=False, istext=True, header=False).replace(b"\n", EOL)
    # A lone dot or "From " at the start of a line is changed by some servers on the way.
    coded = re.sub(rb"(?m)^(\.|From )", lambda found: b"=%02X" % found[1][0] + found[1][1:], coded)
    head = f"Content-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    return head.encode("ascii") + coded


def _attached(file: File, disposition: str) -> bytes:
    kind = file.content_type.lower() if _TYPE.fullmatch(file.content_type.lower()) else "application/octet-stream"
    name = one_line(file.name).replace("/", "-").replace("\\", "-")[:200] or "file"
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", name)[:60]
    head = f'Content-Type: {kind}; name="{plain}"\r\nContent-Disposition: {disposition}; filename="{plain}"'
    if plain != name:
        head += "".join(f";\r\n {piece}" for piece in _long_name(name))
    if file.content_id:
        head += f"\r\nContent-ID: <{file.content_id}>"
    data = base64.encodebytes(file.data).replace(b"\n", EOL)
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
