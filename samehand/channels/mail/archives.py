"""Mails as they lie in files: .eml, mbox, maildir, and folders of these, one after the other in a stable order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

# Beside mails lie indexes, notes and pictures. Anything else in a folder may be a mail, whatever its name.
NO_MAIL = frozenset(".json .jsonl .md .msf .idx .db .lock .gz .xz .bz2 .zip .png .jpg .gif .pdf".split())
HEADER = re.compile(rb"^(received|date):((?:[^\r\n]|\r?\n[ \t])*)", re.IGNORECASE | re.MULTILINE)
HEAD = 64 * 1024
Unopened = Callable[[Path, OSError], None]
ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)


def mails(path: Path, *, unopened: Unopened) -> Iterator[bytes]:
    """The raw mails below `path`; what cannot be opened is told to `unopened`, and the others are read all the same."""
    for file in _files(path, unopened):
        try:
            yield from _of_file(file)
        except OSError as trouble:
            unopened(file, trouble)


def _files(path: Path, unopened: Unopened) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    try:
        inside = sorted(path.iterdir())
    except OSError as trouble:
        unopened(path, trouble)
        return
    # A maildir: what lies in tmp is not delivered yet.
    if {"cur", "new", "tmp"} <= {inner.name for inner in inside}:
        inside = [path / "cur", path / "new"]
    for inner in inside:
        if inner.is_dir() or not (inner.name.startswith(".") or inner.suffix.lower() in NO_MAIL):
            yield from _files(inner, unopened)


def _of_file(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        is_mbox = file.read(5) == b"From "
    if is_mbox:
        yield from _of_mbox(path)
    else:
        yield path.read_bytes()


def _of_mbox(path: Path) -> Iterator[bytes]:
    """Read as a stream: an mbox may be larger than memory. ">From " is what programs make of "From " in a text."""
    lines: list[bytes] = []
    blank = True
    with path.open("rb") as file:
        for line in file:
            if blank and line.startswith(b"From ") and b":" in line:
                if lines:
                    yield _unescaped(lines)
                lines = []
            else:
                lines.append(line)
            blank = not line.strip()
    if lines:
        yield _unescaped(lines)


def _unescaped(lines: list[bytes]) -> bytes:
    return ESCAPED.sub(rb"\1", b"".join(lines))


def arrived_at(raw: bytes, now: datetime) -> datetime:
    """When the mail reached us: the topmost Received, else its Date; never later than now."""
    head = raw[:HEAD].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    found = {name.lower(): value for name, value in reversed(HEADER.findall(head))}
    for value in (found.get(b"received", b"").rpartition(b";")[2], found.get(b"date", b"")):
        if moment := _moment(value):
            return min(moment, now)
    return now


def _moment(value: bytes) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value.decode("ascii", "replace").strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
