"""What is offered while somebody types: articles by their titles, then what others asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from samehand.core.search.stopwords import STOP_WORDS
from samehand.core.search.words import words
from samehand.guide.models import Form
from samehand.guide.searching.asking import LONGEST, by_words
from samehand.lib.sql import named

SHORTEST = 2
# Who looks for something may say who she is, and one person may look for it often: what is offered to others was asked
# so many times, and in words that the guide has.
OFTEN = 5
LOOKED_THROUGH = 20


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An article when it has a `problem_key`, else a search that others made."""

    text: str
    problem_key: str = ""


def suggest(typed: str, language: str, limit: int = 6) -> list[Suggestion]:
    """The likeliest that a few letters are the beginning of; none for fewer than two."""
    said = [word.folded for word in words(typed[:LONGEST])]
    if len("".join(said)) < SHORTEST:
        return []
    found = _titles(said, language, limit) or [
        Suggestion(hit.title, hit.problem_key) for hit in by_words(typed, language, limit=limit).hits
    ]
    asked = _asked_often(" ".join(said), language, 2)
    return [*found[: limit - len(asked)], *asked][:limit]


def _titles(said: list[str], language: str, limit: int) -> list[Suggestion]:
    values: dict[str, Any] = {
        "shelf": language, "limit": limit, "patterns": [f"% {_literal(word)}%" for word in said],
        "first": f" {_literal(said[0])}%",
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(named("samehand.guide", "suggest"), values)
        return [Suggestion(title, key) for title, key in cursor.fetchall()]


def _asked_often(beginning: str, language: str, limit: int) -> list[Suggestion]:
    values: dict[str, Any] = {
        "language": language,
        "beginning": f"{_literal(beginning)}%",
        "often": OFTEN,
        "limit": LOOKED_THROUGH,
    }
    with connection.cursor() as cursor:
        cursor.execute(named("samehand.guide", "asked_often"), values)
        rows = [(set(folded.split()), query) for folded, query, _times in cursor.fetchall()]
    known = _of_the_guide({word for said, _query in rows for word in said}, language)
    return [Suggestion(query) for said, query in rows if said <= known][:limit]


def _of_the_guide(said: set[str], language: str) -> set[str]:
    """Those of the words that stand in an article in some form, and those that say nothing."""
    forms = Form.objects.filter(shelf=language, folded__in=said - STOP_WORDS[language])
    return set(forms.values_list("folded", flat=True)) | said & STOP_WORDS[language]


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
