"""Polish or English, by the commonest little words and the letters that only one of them has."""

from __future__ import annotations

import re

_POLISH = frozenset(
    "nie się że jest do na w z o po od dla jak mam mi czy proszę dzień dobry witam ale to przez już tylko był była "
    "mój moja moje pan pani państwo dziękuję pozdrawiam prosze dziekuje sie ze numer oraz który która i".split()
)
_ENGLISH = frozenset(
    "the and is are to of for in my you your have has not please hello dear regards thank thanks with this that it was "
    "can could would i a on be been we".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = frozenset("ąęłśżźćńĄĘŁŚŻŹĆŃ")


def guess(text: str) -> str:
    """ "pl" or "en"; Polish when there is nothing to go by."""
    words = _WORD.findall(text[:1_500].lower())
    polish = sum(word in _POLISH for word in words)
    english = sum(word in _ENGLISH for word in words)
    if not _LETTERS.isdisjoint(text[:1_500]):
        polish += 3
    return "en" if english > polish else "pl"
