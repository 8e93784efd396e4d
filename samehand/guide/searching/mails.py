"""What a customer's mail is about, as the guide has it."""

from __future__ import annotations

from samehand.core.search.words import telling
from samehand.guide.searching.asking import look_up

LOOKS_AT = 3_000  # letters: who writes more says first what it is about
MOST_WORDS = 40
TOLD = 5
ANYWHERE = 4


def problem_of(text: str, language: str) -> list[tuple[int, float]]:
    """The numbers of the problems that a mail may be about, the likeliest first, each with its share of what speaks
    for the first: 1.0 for the first itself."""
    said = list(dict.fromkeys(telling(text[:LOOKS_AT], language)))[:MOST_WORDS]
    hits = look_up(said, "", language, TOLD, reach=ANYWHERE).hits
    return [(hit.problem_id, round(hit.score / hits[0].score, 3)) for hit in hits if hit.problem_id]
