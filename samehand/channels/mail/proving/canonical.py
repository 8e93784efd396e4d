"""The forms in which headers and bodies are signed (RFC 6376, 3.4), in linear time for any bytes.

The usual library looks for spaces at the end of a line with a search that starts anew at each space: 40 kB of them
take it six seconds, and a 10 MB line days.
"""

from __future__ import annotations

import re

_SPACES = re.compile(rb"  +")
_TABS = bytes.maketrans(b"\t", b" ")
_BARE = re.compile(rb"(?<!\r)\n")


def lines_with_crlf(text: bytes) -> bytes:
    """Archives keep bare line feeds; what travelled had CRLF."""
    return text if text.count(b"\n") == text.count(b"\r\n") else _BARE.sub(b"\r\n", text)


def body(text: bytes, form: str) -> bytes:
    text = lines_with_crlf(text)
    if form == "relaxed":
        text = _SPACES.sub(b" ", text.translate(_TABS)).replace(b" \r\n", b"\r\n")
        text = text.removesuffix(b" ")
    text = _without_blank_end(text)
    if text:
        return text + b"\r\n"
    return b"" if form == "relaxed" else b"\r\n"


def _without_blank_end(text: bytes) -> bytes:
    end = len(text.rstrip(b"\r\n"))
    tail = text[end:]
    if tail == b"\r\n" * (len(tail) // 2):
        return text[:end]
    # Lone carriage returns among them belong to the text.
    lone = tail.replace(b"\r\n", b"\n").rstrip(b"\n")
    return text[:end] + lone.replace(b"\n", b"\r\n")


def header(name: bytes, raw: bytes, form: str) -> bytes:
    """A field with its line end; `raw` as it stood in the mail."""
    if form == "simple":
        return lines_with_crlf(raw.removesuffix(b"\r")) + b"\r\n"
    value = raw.partition(b":")[2].translate(_TABS, b"\r\n")
    return name + b":" + _SPACES.sub(b" ", value).strip(b" ") + b"\r\n"
