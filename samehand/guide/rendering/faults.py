"""Why a text is no article yet: what the lines say, and what Markdown would make of them."""

from __future__ import annotations

from collections.abc import Iterator

from samehand.core.articles import Article, Fault, facts_of
from samehand.guide.facts import KEYS
from samehand.guide.rendering.markdown import too_deep
from samehand.guide.rendering.targets import article_of


def faults_of(title: str, summary: str, body: str) -> list[Fault]:
    """Why this is no article yet. What is about the title or the summary has the line 0."""
    faults = [Fault(0, "no-title")] if not title.strip() else []
    for line in (title, summary):
        faults += [Fault(0, "unknown-fact", fact) for fact in facts_of(line) if fact not in KEYS]
        faults += [Fault(0, "control")] if "\x00" in line else []
    article = article_of(body)
    return [*faults, *article.faults, *_too_deep(article)]


def _too_deep(article: Article) -> Iterator[Fault]:
    for piece in (*article.intro, *(piece for section in article.sections for piece in section.pieces)):
        line = too_deep(piece.text)
        if line is not None:
            yield Fault(piece.line + line, "too-deep")
