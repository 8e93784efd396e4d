"""Texts as words: in small letters, without marks, and the words that say nothing left out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from samehand.core.search.particles import together
from samehand.core.search.stopwords import STOP_WORDS

LONGEST = 30
# What "wi-fi", "e-sim" and "blik-iem" are made of: letters and digits, with marks of joining inside.
_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]{1,3}(?![^\W_]))?")
_PLAIN = str.maketrans("łŁøØđĐ", "lLoOdD", "\u00ad\u200b\u200c\u200d\ufeff")
_WRITTEN_TOGETHER = (
    (re.compile(r"\b(wi|hi)[\s\-]fi\b"), r"\1fi"),
    (re.compile(r"\be[\s\-](sim\w*|mail\w*|faktur\w*|paragon\w*)\b"), r"e\1"),
    (re.compile(r"\b(pre|post)[\s\-]paid"), r"\1paid"),
    (re.compile(r"\bs\.m\.s\.?"), "sms"),
    (re.compile(r"\bvo[\s\-](lte|wifi)\b"), r"vo\1"),
    (re.compile(r"\b([2345])[\s\-]g\b"), r"\1g"),
)


@dataclass(frozen=True, slots=True)
class Word:
    """`written` as it stands in the text, in small letters; `folded` without marks."""

    written: str
    folded: str


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """In small letters, without Polish or any other marks: "Zgubiłem KARTĘ" is "zgubilem karte"."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).lower()


def words(text: str) -> list[Word]:
    """All words in order. A hyphen parts ("karta-SIM"), but for endings of acronyms ("SMS-y" is "sms")."""
    text = unicodedata.normalize("NFC", text).lower().replace("\0", " ")
    for apart, joined in _WRITTEN_TOGETHER:
        text = apart.sub(joined, text)
    text = _ACRONYM_ENDING.sub(r"\1", text)
    found = ((word, folded(word)) for word in _WORD.findall(text))
    return [Word(word[:LONGEST], plain[:LONGEST]) for word, plain in found if plain]


# "SMS-y", "APN-u", "BLIK-iem", "PIN-em", "iPhone'a"
_ACRONYM_ENDING = re.compile(r"\b([^\W\d_]{2,8}|[a-z]+\d+)[-'’](?:a|u|y|i|e|ie|em|iem|owi|om|ów|ami|ach|ie|cie|s)\b")


def phrased(text: str, language: str) -> list[Word]:
    """All words in order, "turn" and "on" of an English text as one. `language` is "pl" or "en"."""
    found = words(text)
    if language != "en":
        return found
    return [
        Word(word, word.replace(" ", "")) if " " in word else found[place]
        for place, word in together([one.folded for one in found])
    ]


def telling(text: str, language: str) -> list[Word]:
    """The words that say something; all of them when none does. `language` is "pl" or "en"."""
    everything = phrased(text, language)
    return [word for word in everything if says(word, language)] or everything


def says(word: Word, language: str) -> bool:
    """Neither a stop word nor a letter, nor a number as long as somebody's own."""
    plain = word.folded
    return plain not in STOP_WORDS.get(language, ()) and len(plain) > 1 and not (plain.isdigit() and len(plain) > 4)
