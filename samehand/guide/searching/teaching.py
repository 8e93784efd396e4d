"""What the office teaches the search: words that customers use, and failed searches that somebody has seen to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from samehand.core.search.synonyms import LONGEST_PHRASE, BadSynonyms
from samehand.core.search.words import words as words_of
from samehand.guide.access import needs, writes
from samehand.guide.models import Gap, Problem, Synonym
from samehand.guide.searching.shelves import refresh
from samehand.people.models import Staff

LONGEST = 80
MOST = 20


@transaction.atomic
def add_synonym(
    *, words: Iterable[str], means: Iterable[str] = (), language: str, by: Staff, now: datetime, note: str = ""
) -> Synonym:
    """The search knows from now on that these words mean the same, or lead to what they mean.

    Raises NotAllowed, and BadSynonyms when there is nothing to learn from them.
    """
    needs(writes(by))
    said, meant = _phrases(words), _phrases(means)
    if len(said) + len(meant) < 2 or not said:
        raise BadSynonyms("a word alone has no synonym")
    # Said twice it is one: who forgets it would not forget it.
    added, _ = Synonym.objects.get_or_create(
        language=language, words=said, means=meant,
        defaults={"note": note[:200], "added_by": by, "added_at": now},
    )  # fmt: skip
    refresh(language)
    return added


@transaction.atomic
def remove_synonym(*, synonym_id: int, by: Staff) -> None:
    """The search forgets what the office had added. Raises NotAllowed."""
    needs(writes(by))
    synonym = Synonym.objects.filter(pk=synonym_id).first()
    if synonym:
        synonym.delete()
        refresh(synonym.language)


def put_aside(
    *, folded: str, language: str, by: Staff, now: datetime, problem: Problem | None = None, note: str = ""
) -> Gap:
    """Somebody has seen to a search that failed; it comes back when it fails again. Raises NotAllowed."""
    needs(writes(by))
    seen = {"problem": problem, "note": note[:300], "seen_by": by, "seen_at": now}
    return Gap.objects.update_or_create(folded=folded[:200], language=language, defaults=seen)[0]


def _phrases(several: Iterable[str]) -> list[str]:
    phrases = list(dict.fromkeys(" ".join(one.lower().replace("\0", "").split()) for one in several))[:MOST]
    said = [phrase for phrase in phrases if words_of(phrase)]
    if long := next((one for one in said if len(one) > LONGEST or len(one.split()) > LONGEST_PHRASE), ""):
        raise BadSynonyms(f"{long!r} is longer than {LONGEST_PHRASE} words or {LONGEST} letters")
    return said
