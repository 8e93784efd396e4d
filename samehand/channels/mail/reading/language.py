"""In which language somebody writes, by its commonest little words and the letters that only it has."""

from __future__ import annotations

import re

READS = 400
# Fewer words than this say nothing for sure: whoever knows the writer knows better.
FEW = 2
_WORD = re.compile(r"[^\W\d_]+")
_POLISH = frozenset(
    _WORD.findall(
        "nie się że jest do na w z o po od dla jak mam mi czy proszę dzień dobry witam ale to przez już tylko był była "
        "mój moja moje pan pani państwo dziękuję pozdrawiam prosze dziekuje sie ze numer oraz który która i ja co "
        "telefon nadal działa dziala mnie tego jestem chcę chce mogę moge"
    )
)
_ENGLISH = frozenset(
    _WORD.findall(
        "the and is are to of for in my you your have has not please hello dear regards thank thanks with this that it "
        "was can could would i a on be been we but when does do no from what how"
    )
)
_UKRAINIAN = frozenset(
    _WORD.findall(
        "не що це як я ви мій моя мене будь ласка дякую добрий день привіт у в на з та і але чи є для до номер"
    )
)
_RUSSIAN = frozenset(
    _WORD.findall(
        "не что это как я вы мой моя меня пожалуйста спасибо здравствуйте привет у в на с и но ли есть для номер"
    )
)
_MARKS = {"pl": frozenset("ąęłśżźćńó"), "uk": frozenset("іїєґ"), "ru": frozenset("ыэъё")}
_CYRILLIC = frozenset(map(chr, range(0x400, 0x500)))


def written_in(text: str) -> str:
    """ "pl", "en", "uk" or "ru"; "" when the words say nothing for sure."""
    beginning = text[:READS].lower()
    words = set(_WORD.findall(beginning))
    letters = set(beginning)
    if not _CYRILLIC.isdisjoint(letters):
        return _best({"uk": _score(words, letters, _UKRAINIAN, "uk"), "ru": _score(words, letters, _RUSSIAN, "ru")})
    return _best({"pl": _score(words, letters, _POLISH, "pl"), "en": len(words & _ENGLISH)})


def _score(words: set[str], letters: set[str], known: frozenset[str], language: str) -> int:
    return len(words & known) + (0 if _MARKS[language].isdisjoint(letters) else 3)


def _best(scores: dict[str, int]) -> str:
    (first, high), (_second, low) = sorted(scores.items(), key=lambda one: -one[1])
    return first if high >= FEW and high > low else ""
