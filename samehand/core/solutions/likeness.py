"""Whether a draft offers again what was advised before, in whatever words.

Three ways, and the surest one counts: what is asked for, by the moves that both name; what is done to what, by frames;
and the words that both share, each the heavier the fewer advices have it. Only what asks for something is compared: see
`asking`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import log

from samehand.core.briefs.sentences import folded
from samehand.core.solutions.asking import Passage, asked_in, moves_of
from samehand.core.solutions.frames import frames

# From here on it counts as the same advice. Chosen on the tuning half of the labelled pairs: docs/ledger.md.
SAME = 0.6
# The same done to the same: what the title names, and a step that hardly any other advice has.
TITLED, STEP = 0.9, 0.7
RARE = 0.01
# Steps that come along with many advices, and are rarely the point of one.
ASIDE = frozenset({"wifi-off", "wait", "check-outage", "window"})
# What is dialled is the same in every language, and another code does another thing.
_DIALLED = r"[*#]{1,2}[\d*]{2,20}#"
_CODE = re.compile(_DIALLED)
_WORD = re.compile(rf"[a-z0-9]{{3,24}}|{_DIALLED}")
_EMPTY = frozenset(
    "prosze jest sie oraz albo lub dla tego tej jego jej jesli jezeli gdy czy nie tak ale wiec pan pani panu"
    " pana pania "
    "panstwo panstwa bardzo moze mozna mozesz nasz nasza nasze nasza naszej twoj twoja swoj swoja swoje ten tam tego "
    "ktory ktora potem nastepnie najpierw teraz jeszcze raz ponownie dzien dobry dziekuje pozdrawiam ustawienia "
    "ustawieniach wejdz wybierz kliknij otworz stuknij zapisz potwierdz menu telefon telefonu telefonie please"
    " the and "
    "for you your our with then that this once again settings open choose tap select phone have has will can could "
    "would from into there what when".split()
)
_ENDING = re.compile(
    r"(?:owaniem|owania|owanie|aniem|aniu|ania|anie|eniem|eniu|enia|enie|owac|ujesz|ujemy|uje|uja|uj|cie|iemy"
    r"|emy|ymy|"
    r"imy|ami|ach|iach|ymi|imi|ego|emu|ych|ich|iej|ej|om|ow|em|am|ym|im|asz|esz|isz|ysz|ing|ed|es|ac|ec|ic|yc|"
    r"nij|a|e|i|o|u|y|s|j)$"
)


@dataclass(frozen=True, slots=True)
class Advice:
    """What was advised: a solution's title and steps, one a line, or the words of an answer."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Weights:
    """How heavy a word is: the heavier, the fewer of `of` advices have it."""

    of: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)

    def rare(self, stem: str) -> bool:
        """So few advices have it that it names its own."""
        return self.counts.get(stem, 0) <= max(1, self.of * RARE)

    def __getitem__(self, stem: str) -> float:
        return log((self.of + 1) / (self.counts.get(stem, 0) + 0.5)) if self.of else 1.0


def weights(advices: Iterable[Advice]) -> Weights:
    counts: Counter[str] = Counter()
    of = 0
    for advice in advices:
        counts.update(set(_stems(folded(f"{advice.title} {advice.text}"))))
        of += 1
    return Weights(of, counts)


def likeness(draft: str, advice: Advice, heavy: Weights | None = None) -> float:
    """How surely the draft offers the advice, from 0 to 1."""
    heavy = heavy or Weights()
    wanted = _shares(advice)
    units = [_stems(folded(line)) for line in (advice.title, *advice.text.split("\n")) if line.strip(" -")]
    whole = [stem for unit in units for stem in unit]
    return max(
        (
            max(_by_moves(passage, wanted), _by_words(passage, advice, wanted, [*units, whole], heavy))
            for passage in asked_in(draft)
        ),
        default=0.0,
    )


def _done_alike(passage: Passage, advice: Advice, heavy: Weights) -> float:
    titled, steps = _frames_of(advice)
    said = frames(passage.plain, _stem, _EMPTY)
    if any(heavy.rare(stem) for _act, stem in said & titled):
        return TITLED
    return STEP if any(heavy.rare(stem) for _act, stem in said & steps) else 0.0


@lru_cache(maxsize=4096)
def _frames_of(advice: Advice) -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str]]]:
    return frames(folded(advice.title), _stem, _EMPTY), frames(folded(advice.text), _stem, _EMPTY)


def _by_moves(passage: Passage, wanted: Mapping[str, float]) -> float:
    return max((wanted.get(move, 0.0) for move in passage.moves), default=0.0)


def _by_words(
    passage: Passage, advice: Advice, wanted: Mapping[str, float], units: list[list[str]], heavy: Weights
) -> float:
    dialled, known = _codes(passage.plain), _codes(folded(f"{advice.title} {advice.text}"))
    if dialled and known and not dialled & known:
        return 0.0
    if any(heavy.rare(code) for code in dialled & known):
        return TITLED
    said = _stems(passage.plain)
    by_words = max((_shared(said, unit, heavy) for unit in units), default=0.0)
    # Where both name moves and none is the same, alike words are chance: "przełóż kartę", "aktywuj kartę".
    if wanted and passage.moves and not _by_moves(passage, wanted):
        by_words *= 0.5
    return max(by_words, _done_alike(passage, advice, heavy))


def _codes(plain: str) -> set[str]:
    return {_stem(code) for code in _CODE.findall(plain)}


@lru_cache(maxsize=4096)
def _shares(advice: Advice) -> Mapping[str, float]:
    """The moves of an advice, and how much of its point each is: what the title names is the point."""
    titled = moves_of(advice.title) - ASIDE
    steps = moves_of(advice.text) - ASIDE
    if titled:
        return {move: 1.0 if move in titled else 0.4 for move in titled | steps}
    point = {0: 1.0, 1: 1.0, 2: 0.9, 3: 0.75}.get(len(steps), 0.5)
    return dict.fromkeys(steps, point)


def _shared(said: list[str], unit: list[str], heavy: Weights) -> float:
    """The weight of the shared words, of the weight of both (Dice); a few words alone say nothing."""
    one, other = set(said), set(unit)
    both = one & other
    if len(both) < 3:
        return 0.0
    total = sum(heavy[stem] for stem in one) + sum(heavy[stem] for stem in other)
    return 2 * sum(heavy[stem] for stem in both) / total if total else 0.0


def _stems(plain: str) -> list[str]:
    return [_stem(word) for word in _WORD.findall(plain) if word not in _EMPTY]


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """A word without its ending, at least four letters of it; seven are enough to know a word by."""
    cut = _ENDING.sub("", word) if len(word) > 5 else word
    return word if word.endswith("#") else (cut if len(cut) >= 4 else word)[:7]
