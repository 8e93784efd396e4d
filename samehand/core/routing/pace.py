"""How long works and breaks last: learned from what was seen."""

from __future__ import annotations

from math import exp, log
from typing import Any

from samehand.core.routing.waiting import Key

LONGEST = 60  # minutes; what lasts longer is counted there
GUESS_COUNTS = 20.0
SPREAD = 0.7  # of the logarithm, as works usually have


class Pace:
    """How long a work takes, by skill: beginning with a guess that counts as twenty works."""

    def __init__(self, guess: float) -> None:
        self.guess = guess
        self._seen: dict[Key, tuple[float, float]] = {}
        self._guessed = _usual(guess)
        self._ends: dict[Key, list[float]] = {}

    def learn(self, key: Key, minutes: float) -> None:
        total, count = self._seen.get(key, (GUESS_COUNTS * self.guess, GUESS_COUNTS))
        self._seen[key] = (total + minutes, count + 1)
        if key not in self._ends:
            self._ends[key] = list(self._guessed)
        self._ends[key][min(int(minutes), LONGEST - 1)] += 1.0

    def of(self, key: Key) -> float:
        total, count = self._seen.get(key, (self.guess, 1.0))
        return total / count

    def chance(self, key: Key, lasted: float, within: float) -> float:
        """That a work which has lasted so long ends within so many minutes."""
        ends = self._ends.get(key, self._guessed)
        rest = ends[min(int(lasted), LONGEST - 1) :]
        return sum(rest[: max(0, round(within))]) / sum(rest)

    def kept(self) -> list[Any]:
        return [[*key, *seen, self._ends[key]] for key, seen in self._seen.items()]

    def restore(self, kept: list[Any]) -> None:
        self._seen = {(topic, language): (total, count) for topic, language, total, count, _ends in kept}
        self._ends = {(topic, language): list(ends) for topic, language, _total, _count, ends in kept}


def _usual(mean: float) -> list[float]:
    """So many end in each minute, log-normally about the mean."""
    middle = log(max(mean, 0.5)) - SPREAD**2 / 2
    moments = [minute + 0.5 for minute in range(LONGEST)]
    density = [exp(-((log(at) - middle) ** 2) / (2 * SPREAD**2)) / at for at in moments]
    return [GUESS_COUNTS * each / sum(density) for each in density]


class Rests:
    """How long the first, the second, ... break of a shift lasts: beginning with the usual lengths."""

    def __init__(self, usual: tuple[float, ...]) -> None:
        self.usual = usual
        self._seen: dict[int, tuple[float, int]] = {}

    def learn(self, number: int, minutes: float) -> None:
        total, count = self._seen.get(number, (0.0, 0))
        self._seen[number] = (total + minutes, count + 1)

    def after(self, number: int, lasted: float) -> float | None:
        """How long that break will have lasted, when it has lasted so long; None: longer than any."""
        lengths = self.usual
        if number in self._seen:
            total, count = self._seen[number]
            lengths = (total / count, *self.usual)
        return next((one for one in lengths if one > lasted + 0.01), None)

    def kept(self) -> list[Any]:
        return [[number, *seen] for number, seen in self._seen.items()]

    def restore(self, kept: list[Any]) -> None:
        self._seen = {number: (total, count) for number, total, count in kept}
