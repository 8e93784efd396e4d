"""What is offered while somebody types: articles by their titles, then what others asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from samehand.core.search.words import words
from samehand.guide.searching.asking import LONGEST, by_words
from samehand.lib.sql import named

SHORTEST = 2
# One person's search may say who she is; what several asked does not.
OFTEN = 5


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
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(named("samehand.guide", "asked_often"), values)
        return [Suggestion(query) for _folded, query, _times in cursor.fetchall()]


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
