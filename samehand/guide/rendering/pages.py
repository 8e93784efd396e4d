"""An article as HTML. What is the same every time is kept: same text, reader, facts and links, same page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from samehand.core.articles import Piece
from samehand.core.articles import Section as Written
from samehand.guide.models import Revision
from samehand.guide.rendering.choosing import chosen
from samehand.guide.rendering.markdown import html_of, tokens_of
from samehand.guide.rendering.plain import steps_of, words
from samehand.guide.rendering.targets import Target, Targets, article_of, targets_of

_TAGS = frozenset("a blockquote br code em h3 h4 h5 hr img li ol p pre strong table tbody td th thead tr ul".split())
_ATTRIBUTES = {
    "a": {"href", "rel"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"start"},
}
_SCHEMES = {"http", "https", "tel", "mailto"}


@dataclass(frozen=True, slots=True)
class Section:
    """`steps`: the numbered steps in plain words, for machines that read the page. `key` is empty when it is no
    solution."""

    key: str
    title: str
    html: SafeString
    solution: bool
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """`scopes`: for whom the article has parts of its own; `broken`: its links that lead nowhere, as written."""

    intro: SafeString
    sections: tuple[Section, ...]
    scopes: tuple[str, ...]
    broken: tuple[str, ...]


def page(revision: Revision, *, scope: Set[str] | None, facts: Mapping[str, str]) -> Rendered:
    """The article for a reader of `scope` (words of `core.scopes`; None or nothing: everything, each part labelled).

    `facts`: `guide.facts.values(language)`. One query for each kind of link that the article has.
    """
    targets = targets_of(article_of(revision.body).links, revision.language)
    return _page(
        revision.body, revision.language, frozenset(scope or ()), tuple(sorted(facts.items())),
        tuple(sorted(targets.items())),
    )  # fmt: skip


def scopes_of(revision: Revision) -> tuple[str, ...]:
    """The words of `core.scopes` for which the article has parts of its own."""
    return article_of(revision.body).scopes


@lru_cache(maxsize=1024)
def _page(
    body: str,
    language: str,
    scope: frozenset[str],
    facts: tuple[tuple[str, str], ...],
    targets: tuple[tuple[tuple[str, str], Target], ...],
) -> Rendered:
    article, writing = article_of(body), _Writing(language, scope, dict(facts), dict(targets))
    intro, _ = writing.pieces(article.intro)
    sections = tuple(section for written in article.sections if (section := writing.section(written)))
    return Rendered(intro, sections, article.scopes, tuple(dict.fromkeys(writing.broken)))


class _Writing:
    def __init__(self, language: str, scope: frozenset[str], facts: Mapping[str, str], targets: Targets) -> None:
        self.language, self.scope, self.facts, self.targets = language, scope, facts, targets
        self.broken: list[str] = []

    def section(self, written: Written) -> Section | None:
        """Nothing when all of it is for other readers."""
        html, steps = self.pieces(written.pieces)
        if not html and written.pieces:
            return None
        return Section(written.key, words(written.title, self.facts), html, bool(written.key), steps)

    def pieces(self, pieces: Iterable[Piece]) -> tuple[SafeString, tuple[str, ...]]:
        """What this reader is shown, and its numbered steps."""
        html, steps = "", []
        for piece, for_whom in chosen(pieces, self.scope, self.language):
            read = tokens_of(piece.text, self.facts, self.targets)
            self.broken += read.broken
            steps += steps_of(read.tokens)
            html += _labelled(safe(html_of(read.tokens)), for_whom)
        return mark_safe(html), tuple(steps)  # noqa: S308  # cleaned and escaped


def _labelled(html: SafeString, for_whom: str) -> SafeString:
    if not for_whom:
        return html
    return format_html('<div class="for-whom"><p class="for-whom__name">{}</p>\n{}</div>\n', for_whom, html)


def safe(html: str) -> SafeString:
    """The second wall: whatever Markdown made of it, nothing but these tags gets through."""
    return mark_safe(  # noqa: S308
        nh3.clean(
            html,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            allowed_classes={"blockquote": {"callout"}},
            url_schemes=_SCHEMES,
            link_rel=None,
        )
    )
