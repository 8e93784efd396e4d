"""What the search found, as pages show it: address, words that speak for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from samehand.guide import facts
from samehand.guide.models import Came
from samehand.guide.queries import published
from samehand.guide.rendering import words as plain
from samehand.guide.searching import Hit, Suggestion
from samehand.guide.shelves import Shelf, by_keys
from samehand.lib.clock import now
from samehand.portal.guide import addresses

WORD = re.compile(r"\w+")
FOLDED = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ")
# Two words are the same when so many letters at their beginning are: Polish changes the ends.
ALIKE, SHORTEST = 0.6, 3


@dataclass(frozen=True, slots=True)
class Result:
    problem: str
    title: SafeString
    summary: SafeString
    shelf: str
    address: str


def results(hits: Iterable[Hit], query: str, language: str, came: str = Came.SEARCH) -> list[Result]:
    """In the order of the hits; `came` and the query travel along, so that a vote knows them."""
    hits = list(hits)
    found = {one.pk: one for one in published(language).filter(pk__in=[hit.revision_id for hit in hits])}
    said = facts.values(language, now())
    return [
        Result(
            one.problem.key,
            marked(plain(one.title, said), words := _words(query, hit)),
            marked(plain(one.summary, said), words),
            Shelf.of(one.problem.category, language).name,
            addresses.of_article(one, **{"from": came, "q": query[:100]}),
        )
        for hit in hits
        if (one := found.get(hit.revision_id or 0))
    ]


@dataclass(frozen=True, slots=True)
class Offered:
    """One line of the list under the search field: an article, or a search that others made."""

    text: str
    address: str
    article: bool


def suggested(offered: Iterable[Suggestion], typed: str, language: str) -> list[Offered]:
    offered = list(offered)
    found = {one.problem.key: one for one in by_keys([one.problem_key for one in offered], language)}
    said, way = facts.values(language), {"from": Came.SUGGESTION, "q": typed[:100]}
    search = addresses.of("search", language)
    return [
        Offered(
            plain(found[one.problem_key].title, said), addresses.of_article(found[one.problem_key], **way), article=True
        )
        if one.problem_key in found
        else Offered(one.text, f"{search}?{urlencode({'q': one.text})}", article=False)
        for one in offered
        if one.problem_key in found or not one.problem_key
    ]


def marked(text: str, words: Sequence[str]) -> SafeString:
    """The text, with what fits the words of the query in <mark>; nothing of it is taken for HTML."""
    pieces, end = [], 0
    for match in WORD.finditer(text):
        if _fits(match.group(), words):
            pieces += [escape(text[end : match.start()]), f"<mark>{escape(match.group())}</mark>"]
            end = match.end()
    return mark_safe("".join([*pieces, escape(text[end:])]))  # noqa: S308


def _words(query: str, hit: Hit) -> list[str]:
    """What was typed, and the words of the article that speak for it: a synonym is marked as well."""
    told = f"{query[:300]} {' '.join(why.found for why in hit.why)}"
    return [word for found in WORD.findall(told) if len(word := _folded(found)) >= SHORTEST][:40]


def _fits(word: str, words: Sequence[str]) -> bool:
    folded = _folded(word)
    return len(folded) >= SHORTEST and any(_alike(folded, other) for other in words)


def _alike(one: str, other: str) -> bool:
    longer = max(len(one), len(other))
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return same >= SHORTEST and same >= longer * ALIKE


def _folded(word: str) -> str:
    return word.translate(FOLDED).lower()
