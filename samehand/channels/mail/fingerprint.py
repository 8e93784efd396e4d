"""What makes two deliveries the same message: who wrote what when, and not which way it came."""

from __future__ import annotations

import hashlib
import re

_IDENTITY = (b"message-id", b"from", b"date", b"subject")
_FIELD = re.compile(
    rb"^(message-id|from|date|subject)[ \t]*+:([^\n]*+(?:\n[ \t][^\n]*+)*+)", re.IGNORECASE | re.MULTILINE
)
_FIRST_FIELD = re.compile(rb"[!-9;-~]{1,200}+[ \t]*+:")
_BLANK_LINE = re.compile(rb"\n\r?\n")
_MBOX_LINE = re.compile(rb"(?:[ \t\r]*+\n)*+(?:>?From [^\n]*+\n)?")
_MBOX_QUOTE = re.compile(rb"\n>+From ")


def fingerprint(raw: bytes) -> str:
    """SHA-256 in hex over Message-ID, From, Date, Subject and body. Traces of the way (Received, X-*, signatures),
    line ends, mbox quoting and blank lines at the end do not count; another writer or another text under a used id
    does."""
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    skip = _MBOX_LINE.match(raw)
    start = skip.end() if skip else 0
    gap = _BLANK_LINE.search(raw, start) if _FIRST_FIELD.match(raw, start) else None
    # Without a header that ends, everything is body: what is not hashed could be lost as "the same".
    head, body = (gap.start() + 1, gap.end()) if gap else (start, start)
    values: dict[bytes, list[bytes]] = {}
    for name, value in _FIELD.findall(raw, start, head):
        values.setdefault(name.lower(), []).append(b" ".join(value.split()))
    digest = hashlib.sha256()
    for name in _IDENTITY:
        digest.update(name + b":" + b"\x00".join(values.get(name, ())) + b"\n")
    digest.update(_plain(raw[body:]))
    return digest.hexdigest()


def _plain(body: bytes) -> bytes:
    """The body with plain line ends and as it was before an mbox put ">" in front of its "From " lines."""
    # Four times as fast as replacing each CRLF, and a lone CR is no text.
    body = body.translate(None, b"\r")
    if b">From " in body:
        body = _MBOX_QUOTE.sub(b"\nFrom ", b"\n" + body)[1:]
    return body.rstrip()
