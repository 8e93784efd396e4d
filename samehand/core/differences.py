"""What differs between two texts: lines first, then the words within lines that were changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

What = Literal["same", "gone", "new", "changed"]

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
# Beyond this much work the rest is shown as taken out and put in: comparing grows with the product of the lengths.
_LINES = 4_000_000
_WORDS = 250_000


@dataclass(frozen=True, slots=True)
class Part:
    """A run of words: "same", "gone" or "new"."""

    what: What
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """`old` and `new` count from 1; None where the line stands in one text only. A changed line has several parts."""

    what: What
    old: int | None
    new: int | None
    parts: tuple[Part, ...]


def differences(old: str, new: str) -> list[Line]:
    """All lines of both texts in order. The old text is what is left without "new" parts, and the other way round."""
    before, after = old.split("\n"), new.split("\n")
    lines: list[Line] = []
    for what, i1, i2, j1, j2 in _blocks(before, after, _LINES):
        if what == "same":
            lines += [_whole("same", n + 1, n - i1 + j1 + 1, before[n]) for n in range(i1, i2)]
        else:
            lines += _replaced(before[i1:i2], after[j1:j2], i1 + 1, j1 + 1)
    return lines


def _replaced(old: Sequence[str], new: Sequence[str], i: int, j: int) -> Iterator[Line]:
    """Lines in the place of others: side by side while both last, when they have anything in common."""
    for n, (a, b) in enumerate(zip_longest(old, new)):
        if a is None:
            yield _whole("new", None, j + n, b)
        elif b is None:
            yield _whole("gone", i + n, None, a)
        elif parts := _words(a, b):
            yield Line("changed", i + n, j + n, parts)
        else:
            yield _whole("gone", i + n, None, a)
            yield _whole("new", None, j + n, b)


def _whole(what: What, old: int | None, new: int | None, text: str) -> Line:
    return Line(what, old, new, (Part(what, text),))


def _words(old: str, new: str) -> tuple[Part, ...]:
    """The line with what was taken out and put in; nothing when less than a third of its words stayed."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    parts: list[Part] = []
    stayed = 0
    for what, i1, i2, j1, j2 in _blocks(before, after, _WORDS):
        if what == "same":
            stayed += sum(not word.isspace() for word in before[i1:i2])
            parts.append(Part("same", "".join(before[i1:i2])))
            continue
        parts += [Part("gone", "".join(before[i1:i2]))] if i2 > i1 else []
        parts += [Part("new", "".join(after[j1:j2]))] if j2 > j1 else []
    most = max(sum(not word.isspace() for word in words) for words in (before, after))
    return tuple(parts) if stayed * 3 >= most else ()


def _blocks(old: Sequence[str], new: Sequence[str], most: int) -> Iterator[tuple[What, int, int, int, int]]:
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    if head:
        yield "same", 0, head, 0, head
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(a) * len(b) > most:
        yield "changed", head, head + len(a), head, head + len(b)
    else:
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b).get_opcodes():
            yield "same" if tag == "equal" else "changed", i1 + head, i2 + head, j1 + head, j2 + head
    if tail:
        yield "same", len(old) - tail, len(old), len(new) - tail, len(new)


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many there are in common from the beginning."""
    pairs = zip(old, new, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))
