"""A letter split into the writer's own words, what is quoted in it, and its signature. Line by line; nothing is lost.

When it is not clear that words are somebody else's, they are the writer's: too much on the screen is a nuisance, a lost
sentence is a broken promise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from samehand.core.quotes.marks import Mark, is_quoted, marks
from samehand.core.quotes.pieces import Piece, pieces
from samehand.core.quotes.signatures import start_of_signature

# A text of more lines is no letter; it is left alone.
MAX_LINES = 20_000
MAX_HINTED = 40
# Whoever quotes more than this does not tell of a text message.
MAX_TOLD = 15

_CITED = re.compile(r"\s{0,3}([^\W\d_]{1,10})>")
_TELLS = re.compile(
    r"\bsms|mms\b|komunikat|wiadomoś|wiadomosc|treś[cć]|dosta(?:ł|je)|otrzyma|przysz(?:ło|edł)|cytuj|"
    r"text message|\b(?:got|received|says|said|quote|message)\b",
    re.IGNORECASE,
)

Place = Literal["own", "folded", "signature"]
OWN: Final = "own"
FOLDED: Final = "folded"
SIGNATURE: Final = "signature"


@dataclass(frozen=True, slots=True)
class Split:
    """Each line of the text stands in exactly one of the three, in its order; blank lines around them are left out."""

    reply_text: str
    folded: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Hints:
    """What the mail's HTML says of lines of its text: where a program says who `wrote`, from where on the `rest` is the
    old mail, and which lines are `signatures` (the first, and behind the last)."""

    wrote: tuple[int, ...] = ()
    rest: tuple[int, ...] = ()
    signatures: tuple[tuple[int, int], ...] = ()


def split(text: str, hints: Hints | None = None) -> Split:
    """The writer's own words are never empty for a text that is not."""
    if text.count("\n") > MAX_LINES:
        return Split(text)
    lines = text.split("\n")
    found, quoted = marks(lines)
    if hints or found or quoted:
        return _sorted(lines, _Sorting(lines, hints or Hints()).places(found, quoted))
    end = start_of_signature(lines, 0, len(lines))
    if not any(line.strip() for line in lines[:end]):
        return Split(_bare(lines))
    return Split(_bare(lines[:end]), signature=_bare(lines[end:]))


def _bare(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n").rstrip()


def _sorted(lines: list[str], places: Sequence[Place]) -> Split:
    put: dict[Place, list[str]] = {OWN: [], FOLDED: [], SIGNATURE: []}
    for line, place in zip(lines, places, strict=True):
        put[place].append(line)
    return Split(_bare(put[OWN]), _bare(put[FOLDED]), _bare(put[SIGNATURE]))


class _Sorting:
    def __init__(self, lines: list[str], hints: Hints) -> None:
        self.lines = lines
        self.hints = hints
        self.result: list[Place] = [OWN] * len(lines)

    def places(self, found: dict[int, Mark], quoted: set[int]) -> list[Place]:
        signed = self._signatures_by_hint()
        cut = pieces(self.lines, _with_hints(self.lines, found, self.hints), quoted, signed)
        for piece in cut:
            if piece.nature == "mark":
                self._put(piece.start, piece.end, FOLDED)
        self._fold_the_top(self._fold_the_end(cut))
        return self.result if self._says(0, len(self.lines)) else [OWN] * len(self.lines)

    def _put(self, start: int, end: int, place: Place) -> None:
        self.result[start:end] = [place] * (end - start)

    def _says(self, start: int, end: int) -> bool:
        """Something of these lines is still the writer's own."""
        return any(self.result[at] == OWN and self.lines[at].strip() for at in range(start, end))

    def _speaks(self, piece: Piece) -> bool:
        return self._says(piece.start, piece.end)

    def _signatures_by_hint(self) -> set[int]:
        signed: set[int] = set()
        for start, end in self.hints.signatures:
            if end - start <= MAX_HINTED:
                self._put(start, min(end, len(self.lines)), SIGNATURE)
                signed.update(range(start, end))
        return signed

    def _fold_the_end(self, cut: list[Piece]) -> list[Piece]:
        """Fold what stands under the last own words; the pieces up to these are given back."""
        for number in range(len(cut) - 1, -1, -1):
            piece = cut[number]
            if piece.nature == "own" and self._speaks(piece):
                others = any(cut[at].nature == "own" and self._speaks(cut[at]) for at in range(number))
                if not self._take_signature(piece, others):
                    return cut[: number + 1]
            elif number and piece.nature == "quote" and not piece.marked and self._is_told(cut[number - 1], piece):
                return cut[: number + 1]
            elif piece.nature != "own":
                self._put(piece.start, piece.end, FOLDED)
        return []

    def _take_signature(self, piece: Piece, others: bool) -> bool:
        """Fold the signature that ends these lines; whether nothing else was in them."""
        start, end = piece.start, piece.end
        while end > start and (self.result[end - 1] == SIGNATURE or not self.lines[end - 1].strip()):
            end -= 1
        at = start_of_signature(self.lines, start, end)
        nothing_else = not self._says(start, at)
        if nothing_else and not others:
            return False
        self._put(at, end, SIGNATURE)
        self._fold_cited(start, at)
        return nothing_else

    def _fold_cited(self, start: int, end: int) -> None:
        """Some programs quote with the initials of the writer: "JK> "."""
        while end > start and not self.lines[end - 1].strip():
            end -= 1
        at, who = end, _cited(self.lines[end - 1]) if end > start else ""
        while who and at > start and _cited(self.lines[at - 1]) == who:
            at -= 1
        if end - at > 1 and self._says(start, at):
            self._put(at, end, FOLDED)

    def _is_told(self, above: Piece, quote: Piece) -> bool:
        """The writer leads up to what he quotes: a text message, what somebody told him."""
        if above.nature != "own" or quote.end - quote.start > MAX_TOLD:
            return False
        last = next((line for line in reversed(self.lines[above.start : above.end]) if line.strip()), "")
        return last.rstrip()[-1:] in (":", "…", "-", "–") or bool(_TELLS.search(last[-400:]))

    def _fold_the_top(self, inner: list[Piece]) -> None:
        """One quote at the very top with all of the answer under it."""
        quotes = [piece for piece in inner if piece.nature == "quote"]
        if len(quotes) == 1 and quotes[0].marked and not self._says(0, quotes[0].start):
            self._put(quotes[0].start, quotes[0].end, FOLDED)


def _cited(line: str) -> str:
    found = _CITED.match(line[:20])
    return found[1] if found else ""


def _with_hints(lines: list[str], found: dict[int, Mark], hints: Hints) -> dict[int, Mark]:
    for at in hints.wrote:
        end = at + 1
        while end < min(at + 4, len(lines)) and lines[end].strip() and not is_quoted(lines[end]):
            end += 1
        found.setdefault(at, Mark(at, end, header=False, sure=False))
    for at in hints.rest:
        found.setdefault(at, Mark(at, at + 1, header=True, sure=True))
    return found
