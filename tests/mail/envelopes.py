"""Outlook's envelope, written by the book (MS-OXTNEF, MS-OXRTFCP), for tests: we have no Outlook to ask."""

from __future__ import annotations

import struct
from base64 import encodebytes
from dataclasses import dataclass

from tests.mail.samples import multipart

MESSAGE, FILE = 1, 2
RTF_PREFIX = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


@dataclass(frozen=True)
class Packed:
    name: str
    content: bytes
    kind: str = ""
    content_id: str = ""


def winmail(
    *, text: str = "", html: bytes = b"", rtf: bytes = b"", files: tuple[Packed, ...] = (), page: int = 1250
) -> bytes:
    out = [b"\x78\x9f\x3e\x22\x01\x00", _attribute(MESSAGE, 0x00069007, struct.pack("<II", page, 0))]
    out.append(_attribute(MESSAGE, 0x00018004, b"Temat\x00"))
    if text:
        out.append(_attribute(MESSAGE, 0x0002800C, text.encode(f"cp{page}") + b"\x00"))
    properties = [_property(0x0003, 0x0E06, struct.pack("<I", 7)), _named("keyword")]
    properties += [_binary(0x1013, html)] if html else []
    properties += [_binary(0x1009, rtf)] if rtf else []
    out.append(_attribute(MESSAGE, 0x00069003, _properties(properties)))
    for file in files:
        out += _file(file, page)
    return b"".join(out)


def _file(file: Packed, page: int) -> list[bytes]:
    properties = [_string(0x3707, file.name)]
    properties += [_string(0x370E, file.kind)] if file.kind else []
    properties += [_string(0x3712, file.content_id)] if file.content_id else []
    short = file.name.encode(f"cp{page}", "replace")[:8] + b"\x00"
    return [
        _attribute(FILE, 0x00069002, b"\x00" * 14),
        _attribute(FILE, 0x00018010, short),
        _attribute(FILE, 0x0006800F, file.content),
        _attribute(FILE, 0x00069005, _properties(properties)),
    ]


def _attribute(level: int, kind: int, data: bytes) -> bytes:
    return struct.pack("<BII", level, kind, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def _properties(properties: list[bytes]) -> bytes:
    return struct.pack("<I", len(properties)) + b"".join(properties)


def _property(of: int, name: int, value: bytes) -> bytes:
    return struct.pack("<HH", of, name) + value


def _padded(data: bytes) -> bytes:
    return struct.pack("<II", 1, len(data)) + data + b"\x00" * (-len(data) % 4)


def _binary(name: int, data: bytes) -> bytes:
    return _property(0x0102, name, _padded(data))


def _string(name: int, words: str) -> bytes:
    return _property(0x001F, name, _padded((words + "\x00").encode("utf-16-le")))


def _named(words: str) -> bytes:
    coded = (words + "\x00").encode("utf-16-le")
    name = b"\x11" * 16 + struct.pack("<II", 1, len(coded)) + coded + b"\x00" * (-len(coded) % 4)
    return struct.pack("<HH", 0x000B, 0x8001) + name + struct.pack("<I", 1)


def compressed(rtf: bytes) -> bytes:
    """LZFu with references into the prefix and into itself wherever three bytes repeat."""
    window, out, at = bytearray(RTF_PREFIX), bytearray(), 0
    tokens: list[bytes] = []
    while at < len(rtf):
        length, place = 0, -1
        for size in range(min(17, len(rtf) - at), 2, -1):
            place = bytes(window).find(rtf[at : at + size])
            if place >= 0:
                length = size
                break
        piece = rtf[at : at + length] if length else rtf[at : at + 1]
        tokens.append(struct.pack(">H", place << 4 | (length - 2)) if length else piece)
        window += piece
        at += len(piece)
    tokens.append(struct.pack(">H", (len(window) % 4096) << 4))
    for start in range(0, len(tokens), 8):
        group = tokens[start : start + 8]
        out.append(sum(1 << bit for bit, token in enumerate(group) if len(token) == 2))
        out += b"".join(group)
    return struct.pack("<II4sI", len(out) + 12, len(rtf), b"LZFu", 0) + bytes(out)


def with_winmail(envelope: bytes, *parts: bytes) -> bytes:
    """A mail as Outlook sends it: perhaps a text, and the envelope."""
    head = (
        b'Content-Type: application/ms-tnef; name="winmail.dat"\r\nContent-Transfer-Encoding: base64\r\n'
        b'Content-Disposition: attachment; filename="winmail.dat"\r\n\r\n'
    )
    return multipart(*parts, head + encodebytes(envelope))
