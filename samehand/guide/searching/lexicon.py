"""The words that a shelf knows: what was met in articles and synonyms is learned with all its forms."""

from __future__ import annotations

from collections.abc import Iterable

from samehand.core.search.words import Word
from samehand.guide.models import Form, Lemma
from samehand.guide.searching.dictionaries import Dictionary, Entry, of
from samehand.lib import bulk

LONGEST = 80


class Lexicon:
    """The shelf's lemmas. What `learn` writes belongs to the transaction of whoever calls it, who holds the shelf."""

    def __init__(self, shelf: str, language: str, *, dictionary: Dictionary | None = None) -> None:
        self.shelf = shelf
        self.dictionary = dictionary or of(language)
        self._numbers: dict[str, tuple[int, int | None]] = {}

    def learn(self, words: Iterable[Word]) -> dict[Word, tuple[int, ...]]:
        """The numbers of each word's lemmas."""
        lemmas = {word: tuple(one[:LONGEST] for one in self.dictionary.lemmas(word)) for word in set(words)}
        self._know(sorted({lemma for several in lemmas.values() for lemma in several}))
        self._met({word: several[0] for word, several in lemmas.items() if several[0].startswith("=")})
        return {word: tuple(self._numbers[lemma][0] for lemma in several) for word, several in lemmas.items()}

    def families(self, lemma_ids: Iterable[int]) -> dict[int, int]:
        """Of each lemma that was learned here the number of its family."""
        asked = set(lemma_ids)
        return {number: family for number, family in self._numbers.values() if family and number in asked}

    def _know(self, lemmas: list[str]) -> None:
        self._recall(lemmas)
        entries = [self.dictionary.entry(lemma) for lemma in lemmas if lemma not in self._numbers]
        if not entries:
            return
        families = self._named(sorted({entry.family[:LONGEST] for entry in entries if entry.family}))
        rows = [
            Lemma(shelf=self.shelf, text=entry.lemma, family_id=families.get(entry.family[:LONGEST]))
            for entry in entries
        ]
        bulk.insert(rows)
        bulk.insert([row for lemma, entry in zip(rows, entries, strict=True) for row in self._forms(lemma, entry)])
        self._numbers |= {row.text: (row.pk, row.family_id) for row in rows}

    def _recall(self, lemmas: list[str]) -> None:
        missing = [lemma for lemma in lemmas if lemma not in self._numbers]
        known = Lemma.objects.filter(shelf=self.shelf, text__in=missing).values_list("text", "pk", "family_id")
        self._numbers |= {text: (number, family) for text, number, family in known}

    def _named(self, families: list[str]) -> dict[str, int]:
        known = dict(Lemma.objects.filter(shelf=self.shelf, text__in=families).values_list("text", "pk"))
        new = [Lemma(shelf=self.shelf, text=family) for family in families if family not in known]
        bulk.insert(new)
        return known | {row.text: row.pk for row in new}

    def _met(self, words: dict[Word, str]) -> None:
        """Of a lemma that no dictionary knows, the forms are those that were met."""
        rows = [
            Form(lemma_id=self._numbers[lemma][0], shelf=self.shelf, folded=word.folded, shown=word.written)
            for word, lemma in sorted(words.items(), key=lambda one: (one[0].folded, one[0].written))
        ]
        Form.objects.bulk_create(rows, ignore_conflicts=True, batch_size=5_000)

    def _forms(self, lemma: Lemma, entry: Entry) -> list[Form]:
        shown = dict(sorted(entry.forms, reverse=True))
        return [
            Form(lemma_id=lemma.pk, shelf=self.shelf, folded=folded, shown=with_marks)
            for folded, with_marks in sorted(shown.items())
        ]
