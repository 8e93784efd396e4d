"""Polish or English, by the commonest little words and the letters that only one of them has."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_POLISH = frozenset(
    _WORD.findall(
        "nie się że jest do na w z o po od dla jak mam mi czy proszę dzień dobry witam ale to przez już tylko był była "
        "mój moja moje pan pani państwo dziękuję pozdrawiam prosze dziekuje sie ze numer oraz który która i"
    )
)
_ENGLISH = frozenset(
    _WORD.findall(
        "the and is are to of for in my you your have has not please hello dear regards thank thanks with this that it "
        "was can could would i a on be been we"
    )
)
_LETTERS = frozenset("ąęłśżźćńĄĘŁŚŻŹĆŃ")


def guess(text: str) -> str:
    """ "pl" or "en"; Polish when there is nothing to go by."""
    beginning = text[:1_200]
    words = set(_WORD.findall(beginning.lower()))
    polish = len(words & _POLISH)
    if not _LETTERS.isdisjoint(beginning):
        polish += 3
    return "en" if len(words & _ENGLISH) > polish else "pl"
