"""What a message is about, by the words that customers use: plain, explainable, and wrong in no dangerous way.

Each topic has the beginnings of its words, without Polish marks; they count the more, the fewer topics share them, and
in the subject twice. The words that decided are told with the topic. The topic names the skill that it asks for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log

from samehand.core.topic_words import TOPICS

LOOKS_AT = 300
# Somebody else may be using the card: these go before all others.
URGENT = frozenset({"sim-lost-stolen"})
# Less than one word that few topics share is no reason.
ENOUGH = 2.0
TOLD = 4
_MARKED = tuple(zip("ąćęłńóśźż", "acelnoszz", strict=True))
_WORD = re.compile(r"[a-z0-9]{2,30}")


@dataclass(frozen=True, slots=True)
class Topic:
    """`words` are the writer's own that speak for it, the heaviest first."""

    key: str
    skill: str
    words: tuple[str, ...]


def topic_of(subject: str, text: str) -> Topic | None:
    """The topic that most speaks for; None when hardly anything speaks for any."""
    heard: dict[str, tuple[float, str]] = {}
    for times, said in ((1.0, text), (2.0, subject)):
        for word in set(_WORD.findall(_folded(said[:LOOKS_AT]))):
            for stem in _stems_of(word):
                heard[stem] = (times, word)
    scores: dict[str, float] = defaultdict(float)
    for stem, (times, _word) in heard.items():
        for key, weight in _weights()[stem]:
            scores[key] += times * weight
    if not scores:
        return None
    key, score = max(scores.items(), key=lambda one: (one[1], one[0]))
    return Topic(key, TOPICS[key].skill, _told(key, heard)) if score >= ENOUGH else None


def _folded(text: str) -> str:
    text = text.lower()
    # Many times as fast as `translate`.
    for marked, plain in _MARKED:
        text = text.replace(marked, plain)
    return text


def _told(key: str, heard: dict[str, tuple[float, str]]) -> tuple[str, ...]:
    told = [
        (weight * times, word)
        for stem, (times, word) in heard.items()
        for spoken_for, weight in _weights()[stem]
        if spoken_for == key
    ]
    return tuple(dict.fromkeys(word for _weight, word in sorted(told, reverse=True)))[:TOLD]


def skill_for(subject: str, text: str) -> str:
    found = topic_of(subject, text)
    return found.skill if found else "general"


def title_of(key: str, language: str) -> str:
    """The topic's name in "pl" or "en"; "" for one that is gone."""
    words = TOPICS.get(key)
    if words is None:
        return ""
    return words.pl if language == "pl" else words.en


@lru_cache(maxsize=20_000)
def _stems_of(word: str) -> tuple[str, ...]:
    """The stems that a word begins with. People use the same words again and again."""
    return tuple(word[:end] for end in range(2, len(word) + 1) if word[:end] in _weights())


@cache
def _weights() -> dict[str, tuple[tuple[str, float], ...]]:
    """Of each stem the topics that it speaks for, and how much. An exclamation mark makes a word that all but names
    its topic."""
    holders: dict[str, dict[str, float]] = defaultdict(dict)
    for key, words in TOPICS.items():
        for mark in words.stems.split():
            holders[mark.rstrip("!")][key] = 1.8 if mark.endswith("!") else 1.0
    return {
        stem: tuple((key, factor * log(len(TOPICS) / len(keys))) for key, factor in keys.items())
        for stem, keys in holders.items()
    }
