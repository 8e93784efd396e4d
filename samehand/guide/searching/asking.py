"""A search: what was typed as the words that the one statement looks up, and what it found as values."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

from django.db import connection

from samehand.core.search.words import Word, phrased, says
from samehand.guide.searching import embedding, nearness
from samehand.guide.searching.dictionaries import Dictionary, of
from samehand.guide.searching.embedding import Named
from samehand.guide.searching.hits import Found, Hit, Why
from samehand.lib.sql import named

LONGEST = 300  # letters of a search; what is beyond is cut
MOST_WORDS = 24
REACH = 2
# What an article keeps of its score that speaks for next to nothing of what was asked.
UNCOVERED = 0.6
_SHORTEST_SLIP = 4


def search(
    query: str, language: str, *, limit: int = 10, shelf: str = "", embedder: Named | None = None
) -> Found:  # fmt: skip
    """The published articles that a search is about, the best first. Any text will do; it is cut at 300 letters.

    With an embedder, else the house's if it has one, what is meant counts beside what is said.
    """
    embedder = embedder or embedding.current()
    if embedder is None:
        return by_words(query, language, limit=limit, shelf=shelf)
    found = by_words(query, language, limit=max(limit, nearness.LOOKED_AT), shelf=shelf)
    if not phrased(query[:LONGEST], language):
        return found
    return nearness.mixed(found, query[:LONGEST], shelf or language, embedder, limit)


def by_words(query: str, language: str, *, limit: int = 10, shelf: str = "") -> Found:
    """The same by words alone, whatever embedder the house has."""
    said = phrased(query[:LONGEST], language)
    return look_up(said[:MOST_WORDS], query[:LONGEST], language, limit, shelf)


def look_up(said: list[Word], query: str, language: str, limit: int, shelf: str = "", reach: int = REACH) -> Found:
    if not said:
        return Found(())
    asked = _asked(said, language)
    values: dict[str, Any] = {
        **asked,
        "shelf": shelf or language,
        "limit": limit,
        "reach": reach,
        "uncovered": UNCOVERED,
    }
    with connection.cursor() as cursor:
        cursor.execute(named("samehand.guide", "search"), values)
        rows = cursor.fetchall()
    shown = _json(rows[0][7]) if rows else {}
    return Found(tuple(_hit(row, said) for row in rows), _meant(phrased(query, language), said, shown))


def _asked(said: list[Word], language: str) -> dict[str, list[Any]]:
    dictionary = of(language)
    telling = [says(word, language) for word in said]
    rows: list[tuple[int, str, str, str, int, bool]] = []
    for place, word in enumerate(said):
        # Where nothing says anything, everything counts.
        silent = not telling[place] and any(telling)
        slips = 0 if silent else _slips(word, dictionary)
        rows.append((place, word.folded, dictionary.stem(word.folded), "word", slips, silent))
        rows += [(place, swapped, "", "swapped", 0, False) for swapped in _swapped(word.folded) if not silent]
    for place, (one, two) in enumerate(pairwise(said)):
        # "wi fi" is one word, "a new" is not "anew".
        if one.folded == "a":
            continue
        rows.append((place, one.folded + two.folded, "", "joined", 0, False))
    names = ("places", "words", "stems", "kinds", "slips", "silent")
    return {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}


def _slips(word: Word, dictionary: Dictionary) -> int:
    """How many letters may be wrong."""
    length = len(word.folded)
    if length < _SHORTEST_SLIP or word.folded.isdigit():
        return 0
    if dictionary.knows(word):
        return 1 if length >= 6 else 0
    return 1 if length < 6 else 2


def _swapped(word: str) -> list[str]:
    """Two letters that stand side by side in the wrong order: the commonest slip of quick fingers."""
    if len(word) < _SHORTEST_SLIP:
        return []
    swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    return sorted(swapped - {word})


def _hit(row: tuple[Any, ...], said: list[Word]) -> Hit:
    key, problem, revision, title, summary, score, why, _shown, lemmas = row
    names = _json(lemmas) or {}
    told = [
        # A phrase is told as it was heard, a word as it was typed.
        Why(word if " " in word else said[place].written, how, names.get(str(lemma), "").lstrip("=~"))
        for word, how, lemma, place in _json(why)
    ]
    return Hit(key, problem, revision, title, summary, float(score), tuple(dict.fromkeys(told)))


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _meant(typed: list[Word], said: list[Word], shown: dict[str, str] | None) -> str:
    """What was typed with the words as the guide writes them; "" when nothing differs."""
    asked = {word.written for word in said}
    meant = [(shown or {}).get(word.folded, word.written) if word.written in asked else word.written for word in typed]
    return " ".join(meant) if meant != [word.written for word in typed] else ""
