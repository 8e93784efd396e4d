"""What an article is read into."""

from __future__ import annotations

import re
from dataclasses import dataclass

from samehand.core.scopes import Scope

# In bytes. The longest article of the starter set has a twentieth of it.
LARGEST = 200_000
KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text is no article. `line` counts from 1 within the text; `word` is what the fault is about.

    Kinds: too-large, control, no-solution, empty-section, no-title, bad-key, same-key, heading-1, underlined,
    unknown-scope, no-scope, nested-block, indented-block, stray-end, unclosed-block, unclosed-fence, unknown-fact,
    bad-link, outside-link; and too-deep, which only who reads Markdown can tell.
    """

    line: int
    kind: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of Markdown for the readers of `scope`; None: for everybody."""

    text: str
    scope: Scope | None
    line: int


@dataclass(frozen=True, slots=True)
class Section:
    """From one heading of the second level to the next. `key` is empty when it is no solution."""

    key: str
    title: str
    pieces: tuple[Piece, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link within the guide. `kind`: problem, tree, setup, contact or picture."""

    kind: str
    key: str
    line: int


@dataclass(frozen=True, slots=True)
class Article:
    intro: tuple[Piece, ...]
    sections: tuple[Section, ...]
    links: tuple[Link, ...]
    facts: tuple[str, ...]
    faults: tuple[Fault, ...]

    @property
    def solutions(self) -> tuple[Section, ...]:
        return tuple(section for section in self.sections if section.key)

    @property
    def scopes(self) -> tuple[str, ...]:
        """The words of all parts for some readers only, in the order in which they first stand."""
        pieces = [*self.intro, *(piece for section in self.sections for piece in section.pieces)]
        return tuple(dict.fromkeys(word for piece in pieces if piece.scope for word in piece.scope.words))


def canonical(text: str) -> str:
    """The text as it is kept: lines end with a line feed, none are empty at the beginning and the end."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    return f"{lines}\n" if lines else ""
