"""What is kept of a mail that is larger than the doors take: its header and the beginning of its body."""

from __future__ import annotations

from django.conf import settings

HEADER = 256 * 1024
BODY = 256 * 1024
MIB = 1024 * 1024


def beginning(raw: bytes) -> bytes:
    """The whole header, when it is of a bearable length, and so much of the body, up to the end of a line. The body is
    counted from its own start: on its next try a mail has other traces of its way, and must be known as the same."""
    gap = raw.find(b"\r\n\r\n", 0, HEADER)
    end = gap + len(b"\r\n\r\n") + BODY if gap >= 0 else HEADER
    if end >= len(raw):
        return raw
    kept, line_end, _rest = raw[:end].rpartition(b"\n")
    return kept + line_end or raw[:end]


def limit_in_words() -> str:
    return f"{round(settings.MAX_MAIL / MIB, 1):g} MiB"
