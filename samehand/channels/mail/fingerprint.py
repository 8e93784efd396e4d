"""What makes two deliveries the same message: who wrote what when, and not which way it came."""

from __future__ import annotations

import hashlib
import re

_IDENTITY = (b"message-id", b"from", b"date", b"subject")
_FIELD = re.compile(rb"^(message-id|from|date|subject)[ \t]*+:([^\n]*+(?:\n[ \t][^\n]*+)*+)", re.IGNORECASE | re.MULTILINE)
_BLANK_LINE = re.compile(rb"\n\r?\n")
_MBOX_LINE = re.compile(rb"[\r\n]*+(?:>?From [^\n]*+\n)?")


def fingerprint(raw: bytes) -> str:
    """SHA-256 over Message-ID, From, Date, Subject and body. Traces of the way (Received, X-*, signatures), line ends,
    mbox quoting and blank lines at the end do not count; another writer or another text under a used id does."""
    skip = _MBOX_LINE.match(raw)
    start = skip.end() if skip else 0
    gap = _BLANK_LINE.search(raw, start)
    head, body = (gap.start() + 1, gap.end()) if gap else (len(raw), len(raw))
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
    if b"\r" in body:
        body = body.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if b"\n>From " in body or body.startswith(b">From "):
        body = (b"\n" + body).replace(b"\n>From ", b"\nFrom ")[1:]
    return body.rstrip()
