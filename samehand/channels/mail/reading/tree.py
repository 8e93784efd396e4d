"""The shape of a mail: header fields and MIME parts, found by searching for marks and never by guessing at words.

Nothing here is decoded or copied: a part remembers where its body lies in the mail. The walk is a loop, not a
recursion, so depth costs nothing; `Limits` bounds what a mail that was built to hurt can ask for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from samehand.channels.mail.reading.params import content_type

MAX_HEADER = 4_000_000
MAX_PARTS = 20_000
MAX_DEPTH = 1_000
# How many bytes may be searched for boundaries: nested parts are searched once for each level above them. A line that
# looks like a boundary and is none costs as much as this many bytes.
SEARCHED = 200_000_000
NEAR_MISS = 250

Fields = dict[str, list[bytes]]

_FIELD = re.compile(rb"^([!-9;-~]{1,200}+)[ \t]*+:([^\n]*+(?:\n[ \t][^\n]*+)*+)", re.MULTILINE)
_BLANK_LINE = re.compile(rb"\n\r?\n")
_FIRST_FIELD = re.compile(rb"[!-9;-~]{1,200}+[ \t]*+:")
_MBOX_LINE = re.compile(rb"(?:[ \t\r]*+\n)*+(?:>?From [^\n]*+\n)?")
_TALK_AND_FIELD = re.compile(
    rb"([^\n]{1,200}+\n)(?:return-path|received|from|to|date|subject|message-id|delivered-to|mime-version)[ \t]*+:",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Node:
    """A part: its fields (lower-case name to raw values), its type, and where its head and its body lie in `mail`."""

    mail: bytes
    fields: Fields
    kind: str
    params: dict[str, str]
    start: int
    end: int
    children: list[Node] = field(default_factory=list)
    depth: int = 0
    head: int = 0

    def body(self) -> bytes:
        return self.mail[self.start : self.end]

    def raw(self, name: str) -> bytes:
        """The first value of a field, unfolded; empty when the part has none."""
        values = self.fields.get(name)
        return unfold(values[0]) if values else b""


def unfold(value: bytes) -> bytes:
    return value.replace(b"\r", b"").replace(b"\n", b"").strip() if b"\n" in value or b"\r" in value else value.strip()


def grow(mail: bytes, defects: list[str]) -> Node:
    """The tree of the mail. Whatever is wrong with it is said in `defects`; any bytes give a tree."""
    if b"\n" not in mail and b"\r" in mail:
        mail = mail.replace(b"\r", b"\n")
    root = _part(mail, _start(mail), len(mail), "text/plain", defects)
    _branch_out(root, defects)
    return root


def _start(mail: bytes) -> int:
    """Behind an mbox line, and behind a line of talk that somebody's script put over the header."""
    skip = _MBOX_LINE.match(mail)
    start = skip.end() if skip else 0
    if _FIRST_FIELD.match(mail, start):
        return start
    talk = _TALK_AND_FIELD.match(mail, start)
    return talk.end(1) if talk else start


def leaves(root: Node) -> Iterator[tuple[Node, int]]:
    """Every part without parts of its own, depth first, with the number of the outermost alternative that holds it
    (0: none)."""
    waiting, groups = [(root, 0)], 0
    while waiting:
        node, group = waiting.pop()
        if not node.children:
            yield node, group
            continue
        if not group and node.kind == "multipart/alternative":
            groups += 1
            group = groups
        waiting.extend((child, group) for child in reversed(node.children))


def _part(mail: bytes, start: int, end: int, default: str, defects: list[str]) -> Node:
    fields, body = _fields(mail, start, end, defects)
    value = fields.get("content-type")
    kind, params = content_type(unfold(value[0])) if value else (default, {})
    return Node(mail, fields, kind or default, params, min(body, end), end, head=start)


