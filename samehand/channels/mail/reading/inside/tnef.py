"""Outlook's own envelope (TNEF, "winmail.dat"), by Microsoft's MS-OXTNEF: its text and its files.

A walk over lengths: every step goes forward, nothing is copied but what is asked for, and whatever does not fit ends
the walk with what was found so far.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

SIGNATURE = b"\x78\x9f\x3e\x22"
MAX_FILES = 1_000
MAX_VALUES = 100
# Of the whole envelope.
MAX_PROPERTIES = 30_000

_BODY, _CODEPAGE, _MESSAGE = 0x0002800C, 0x00069007, 0x00069003
_NEW_FILE, _TITLE, _DATA, _FILE = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
_TEXT, _RTF, _HTML = 0x1000, 0x1009, 0x1013
_CONTENT, _SHORT_NAME, _NAME, _KIND, _CONTENT_ID, _DISPLAY = 0x3701, 0x3704, 0x3707, 0x370E, 0x3712, 0x3001
# An embedded message or OLE object begins with the 16 bytes of its interface.
_OBJECT = 0x000D
_SIZES = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}
_VARIABLE = {0x1E, 0x1F, 0x102, _OBJECT}


@dataclass(slots=True)
class File:
    """A file in the envelope; its bytes are `start` to `end` of it."""

    name: str = ""
    kind: str = ""
    content_id: str = ""
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Envelope:
    """What Outlook packed. `rtf` is still compressed, `html` still in its charset."""

    text: str = ""
    html: bytes = b""
    rtf: bytes = b""
    codec: str = "cp1252"
    properties: int = 0
    files: list[File] = field(default_factory=list)


def opened(raw: bytes) -> Envelope | None:
    """None for bytes that are no such envelope."""
    if not raw.startswith(SIGNATURE):
        return None
    found = Envelope()
    at = 6
    while at + 9 <= len(raw) and len(found.files) <= MAX_FILES:
        kind, length = struct.unpack_from("<II", raw, at + 1)
        start = at + 9
        if start + length > len(raw):
            break
        _take(raw, kind, start, start + length, found)
        at = start + length + 2
    found.files = [one for one in found.files[:MAX_FILES] if one.end > one.start]
    return found


def _take(raw: bytes, kind: int, start: int, end: int, found: Envelope) -> None:
    if kind == _NEW_FILE:
        found.files.append(File())
    elif kind == _CODEPAGE and end - start >= 4:
        found.codec = _codec(struct.unpack_from("<I", raw, start)[0])
    elif kind == _BODY:
        found.text = _text(raw[start:end], found.codec)
    elif kind == _MESSAGE:
        for name, of, begin, stop in _properties(raw, start, end, found):
            _take_of_message(raw, name, of, begin, stop, found)
    elif found.files:
        _take_of_file(raw, kind, start, end, found)


def _take_of_message(raw: bytes, name: int, of: int, start: int, end: int, found: Envelope) -> None:
    if name == _TEXT and not found.text:
        found.text = _string(raw[start:end], of, found.codec)
    elif name == _HTML:
        found.html = raw[start:end] if of == 0x102 else _string(raw[start:end], of, found.codec).encode()
    elif name == _RTF:
        found.rtf = raw[start:end]


def _take_of_file(raw: bytes, kind: int, start: int, end: int, found: Envelope) -> None:
    file = found.files[-1]
    if kind == _TITLE:
        file.name = file.name or _text(raw[start:end], found.codec)
    elif kind == _DATA:
        file.start, file.end = start, end
    elif kind == _FILE:
        for name, of, begin, stop in _properties(raw, start, end, found):
            _take_property(file, raw, name, of, begin, stop, found.codec)


def _take_property(file: File, raw: bytes, name: int, of: int, start: int, end: int, codec: str) -> None:
    if name == _CONTENT and file.end == 0:
        file.start, file.end = (start + 16 if of == _OBJECT else start), end
        if of == _OBJECT and raw.startswith(SIGNATURE, file.start):
            file.kind = "application/ms-tnef"
    elif name in (_NAME, _SHORT_NAME, _DISPLAY):
        words = _string(raw[start : min(end, start + 2_000)], of, codec)
        # The long name says it best; the others only where nothing better is known.
        file.name = words if words and (name == _NAME or not file.name) else file.name
    elif name == _KIND:
        file.kind = file.kind or _string(raw[start : min(end, start + 200)], of, codec).lower()
    elif name == _CONTENT_ID:
        file.content_id = _string(raw[start : min(end, start + 600)], of, codec).strip("<> ")


def _properties(raw: bytes, start: int, end: int, into: Envelope) -> list[tuple[int, int, int, int]]:
    """(name, type, start, end of the value) of each property; of several values the first."""
    found: list[tuple[int, int, int, int]] = []
    at = start + 4
    try:
        for _number in range(struct.unpack_from("<I", raw, start)[0]):
            into.properties += 1
            of, name = struct.unpack_from("<HH", raw, at)
            at = _past_name(raw, at + 4) if name >= 0x8000 else at + 4
            begin, stop, at = _value(raw, of, at)
            if at > end or into.properties > MAX_PROPERTIES:
                break
            found.append((name, of & 0xFFF, begin, stop))
    except (struct.error, KeyError):
        return found
    return found


def _past_name(raw: bytes, at: int) -> int:
    (by_words,) = struct.unpack_from("<I", raw, at + 16)
    (length,) = struct.unpack_from("<I", raw, at + 20)
    return at + 24 + _padded(length) if by_words else at + 24


def _value(raw: bytes, of: int, at: int) -> tuple[int, int, int]:
    """Where the first value lies, and where the next property begins."""
    several, plain = bool(of & 0x1000), of & 0xFFF
    if plain not in _VARIABLE:
        size = _SIZES[plain]
        count = struct.unpack_from("<I", raw, at)[0] if several else 1
        begin = at + 4 if several else at
        return begin, begin + size, begin + size * count
    (count,) = struct.unpack_from("<I", raw, at)
    at += 4
    first = (at, at)
    for number in range(min(count, MAX_VALUES)):
        (length,) = struct.unpack_from("<I", raw, at)
        first = (at + 4, min(at + 4 + length, len(raw))) if number == 0 else first
        at += 4 + _padded(length)
    return *first, at


def _padded(length: int) -> int:
    return length + (-length % 4)


def _string(raw: bytes, of: int, codec: str) -> str:
    if of == 0x1F:
        return raw.decode("utf-16-le", "replace").rstrip("\x00")
    return _text(raw, codec)


def _text(raw: bytes, codec: str) -> str:
    raw = raw.rstrip(b"\x00")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode(codec, "replace")


def _codec(page: int) -> str:
    try:
        "".encode(name := f"cp{page}" if page != 65001 else "utf-8")
    except LookupError:
        return "cp1252"
    return name
