"""What the synonyms say, laid on a shelf: those that come with the house and those that the office added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import blake2b
from importlib.resources import files

from samehand.core.search import synonyms
from samehand.core.search.synonyms import Rule
from samehand.core.search.words import Word, phrased, says
from samehand.guide.models import Expression, Lead, Lemma, Sense, Shelf, Synonym
from samehand.guide.searching import senses
from samehand.guide.searching.lexicon import Lexicon
from samehand.lib import bulk

# What a word leads to is not what was said.
LEADS = 1.0
# Raised when the words of articles are read in another way than before: houses lay theirs out anew when they start.
LAYOUT = 2


def rules(language: str) -> list[Rule]:
    """The house's own and the office's."""
    return [*_own(language), *_taught(language)]


def _taught(language: str) -> list[Rule]:
    added = Synonym.objects.filter(language=language).order_by("pk")
    return [Rule(tuple(one.words), tuple(one.means)) for one in added]


@cache
def _own(language: str) -> tuple[Rule, ...]:
    file = files(__package__) / f"synonyms_{language}.txt"
    return tuple(synonyms.read(file.read_text(encoding="utf-8")))


def refresh(shelf: str, language: str) -> None:
    """Lay the synonyms out anew when they are not what the shelf knows; the transaction holds the shelf."""
    said = rules(language)
    if not (_are_known(shelf, said) and Sense.objects.filter(shelf=shelf).exists()):
        Sense.objects.filter(shelf=shelf).delete()
        _Layer(shelf, language, said).lay()
        senses.lay_all(shelf)
        Shelf.objects.update_or_create(name=shelf, defaults={"rules": _mark(said)})


def are_known(shelf: str, language: str) -> bool:
    """Whether the shelf was laid out with the synonyms, and in the way, of today."""
    return _are_known(shelf, rules(language))


def are_of_old(shelf: str) -> bool:
    """Whether the words of its articles were read in another way than today."""
    return Shelf.objects.filter(name=shelf).exclude(rules__startswith=f"{LAYOUT}-").exists()


def _are_known(shelf: str, said: Sequence[Rule]) -> bool:
    return Shelf.objects.filter(name=shelf, rules=_mark(said)).exists()


def _mark(said: Sequence[Rule]) -> str:
    return f"{LAYOUT}-{blake2b(repr(said).encode(), digest_size=16).hexdigest()}"


class _Layer:
    def __init__(self, shelf: str, language: str, said: Sequence[Rule]) -> None:
        self.shelf, self.language, self.said = shelf, language, said
        self.lexicon = Lexicon(shelf, language)
        self.senses: list[Sense] = []
        self.ways: list[tuple[Sense, tuple[str, ...]]] = []

    def lay(self) -> None:
        equals = {phrase: sense for rule in self.said if not rule.means for sense in [self._sense(rule)]
                  for phrase in reversed(rule.words)}  # fmt: skip
        leads = [(self._sense(rule), rule) for rule in self.said if rule.means]
        # "zmiana planu" of the office is not all that our own words call a plan: few articles have it.
        taught = set(_taught(self.language))
        exact = {
            one: self._sense(Rule((one,)))
            for one in sorted({phrase for _sense, rule in leads for phrase in rule.means})
            if one not in equals or any(one in rule.means for rule in taught)
        }
        bulk.insert(self.senses)
        bulk.insert(list(self._expressions()), numbered=False)
        rows = [
            Lead(sense_id=sense.pk, to_id=to.pk, weight=LEADS / len(rule.means) ** 0.5)
            for sense, rule in leads
            for phrase in rule.means
            for to in (equals.get(phrase), exact.get(phrase) if rule in taught or phrase not in equals else None)
            if to
        ]
        bulk.insert(rows, numbered=False)

    def _sense(self, rule: Rule) -> Sense:
        self.senses.append(Sense(shelf=self.shelf, equal=not rule.means, origin=", ".join(rule.words)[:200]))
        self.ways.append((self.senses[-1], rule.words))
        return self.senses[-1]

    def _expressions(self) -> Iterator[Expression]:
        phrases = {phrase: phrased(phrase, self.language) for _sense, ways in self.ways for phrase in ways}
        known = self.lexicon.learn(word for said in phrases.values() for word in said)
        texts = self._texts({number for several in known.values() for number in several})
        for sense, ways in self.ways:
            for number, phrase in enumerate(ways):
                said = phrases[phrase]
                loud = sum(says(word, self.language) for word in said)
                for place, word in enumerate(said):
                    for lemma in _meant(word, known[word], texts):
                        yield Expression(
                            sense_id=sense.pk, number=number, place=place, places=len(said), lemma_id=lemma,
                            silent=not says(word, self.language), loud=loud,
                        )  # fmt: skip

    def _texts(self, numbers: set[int]) -> dict[int, str]:
        return dict(Lemma.objects.filter(pk__in=numbers).values_list("pk", "text"))


def _meant(word: Word, lemmas: tuple[int, ...], texts: dict[int, str]) -> list[int]:
    """Words stand in the file as in a dictionary: "karta" is no form of another word there."""
    itself = [lemma for lemma in lemmas if texts[lemma] == word.written]
    return itself or list(lemmas)
