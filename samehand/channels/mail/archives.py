"""Mails as they lie in files: .eml, mbox, maildir, and folders of these, one after the other in a stable order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

SUFFIXES = {".eml", ".mbox", ".mbx", ".txt", ".msg", ""}
HEADER = re.compile(rb"^(received|date):((?:[^\r\n]|\r?\n[ \t])*)", re.IGNORECASE | re.MULTILINE)
HEAD = 64 * 1024
ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)


def mails(path: Path) -> Iterator[bytes]:
    """The raw mails below `path`. Raises OSError for what cannot be opened."""
    if not path.is_dir():
        yield from _of_file(path)
    elif (path / "cur").is_dir():
        for folder in ("cur", "new"):
            yield from (mail.read_bytes() for mail in sorted(_files(path / folder)))
    else:
        for inner in sorted(path.iterdir()):
            if inner.is_dir() or (inner.suffix.lower() in SUFFIXES and not inner.name.startswith(".")):
                yield from mails(inner)


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in folder.iterdir() if file.is_file() and not file.name.startswith("."))


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
