"""The words of a device's name, and the words of what somebody types when she looks for it.

Everything is folded to small ASCII letters and digits. "Galaxy S21+" has the words galaxy, s21, plus; a maker's number
such as SM-G991B is found as a whole (smg991b) and by its tail (g991b).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

LONGEST = 120
MOST_WORDS = 8
# What people say around the name, and what tells no device from another.
AROUND = frozenset(
    "mam moj moja mojego posiadam telefon telefonu telefonie smartfon smartfona smartphone komorka komorke aparat "
    "model marki marka firmy uzywam tablet na do dla ze to jest chyba taki jakis stary nowy my have an the is it "
    "mobile cell".split()
)
# Without these a name is as much the same as with them.
LIGHT = frozenset("5g 4g 3g lte dual sim duos nfc".split())
RUN = re.compile(r"[a-z]+|[0-9]+|[+]")
WORD = re.compile(r"[a-z0-9]+|[+]")
# "moto g(8) plus" is asked for as "moto g8 plus".
BRACKETED = re.compile(r"\b([a-z]) ?\((\d{1,3})\)")


class Asked(NamedTuple):
    """A word to look up; words of one slot stand for the same typed place, the best of them counts, `weight` <= 1."""

    word: str
    slot: int
    weight: float


def folded(text: str) -> str:
    # ł has no mark that could be taken off.
    plain = unicodedata.normalize("NFKD", text.lower().replace("ł", "l"))
    return "".join(each for each in plain if not unicodedata.combining(each))


def words_of(text: str) -> list[str]:
    """The words of a name, each once, in order."""
    found = ["plus" if word == "+" else word for word in WORD.findall(BRACKETED.sub(r"\1\2", folded(text)))]
    return list(dict.fromkeys(found))


def words_of_code(code: str) -> list[str]:
    """How a maker's number is looked up: whole without its dashes, and by the pieces that are no mere letters."""
    if not code.isascii() or " " in code or "_" in code:
        # The name once more, or the whole of what was built: its pieces would pass for other devices' names.
        return []
    pieces = WORD.findall(folded(code))
    whole = "".join(pieces)
    tails = [piece for piece in pieces if len(piece) >= 4 and any(each.isdigit() for each in piece)]
    return list(dict.fromkeys([whole, *tails])) if 3 <= len(whole) <= 40 else tails


def weighty(words: Iterable[str]) -> list[str]:
    """The words that tell one device from another."""
    return [word for word in words if word not in LIGHT]


def asked(typed: str, sounds: Mapping[str, Iterable[str]]) -> list[Asked]:
    """What is looked up for `typed`: each word, what it sounds like, its letters and digits apart, two words joined."""
    words = _typed_words(typed)
    found = [each for slot, word in enumerate(words) for each in _of_word(word, slot, len(words), sounds)]
    for slot, (first, second) in enumerate(pairwise(words)):
        # "s 21", "note 10", "SM-G991B": one word of the name, two that were typed.
        if second not in LIGHT:
            found.append(Asked(first + second, 2 * len(words) + 2 + slot, 0.99))
    return list(dict.fromkeys(found))


def _typed_words(typed: str) -> list[str]:
    words = words_of(typed[:LONGEST])
    return ([word for word in words if word not in AROUND] or words)[:MOST_WORDS]


def _of_word(word: str, slot: int, count: int, sounds: Mapping[str, Iterable[str]]) -> list[Asked]:
    found = [Asked(word, slot, 1.0), *(Asked(meant, slot, 0.95) for meant in sounds.get(word, ()))]
    runs = RUN.findall(word)
    if len(runs) == 2 and len(runs[0]) > 1:
        # "note10", "iphone13", "s21fe": letters beside digits that belong to two words.
        for place, run in enumerate(runs):
            kind = slot if place == 0 else count + 1 + slot
            found += [Asked(run, kind, 0.9), *(Asked(meant, kind, 0.85) for meant in sounds.get(run, ()))]
    elif len(runs) == 3 and runs[0].isalpha() and len(runs[0]) + len(runs[2]) > 2:
        # "s21fe" is s21 and fe, "note10s" is note and 10s.
        first, rest = (runs[0] + runs[1], runs[2]) if len(runs[0]) == 1 else (runs[0], runs[1] + runs[2])
        found += [Asked(first, slot, 0.95), Asked(rest, count + 1 + slot, 0.9)]
    return found
