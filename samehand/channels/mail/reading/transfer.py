"""Transfer encodings undone, leniently: one bad letter must not cost the letter."""

from __future__ import annotations

import binascii
import re

_JUNK = re.compile(rb"[^A-Za-z0-9+/=]+")


def undone(body: bytes, coding: bytes) -> bytes:
    """The bytes behind a Content-Transfer-Encoding; an unknown one leaves them as they are."""
    coding = coding.strip().lower()
    if coding == b"base64":
        return from_base64(body)
    if coding == b"quoted-printable":
        return binascii.a2b_qp(body)
    if coding in (b"x-uuencode", b"uuencode", b"x-uue", b"uue"):
        return _from_uu(body)
    return body


def size_of(mail: bytes, start: int, end: int, coding: bytes) -> int:
    """The size after decoding, without decoding where it can be counted."""
    coding = coding.strip().lower()
    if coding == b"base64":
        letters = end - start - mail.count(b"\n", start, end) - mail.count(b"\r", start, end)
        padding = mail[max(start, end - 10) : end].count(b"=")
        return max(0, letters * 3 // 4 - padding)
    if coding in (b"", b"7bit", b"8bit", b"binary"):
        return end - start
    return len(undone(mail[start:end], coding))


def from_base64(raw: bytes) -> bytes:
    try:
        at = raw.find(b"=")
        if at < 0 or not raw[at:].strip(b"=\r\n \t"):
            return binascii.a2b_base64(raw)
    except binascii.Error:
        pass
    return _from_broken_base64(raw)


def _from_broken_base64(raw: bytes) -> bytes:
    """Padding in the middle, none at the end, foreign letters: every stretch gives what it has."""
    out = []
    for stretch in _JUNK.sub(b"", raw).split(b"="):
        # One letter left over holds six bits only: no byte.
        if len(stretch) % 4 == 1:
            stretch = stretch[:-1]
        if stretch:
            out.append(binascii.a2b_base64(stretch + b"=" * (-len(stretch) % 4)))
    return b"".join(out)


def _from_uu(body: bytes) -> bytes:
    out = []
    for line in body.splitlines():
        if line.startswith((b"begin ", b"end", b"`")) or not line.strip():
            continue
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            # Lines whose trailing blanks were eaten: take as many letters as the first one promises.
            wanted = ((line[0] - 32) & 63) * 4 + 5
            out.append(_uu_line(line[: wanted // 3]))
    return b"".join(out)


def _uu_line(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        return b""
