"""Which words of a draft ask the customer to do something, and which only speak of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from samehand.core.briefs.sentences import folded
from samehand.core.solutions.moves import moves_in

# Of a longer draft the beginning is compared.
LETTERS = 20_000
_LINK = re.compile(r"https?://\S+")
_QUOTED = re.compile(r"^\s*>.*$", re.MULTILINE)
_SAID = re.compile(r"[„\"“][^„\"“”]{25,400}[”\"]")
_END = re.compile(r"[.!?;\n]+(?=\s|$)")
_CLAUSE = re.compile(r"[,:;()–]| - |\b(?:ale|wiec|dlatego|zatem|a teraz|teraz|but|so|therefore|now|then)\b")
# Not asked for: refused, done already, tried in vain, done by us, or only perhaps.
_NOT = re.compile(
    r"\bnie (?:musi\w*|trzeba|ma potrzeby|jest (?:potrzebn\w*|konieczn\w*)|potrzeba|powin\w*|wymaga)\b"
    r"|\b(?:bez potrzeby|zamiast|prosze nie|nie prosze|niepotrzebn\w*|zbedn\w*|lepiej nie|odradzam"
    r"|nie (?:polecam|radze|zalecam|doradzam|sugeruje)|prosil\w* nie|not recommend)\b"
    r"|\bnie (?:z?restartuj|resetuj|wylaczaj|wlaczaj|zmieniaj|wpisuj|usuwaj|wyjmuj|wkladaj|przywracaj|wysylaj|ruszaj|"
    r"uruchamiaj|skanuj|przekladaj|instaluj)\w*"
    r"|\b(?:no need|need not|needn't|don'?t(?! forget)|do not|not necessary|unnecessary|does not have to"
    r"|instead of|without)\b"
    r"|\b(?:skoro|poniewaz|mimo ze|choc|chociaz|since|because|although|even though)\b"
    r"|\bnie (?:pomog\w*|pomag\w*|zadzial\w*|dal\w*|przyniosl\w*)\b|\bnic nie dal\w*|\bdid ?n[o']t (?:help|work)"
    r"|\b(?:jesli|jezeli|gdyby|jak|if|when)\b[^,]{0,40}\b(?:nie pomoze|pomoze|nie zadziala|not help|not work)"
    r"|\b(?:wiem|widze|rozumiem|pisal\w*|pamietam|i know|i see|you wrote|as you said)\b(?! \w+ prosze)"
    r"|\b(?:dziekuj\w* za|thank(?:s| you) for) (?:\w+ )?(?:restart|reset|sprawdz|wylacz|ponown|uruchom|przeloz|wpisan"
    r"|try|turn|check|switch)"
    r"|\b(?:juz|already)\b(?! (?:mozna|mozesz|prosze|teraz))"
    r"|\b(?:po|after)(?: \w+)? (?:restar|reset|wylaczeni|zresetow|ponownym uruchom)\w*"
    r"|\b\w{3,}(?:lismy|lysmy)\b|\b(?:we|i)(?:'ve| have)? (?:just |also )?\w{3,}ed\b|\bwe (?:reset|set|put)\b"
    r"|\b\w{3,}[aei]lam\b|\b\w{3,}[aei]lem\b(?<!problem)(?<!systemem)"
    r"|\b(?:restartowal|zrestartowal|wylaczal|wlaczal|resetowal|zresetowal|wlaczyl|wylaczyl|wpisal|probowal"
    r"|robil|zrobil|"
    r"sprawdzal|sprawdzil|wkladal|wlozyl|wyjmowal|przekladal|skanowal|zeskanowal|dodal|usunal|ustawil)[aey]?\w{0,2}\b"
    r"|\b(?:did|have|had) you\b(?! (?:got|a)\b)|\byou (?:have|had|did|tried|restarted|reset)\b"
    r"|(?<!czy )\b(?:ma pan\w?|masz)\b[^,]{0,30}\b(?:wlaczon|ustawion|wpisan)\w*(?!\?)"
    r"|\b(?:jest|sa|is)\b[^,]{0,24}\b(?:w porzadku|poprawn\w*|dobrz\w*|wlaczon\w* na|prawidlow\w*|correct|fine)\b"
    r"|\b(?:wpisany|wlaczony|ustawiony)\b[^,]{0,12}\bdobrze\b"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of a draft that asks for something: as written, folded, and what it asks for."""

    text: str
    plain: str
    moves: frozenset[str]


@lru_cache(maxsize=512)
def asked_in(draft: str) -> tuple[Passage, ...]:
    """The sentences of a draft that ask for something; what was quoted, or only spoken of, is left out."""
    text = _SAID.sub(" ", _LINK.sub(" ", _QUOTED.sub("", draft[:LETTERS])))
    plain, text = _aligned(text)
    mentioned = _spoken_of(plain)
    found = [one for one in moves_in(plain) if not any(start < one.end and one.start < end for start, end in mentioned)]
    return tuple(
        Passage(
            text[start:end].strip(),
            _without(plain, start, end, mentioned),
            frozenset(one.move for one in found if start <= one.start < end),
        )
        for start, end in _sentences(plain)
    )


def moves_of(advice: str) -> frozenset[str]:
    return frozenset(move for passage in asked_in(advice) for move in passage.moves)


def _aligned(text: str) -> tuple[str, str]:
    """The text folded, and itself, letter for letter: lines stay lines."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    shown = "\n".join(lines)
    plain = "\n".join(folded(line) for line in lines)
    # A letter that small letters make longer would move all that follows.
    return (plain, shown) if len(plain) == len(shown) else (plain, plain)


def _sentences(plain: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for end in _END.finditer(plain):
        if plain[begin : end.end()].strip():
            yield begin, end.end()
        begin = end.end()
    if plain[begin:].strip():
        yield begin, len(plain)


def _clauses(plain: str) -> Iterator[tuple[int, int]]:
    for start, end in _sentences(plain):
        begin = start
        for cut in _CLAUSE.finditer(plain, start, end):
            yield begin, cut.start()
            begin = cut.start()
        yield begin, end


def _spoken_of(plain: str) -> list[tuple[int, int]]:
    """Clauses that ask for nothing. A clause alone decides, so that "skoro restart nie pomógł, proszę ..." asks for
    what stands behind the comma only."""
    return [(start, end) for start, end in _clauses(plain) if _NOT.search(plain, start, end)]


def _without(plain: str, start: int, end: int, gone: list[tuple[int, int]]) -> str:
    kept = plain[start:end]
    for begin, stop in gone:
        if start <= begin < end:
            kept = kept.replace(plain[begin:stop], " ")
    return " ".join(kept.split())
