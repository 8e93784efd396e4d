"""Mails as they lie in files: .eml, mbox, maildir, and folders of these, one after the other in a stable order."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import Path

# Beside mails lie indexes, notes and pictures. Anything else in a folder may be a mail, whatever its name.
NO_MAIL = frozenset(".json .jsonl .md .msf .idx .db .lock .gz .xz .bz2 .zip .png .jpg .gif .pdf".split())
HEADER = re.compile(rb"^(received|date):((?:[^\r\n]|\r?\n[ \t])*)", re.IGNORECASE | re.MULTILINE)
HEAD = 64 * 1024
MAX_MAIL = 100 * 1024 * 1024
LINE = 1024 * 1024
BOM = b"\xef\xbb\xbf"
# What stands between the mails of an mbox has a date. A sentence after a blank line may begin with "From " too.
FROM_LINE = re.compile(
    rb"From (?=[^\r\n]*\b\d?\d:\d\d)(?=[^\r\n]*\b(?:19|20)\d\d\b)[^\r\n]*?\b"
    rb"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?[ \t]+(?:[A-Z][a-z]{2}[ \t]+\d{1,2}|\d{1,2}[ \t]+[A-Z][a-z]{2})"
    rb"|\d{4}-\d\d-\d\d)(?!\d)"
)
Unopened = Callable[[Path, OSError], None]
ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)


def mails(path: Path, *, unopened: Unopened) -> Iterator[bytes]:
    """The raw mails below `path`; what cannot be opened is told to `unopened`, and the others are read all the same."""
    for file in _files(path, unopened):
        try:
            yield from _of_file(file, unopened)
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
        if inner.is_symlink() and inner.is_dir():
            # It may lead back to where we are.
            unopened(inner, OSError(errno.ELOOP, "a link to a folder; name the folder itself"))
        elif inner.is_dir() or not (inner.name.startswith(".") or inner.suffix.lower() in NO_MAIL):
            yield from _files(inner, unopened)


def _of_file(path: Path, unopened: Unopened) -> Iterator[bytes]:
    found = False
    for raw in _raws(path):
        found = True
        if raw is None:
            unopened(path, OSError(errno.EFBIG, f"a mail over {MAX_MAIL // 1024 // 1024} MiB is left out"))
        else:
            yield raw
    if not found:
        unopened(path, OSError(errno.ENODATA, "no mail is in it"))


def _raws(path: Path) -> Iterator[bytes | None]:
    """The mails of a file; None stands for one that is too large."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if FROM_LINE.match(head.removeprefix(BOM).lstrip()):
        return _of_mbox(_lines(path, old_mac=b"\n" not in head))
    return iter([path.read_bytes() if path.stat().st_size <= MAX_MAIL else None])


def _lines(path: Path, *, old_mac: bool) -> Iterator[bytes]:
    """Read as a stream: an mbox may be larger than memory, and so may a line, which then comes in pieces."""
    if old_mac:
        with path.open(encoding="latin-1", newline=None) as text:
            yield from (line.encode("latin-1") for line in iter(partial(text.readline, LINE), ""))
    else:
        with path.open("rb") as file:
            yield from iter(partial(file.readline, LINE), b"")


def _of_mbox(lines: Iterator[bytes]) -> Iterator[bytes | None]:
    mail, blank = bytearray(), True
    for line in lines:
        line = line if mail else line.removeprefix(BOM)
        if blank and FROM_LINE.match(line):
            yield from _mail(mail)
            mail = bytearray()
        elif len(mail) <= MAX_MAIL:
            mail += line
        blank = not line.strip()
    yield from _mail(mail)


def _mail(mail: bytearray) -> list[bytes | None]:
    """One or none. ">From " is what programs make of "From " in a text."""
    if len(mail) > MAX_MAIL:
        return [None]
    return [] if not mail or mail.isspace() else [bytes(ESCAPED.sub(rb"\1", mail))]


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
