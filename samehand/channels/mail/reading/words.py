"""Encoded words of RFC 2047 in headers, as they are and not only as they should be."""

from __future__ import annotations

import binascii
import re

from samehand.channels.mail.reading.charsets import decoded
from samehand.channels.mail.reading.transfer import from_base64

# Some writers leave bare question marks inside a word; a few are allowed for, so that no word runs away.
_WORD = re.compile(r"=\?([^?\s=]{1,60}+)\?([bBqQ])\?([^?]*+(?:\?(?!=)[^?]*+){0,3}+)\?=")


def decode_words(text: str) -> str:
    """The text with its encoded words decoded; what is no word stays."""
    if "=?" not in text:
        return text
    out: list[str] = []
    run: list[bytes] = []
    charset, end = "", 0
    for found in _WORD.finditer(text):
        between = text[end : found.start()]
        label = found[1].partition("*")[0].lower()
        # A letter may be cut in two by two words of one charset: their bytes are joined before they are decoded.
        if between.strip() or label != charset or end == 0:
            _flush(out, run, charset)
            # White space between two words is not part of the text.
            out.append("" if end and not between.strip() else between)
        charset, end = label, found.end()
        run.append(_bytes(found[2], found[3]))
    _flush(out, run, charset)
    return "".join(out) + text[end:]


def _flush(out: list[str], run: list[bytes], charset: str) -> None:
    if run:
        out.append(decoded(b"".join(run), charset)[0])
        run.clear()


def _bytes(coding: str, text: str) -> bytes:
    # A word may hold raw 8-bit letters although it must not; they came in as utf-8 or latin-1.
    raw = text.encode("utf-8", "surrogatepass")
    if coding in "bB":
        return from_base64(raw)
    return binascii.a2b_qp(raw.replace(b"\n", b""), header=True)
