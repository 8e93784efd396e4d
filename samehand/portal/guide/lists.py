"""Articles as lists show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from samehand.guide import facts
from samehand.guide.models import Revision
from samehand.guide.rendering import words
from samehand.lib.clock import now
from samehand.portal.guide import addresses


@dataclass(frozen=True, slots=True)
class Entry:
    title: str
    summary: str
    address: str
    language: str


def entries(revisions: Iterable[Revision], came: str, query: str = "") -> list[Entry]:
    """`came` tells the article how its reader came to it (guide.models.Came)."""
    found = list(revisions)
    said = {language: facts.values(language, now()) for language in {one.language for one in found}}
    return [
        Entry(
            words(one.title, said[one.language]),
            words(one.summary, said[one.language]),
            addresses.of_article(one, **{"from": came, "q": query}),
            one.language,
        )
        for one in found
    ]
