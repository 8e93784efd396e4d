"""A letter in pieces: what stands under the marks, what is quoted, and what is neither."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from samehand.core.quotes.marks import Mark, mark_at

_ANSWERS_BELOW = re.compile(
    r"(?:odpowied\w{1,8}|odpisa\w{1,5}|komentarz\w{0,3}|uwagi|dopisa\w{1,5})\s(?:\S{1,15}\s){0,2}"
    r"(?:poniżej|ponizej|niżej|w treści|w tekście|na czerwono|na niebiesko|czerwonym|pod spodem|między wierszami)|"
    r"(?:answer(?:s|ed)?|comment(?:s|ed)?|repl(?:y|ies|ied)|respon(?:ses?|ded))\s(?:\S{1,15}\s){0,2}"
    r"(?:below|inline|in-line|in line|in red|in blue|in the text|interspersed)|\binline (?:below|comments|answers)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring lines of one nature. A quote is `marked` when a program wrote over it or in its first line whose it
    is; without that it may be what the writer quotes himself."""

    nature: Literal["own", "quote", "mark", "rest"]
    start: int
    end: int
    marked: bool = False


def pieces(lines: list[str], found: Mapping[int, Mark], quoted: set[int], signed: set[int]) -> list[Piece]:
    """The whole letter, its lines without a gap; `signed` are the lines that are known as signature."""
    cut: list[Piece] = []
    at, own_from, said, end = 0, 0, False, len(lines)

    def own_until(here: int) -> None:
        if here > own_from:
            cut.append(Piece("own", own_from, here))

    while at < end:
        mark = found.get(at)
        if not mark and at not in quoted:
            said = said or (at not in signed and bool(lines[at].strip()))
            at += 1
        elif mark and _below(lines, mark.end) in quoted:
            own_until(at)
            cut.append(Piece("mark", at, mark.end))
            at = own_from = mark.end
        elif not mark or not mark.sure:
            own_until(at)
            own_from = _behind_quote(lines, at, quoted) if at in quoted else at
            if own_from > at:
                cut.append(Piece("quote", at, own_from, _is_marked(lines, at, cut, quoted)))
            at = max(own_from, at + 1)
        elif said and not _announces(lines[max(0, at - 40) : at]):
            own_until(at)
            return [*cut, Piece("rest", at, end)]
        else:
            if not mark.header or said:
                # Nothing stands above: what follows may be the answer, and the mail alone is shown whole.
                own_until(at)
                cut.append(Piece("mark", at, mark.end))
                own_from = mark.end
            at = mark.end
    own_until(end)
    return cut


def _below(lines: list[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def _behind_quote(lines: list[str], at: int, quoted: set[int]) -> int:
    """Behind the last of the quoted lines; blank ones between them belong to them."""
    behind = at
    while at < len(lines):
        if at in quoted:
            behind = at + 1
        elif lines[at].strip():
            break
        at += 1
    return behind


def _is_marked(lines: list[str], at: int, before: list[Piece], quoted: set[int]) -> bool:
    above = next((piece for piece in reversed(before) if piece.nature != "own"), None)
    if above and above.nature == "mark" and not any(line.strip() for line in lines[above.end : at]):
        return True
    near = range(at, min(at + 4, len(lines)))
    return any((mark := mark_at(lines, number)) and mark.start == at for number in near if number in quoted)


def _announces(above: list[str]) -> bool:
    """ "My answers in red below": then they stand within the old mail."""
    return bool(_ANSWERS_BELOW.search(" ".join(line[:400] for line in above)))
