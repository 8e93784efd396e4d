"""What is owed for any bytes: an answer or Unreadable, in bounded time and memory, with text that a database takes."""

from __future__ import annotations

import time
import tracemalloc
from dataclasses import replace

from samehand.channels.mail.channel import formatted
from samehand.channels.mail.fingerprint import fingerprint
from samehand.channels.mail.reading import as_json, letter_inside, part_bytes, read_mail
from samehand.core.arrivals import Unreadable

# One second on an idle machine; the run shares its machine with others.
SECONDS = 1.0
BUSY = 4.0
# What Python needs for the pieces of a mail, and room to begin with.
TIMES, ROOM = 60, 40_000_000


def everything(raw: bytes) -> None:
    """All that is ever asked of a mail. Raises for what must not happen, and never Unreadable."""
    row = as_json("x", raw)
    _holdable(row)
    fingerprint(raw)
    formatted(raw, images=True, address=lambda _content: "data:,", elsewhere=str)
    if row["quarantined"]:
        return
    arrival = read_mail(raw)
    if replace(arrival, defects=()) != replace(read_mail(raw), defects=()):
        raise AssertionError("read twice, it says something else")
    if bool(arrival.text.strip()) != bool(arrival.reply_text.strip()):
        raise AssertionError("the words were lost or made up")
    for part in arrival.attachments[:6]:
        found, content = part_bytes(raw, part.index)
        if found != part or len(content) > len(raw) + 1_000:
            raise AssertionError(f"the part {part.index} is another one when it is fetched")
        if part.content_type == "message/rfc822":
            _opened(raw, part.index)


def _opened(raw: bytes, index: int) -> None:
    try:
        letter = letter_inside(raw, index)
    except Unreadable:
        return
    for part in letter.attachments[:3]:
        part_bytes(raw, part.index)


def _holdable(value: object) -> None:
    """Text without NUL and lone surrogates, all the way down."""
    if isinstance(value, str):
        value.encode()
        if "\x00" in value:
            raise AssertionError("a NUL that no database takes")
    elif isinstance(value, dict):
        for inner in value.values():
            _holdable(inner)
    elif isinstance(value, list):
        for inner in value:
            _holdable(inner)


def in_time(raw: bytes, seconds: float = BUSY) -> float:
    """Judge the mail; the CPU seconds of reading it once. Raises when they are too many."""
    start = time.process_time()
    as_json("x", raw)
    spent = time.process_time() - start
    if spent > seconds:
        raise AssertionError(f"{spent:.1f} s for {len(raw)} bytes")
    everything(raw)
    return spent


def in_memory(raw: bytes) -> int:
    """The peak of memory while the mail is read. Raises when it is out of proportion."""
    tracemalloc.start()
    try:
        as_json("x", raw)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    if peak > TIMES * len(raw) + ROOM:
        raise AssertionError(f"{peak} bytes of memory for {len(raw)} bytes")
    return peak
