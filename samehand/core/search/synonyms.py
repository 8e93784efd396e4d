"""The file of synonyms: who says what for what.

    zgubic, zapodziac, posiac            a line of words that mean the same; a phrase may stand among them
    grecja, kreta -> roaming, unia       who says one on the left may mean all that stand on the right
    # a remark

A bad line is refused with its number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_PHRASE = 6


class BadSynonyms(ValueError):
    """The line says which, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`means` is empty when all of `words` mean the same."""

    words: tuple[str, ...]
    means: tuple[str, ...] = ()


def read(text: str) -> list[Rule]:
    return list(_rules(text))


def _rules(text: str) -> Iterator[Rule]:
    for number, line in enumerate(text.splitlines(), start=1):
        said = line.partition("#")[0].strip()
        if said:
            yield _rule(said, number)


def _rule(said: str, number: int) -> Rule:
    left, arrow, right = said.partition("->")
    rule = Rule(_phrases(left), _phrases(right))
    if arrow and not (rule.words and rule.means):
        raise BadSynonyms(f"line {number}: words must stand on both sides of the arrow")
    if not arrow and len(rule.words) < 2:
        raise BadSynonyms(f"line {number}: a word alone has no synonym")
    if long := next((one for one in rule.words + rule.means if len(one.split()) > LONGEST_PHRASE), ""):
        raise BadSynonyms(f"line {number}: {long!r} is longer than {LONGEST_PHRASE} words")
    return rule


def _phrases(side: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(phrase for part in side.split(",") if (phrase := " ".join(part.split()))))