def _fields(mail: bytes, start: int, end: int, defects: list[str]) -> tuple[Fields, int]:
    """The fields between `start` and the first blank line, and where the body begins."""
    blank = _blank_line(mail, start)
    if blank:
        return {}, blank
    if not _FIRST_FIELD.match(mail, start, min(end, start + 300)):
        return {}, start
    gap = _BLANK_LINE.search(mail, start, end)
    stop, body = (gap.start() + 1, gap.end()) if gap else (end, end)
    if stop - start > MAX_HEADER:
        defects.append("The header is longer than 4 MB; the rest of it was not read.")
        stop = start + MAX_HEADER
    fields: Fields = {}
    last = start
    for found in _FIELD.finditer(mail, start, stop):
        fields.setdefault(_name(found[1]), []).append(found[2])
        last = found.end()
    return fields, _where_the_body_is(mail, last, stop, body, defects)


@lru_cache(maxsize=2_000)
def _name(raw: bytes) -> str:
    return raw.decode("ascii").lower()


def _blank_line(mail: bytes, start: int) -> int:
    if mail.startswith(b"\n", start):
        return start + 1
    return start + 2 if mail.startswith(b"\r\n", start) else 0


def _where_the_body_is(mail: bytes, last: int, stop: int, body: int, defects: list[str]) -> int:
    """Text that follows the last field without a blank line belongs to the body."""
    if stop - last <= 2 or body - stop > 2 or not mail[last : min(stop, last + 10_000)].strip():
        return body
    defects.append("There is no blank line between the header and the text.")
    return last + 1


@dataclass(slots=True)
class _Budget:
    bytes: int
    parts: int = MAX_PARTS

    def spent(self) -> bool:
        return self.bytes < 0 or self.parts <= 0


def _branch_out(root: Node, defects: list[str]) -> None:
    waiting, budget = [root], _Budget(2 * len(root.mail) + SEARCHED)
    while waiting:
        node = waiting.pop()
        if not node.kind.startswith("multipart/"):
            continue
        budget.bytes -= node.end - node.start
        if budget.spent() or node.depth >= MAX_DEPTH:
            _note(defects, "The mail has more parts or levels than we open; the rest is kept closed.")
            continue
        _open(node, budget, defects)
        waiting.extend(node.children)


def _open(node: Node, budget: _Budget, defects: list[str]) -> None:
    boundary = node.params.get("boundary", "").encode("latin-1", "replace") or _guess_boundary(node)
    pieces = _pieces(node, boundary, budget, defects) if boundary else []
    if not pieces:
        _note(defects, "A multipart has no parts; its text is shown as it is.")
        node.kind = "text/plain"
        return
    default = "message/rfc822" if node.kind == "multipart/digest" else "text/plain"
    for start, end in pieces:
        child = _part(node.mail, start, end, default, defects)
        child.depth = node.depth + 1
        node.children.append(child)


def _guess_boundary(node: Node) -> bytes:
    """A multipart that lost its boundary: the first line that looks like one."""
    head = node.mail[node.start : min(node.end, node.start + 2_000)]
    for line in head.split(b"\n"):
        if line.startswith(b"--") and len(line.strip()) > 4:
            return line.strip()[2:]
    return b""


def _pieces(node: Node, boundary: bytes, budget: _Budget, defects: list[str]) -> list[tuple[int, int]]:
    mail, end, mark = node.mail, node.end, b"--" + boundary
    pieces: list[tuple[int, int]] = []
    at, opened = node.start, -1
    while (at := mail.find(mark, at, end)) >= 0:
        after = at + len(mark)
        tail = mail[after : after + 100].partition(b"\n")[0].strip()
        # "--b" also begins "--b1": a boundary ends where its line ends.
        if (at > node.start and mail[at - 1] != 10) or tail not in (b"", b"--"):
            at = after
            budget.bytes -= NEAR_MISS
            if budget.spent():
                break
            continue
        if opened >= 0:
            pieces.append((opened, _before(mail, at, opened)))
        line = mail.find(b"\n", after, end)
        budget.parts -= 1
        if tail or line < 0 or budget.spent():
            return pieces
        opened = at = line + 1
    if opened >= 0:
        _note(defects, "The last part of a multipart is not closed; the mail may have been cut.")
        pieces.append((opened, end))
    return pieces


def _before(mail: bytes, at: int, opened: int) -> int:
    """The line break in front of a boundary belongs to the boundary."""
    at -= 1
    if at > opened and mail[at - 1] == 13:
        at -= 1
    return max(at, opened)


def _note(defects: list[str], sentence: str) -> None:
    if sentence not in defects:
        defects.append(sentence)
