"""Words and all their forms: by Morfeusz for Polish where it is to be had, else by stems."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from samehand.core.search import english, polish
from samehand.core.search.words import Word, folded

LONGEST = 80
# Names of people and places, and words that nobody uses any more, count only where nothing else is meant.
_NAMES = frozenset({"imię", "nazwisko", "patronimicum"})
_OLD = frozenset({"daw.", "arch.", "przest.", "rzad.", "hist.", "gwar.", "reg."})
_NO_WORDS = ("ign", "interp", "aglt", "dig", "romandig", "emoticon")


@dataclass(frozen=True, slots=True)
class Entry:
    """A lemma, the family it belongs to ("" for none), and its forms as (folded, with marks)."""

    lemma: str
    family: str
    forms: frozenset[tuple[str, str]]


class Dictionary(Protocol):
    def lemmas(self, word: Word) -> tuple[str, ...]: ...

    def entry(self, lemma: str) -> Entry: ...

    def knows(self, word: Word) -> bool: ...

    def stem(self, word: str) -> str: ...


class ByStems:
    """No dictionary: a word's stem is its lemma ("=kart"). The forms that were met stand beside it, others are looked
    up by their stem."""

    def __init__(self, stem: Callable[[str], str], root: Callable[[str], str] | None = None) -> None:
        self.stem, self._root = stem, root

    def lemmas(self, word: Word) -> tuple[str, ...]:
        return (f"={self.stem(word.folded)}",)

    def entry(self, lemma: str) -> Entry:
        family = f"~{self._root(lemma[1:])}" if self._root else ""
        return Entry(lemma, family, frozenset({(lemma, lemma[1:])}))

    def knows(self, word: Word) -> bool:
        return False


class Morfeusz:
    """Every form of every lemma of a word. A word that the dictionary does not know goes by its stem."""

    def __init__(self) -> None:
        import morfeusz2

        # "zgubiłem" as one form; else the dictionary would give "zgubił" and leave "em" to whoever asks.
        self._morfeusz = morfeusz2.Morfeusz(praet="composite")
        # It keeps what it analyses inside itself: two threads at once would read each other's words.
        self._lock = threading.Lock()
        self._unknown = ByStems(polish.stem, polish.root)
        self.stem = polish.stem

    def lemmas(self, word: Word) -> tuple[str, ...]:
        found = self._analysed(word.written)
        common = [one for one in found if not one[1]] or found
        lemmas = dict.fromkeys(lemma for lemma, _rare in common)
        return tuple(lemmas) or self._unknown.lemmas(word)

    def knows(self, word: Word) -> bool:
        return bool(self._analysed(word.written))

    def _analysed(self, written: str) -> list[tuple[str, bool]]:
        with self._lock:
            analysed = self._morfeusz.analyse(written)
        # A part of a word ("blik" of "blik-iem") would stand beside what nobody knows.
        if any(one[2][2] == "ign" for one in analysed):
            return []
        return [
            (lemma.partition(":")[0].lower(), bool(_NAMES & set(names)) or bool(_OLD & set(labels)))
            for _start, _end, (_form, lemma, tag, names, labels) in analysed
            if tag.partition(":")[0] not in _NO_WORDS
        ]

    def entry(self, lemma: str) -> Entry:
        if lemma.startswith("="):
            return self._unknown.entry(lemma)
        with self._lock:
            # "Włochy" the country and "włochy" that are hairy stand apart in the dictionary.
            generated = self._morfeusz.generate(lemma) + self._morfeusz.generate(lemma.capitalize())
        written = {one[0].lower() for one in generated if not one[2].endswith(":neg")} | {lemma}
        # "w" is short for "wieś" there, and for us a word that every search has.
        forms = {(folded(form), form) for form in written if 1 < len(form) <= LONGEST and " " not in form}
        plain = folded(lemma)
        return Entry(lemma, f"~{polish.root(plain)}", frozenset(forms | {(f"={polish.stem(plain)}", lemma)}))


@cache
def of(language: str) -> Dictionary:
    """The dictionary of "pl" or "en"."""
    if language == "en":
        return ByStems(english.stem)
    try:
        return Morfeusz()
    except ImportError:
        return ByStems(polish.stem, polish.root)
