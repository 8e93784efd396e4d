"""What a customer's mail is about, as the guide has it."""

from __future__ import annotations

from samehand.core.search.courtesies import without
from samehand.core.search.words import Word, phrased, says
from samehand.guide.searching.asking import look_up

LOOKS_AT = 3_000  # letters: who writes more says first what it is about
MOST_WORDS = 80
TOLD = 5
ANYWHERE = 4


def problem_of(text: str, language: str) -> list[tuple[int, float]]:
    """The numbers of the problems that a mail may be about, the likeliest first, each with its share of what speaks
    for the first: 1.0 for the first itself."""
    said = _said_once(phrased(without(text[:LOOKS_AT]), language), language)[:MOST_WORDS]
    hits = look_up(said, "", language, TOLD, reach=ANYWHERE).hits
    return [(hit.problem_id, round(hit.score / hits[0].score, 3)) for hit in hits if hit.problem_id]


def _said_once(words: list[Word], language: str) -> list[Word]:
    """Each word where it stands first; the little ones everywhere, because phrases have them."""
    return [word for place, word in enumerate(words) if not says(word, language) or word not in words[:place]]
