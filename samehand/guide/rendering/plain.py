"""An article in plain words: for answers by mail and SMS, for the index, and to compare drafts with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from urllib.parse import unquote

from markdown_it.token import Token

from samehand.core.articles import Piece
from samehand.guide.models import Revision
from samehand.guide.rendering.choosing import chosen
from samehand.guide.rendering.markdown import tokens_of
from samehand.guide.rendering.targets import Targets, article_of, targets_of


@dataclass(frozen=True, slots=True)
class PlainSection:
    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Plain:
    """Texts have a step or a paragraph a line."""

    intro: str
    sections: tuple[PlainSection, ...]

    @property
    def text(self) -> str:
        """All of it, with headings."""
        parts = [self.intro, *(f"{section.title}\n{section.text}" for section in self.sections)]
        return "\n\n".join(part.strip() for part in parts if part.strip())

    def solution(self, key: str) -> PlainSection | None:
        return next((section for section in self.sections if key and section.key == key), None)


def plain(
    revision: Revision, *, scope: Set[str] | None = None, facts: Mapping[str, str], base: str | None = None
) -> Plain:
    """The article without formatting. With `base` (`settings.URL`) each link is followed by its whole address."""
    article = article_of(revision.body)
    targets = targets_of(article.links, revision.language) if base is not None else {}
    writing = _Writing(revision.language, scope or frozenset(), facts, targets, base)
    sections = (
        PlainSection(section.key, words(section.title, facts), text)
        for section in article.sections
        if (text := writing.text(section.pieces)) or not section.pieces
    )
    return Plain(writing.text(article.intro), tuple(sections))


def words(text: str, facts: Mapping[str, str]) -> str:
    """A title or summary with facts filled in and without marks of Markdown."""
    return " ".join(_lines(tokens_of(text, facts, {}).tokens, None))


@dataclass(frozen=True, slots=True)
class _Writing:
    language: str
    scope: Set[str]
    facts: Mapping[str, str]
    targets: Targets
    base: str | None

    def text(self, pieces: Iterable[Piece]) -> str:
        lines: list[str] = []
        for piece, for_whom in chosen(pieces, self.scope, self.language):
            lines += [f"{for_whom}:"] if for_whom else []
            lines += _lines(tokens_of(piece.text, self.facts, self.targets).tokens, self.base)
        return "\n".join(lines)


def steps_of(tokens: list[Token]) -> list[str]:
    """The steps of the numbered lists, without their numbers; what stands deeper belongs to its step."""
    steps: list[list[str]] = []
    depth = 0
    for token in tokens:
        if token.type in _LISTS:
            depth += token.nesting
        elif token.type == "list_item_open" and depth == 1 and token.info:
            steps.append([])
        elif token.type == "inline" and depth and steps:
            steps[-1].append(_said(token, None))
    return [" ".join(step) for step in steps]


_LISTS = {"ordered_list_open", "ordered_list_close", "bullet_list_open", "bullet_list_close"}


def _lines(tokens: list[Token], base: str | None) -> Iterator[str]:
    mark = ""
    row: list[str] | None = None
    for token in tokens:
        match token.type:
            case "list_item_open":
                mark = f"{token.info}. " if token.info else "- "
            case "tr_open":
                row = []
            case "tr_close":
                yield " | ".join(row or [])
                row = None
            case "fence" | "code_block":
                yield from token.content.rstrip("\n").split("\n")
            case "inline" if row is not None:
                row.append(_said(token, base))
            case "inline":
                yield mark + _said(token, base)
                mark = ""
            case _:
                pass


def _said(token: Token, base: str | None) -> str:
    """The words of a line; with `base`, links are followed by where they lead."""
    said: list[str] = []
    address = ""
    for child in token.children or ():
        if child.type in {"softbreak", "hardbreak"}:
            said.append(" ")
        elif child.type == "link_open" and base is not None:
            address = _shown(str(child.attrs["href"]), base)
        elif child.type == "link_close" and base is not None:
            # A number to call is written with spaces and dialled without.
            said.append("" if address in "".join(said).replace(" ", "") else f" ({address})")
        else:
            said.append(child.content)
    return "".join(said).strip()


def _shown(href: str, base: str) -> str:
    if href.startswith("/"):
        return f"{base}{href}"
    return href if href.startswith("http") else unquote(href.partition(":")[2])
