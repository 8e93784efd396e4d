"""Solutions that the languages of an article do not share."""

from __future__ import annotations

from collections.abc import Collection

from samehand.core.articles import lone_marks
from samehand.guide.models import Problem, Revision
from samehand.guide.rendering import article_of

Texts = dict[str, str]
"""By language."""


def lone(texts: Texts) -> tuple[str, ...]:
    """The marks that stand in some of the languages only. One language alone is not compared with anything."""
    return lone_marks([article_of(text) for text in texts.values()])


def lone_in(problem: Problem, instead: Revision | None = None) -> tuple[str, ...]:
    """Of what is published; `instead` is a version that would take the place of the one in its language."""
    texts = published_texts([problem.key]).get(problem.key, {})
    return lone(texts | {instead.language: instead.body} if instead else texts)


def published_texts(keys: Collection[str]) -> dict[str, Texts]:
    """What is published of these problems, withdrawn ones too: by key, then by language."""
    rows = Revision.objects.filter(problem__key__in=keys, state=Revision.State.PUBLISHED).order_by(
        "problem", "language"
    )
    found: dict[str, Texts] = {}
    for key, language, body in rows.values_list("problem__key", "language", "body"):
        found.setdefault(key, {})[language] = body
    return found
