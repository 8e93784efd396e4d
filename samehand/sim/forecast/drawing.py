"""What customers will do: drawn once a run, so that all variants of it meet the same."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import NamedTuple

from samehand.sim.forecast.values import HOUR, Today

SLOT = 5.0


class _Arrival(NamedTuple):
    at: float
    topic: str
    language: str
    work: float
    owner: int | None
    lot: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """What customers will do in one run."""

    arrivals: Sequence[_Arrival]
    works: Sequence[float]

    def thinned(self, since: float, share: float) -> Drawn:
        """Of those who would write from a moment on, only this share does: the others have read the notice."""
        return replace(self, arrivals=[one for one in self.arrivals if one.at < since or one.lot < share])


def draw(today: Today, dice: Random) -> Drawn:
    works = [_work(today, waiting.topic, dice) for waiting in today.waiting]
    return Drawn(sorted(_arrivals(today, dice)), works)


def _arrivals(today: Today, dice: Random) -> Iterator[_Arrival]:
    spread = today.over_dispersion - 1.0
    topics, languages = list(today.topics), list(today.languages)
    shares, spoken = [today.topics[one].share for one in topics], [today.languages[one] for one in languages]
    owners = [worker.id for worker in today.crew]
    for hour, mean in today.expected.items():
        begins = max(hour, today.now)
        slots = max(1, math.ceil((hour + HOUR - begins) / SLOT))
        width = (hour + HOUR - begins) / slots
        for slot in range(slots):
            mails = mean / slots
            rate = dice.gammavariate(mails / spread, spread) if spread > 0 and mails > 0 else mails
            moment = dice.expovariate(rate) if rate > 0 else 1.0
            while moment < 1.0:
                topic = dice.choices(topics, shares)[0]
                language = dice.choices(languages, spoken)[0]
                again = dice.random() < today.followups and bool(owners)
                owner = dice.choice(owners) if again else None
                at = begins + (slot + moment) * width
                yield _Arrival(at, topic, language, _work(today, topic, dice), owner, dice.random())
                moment += dice.expovariate(rate)


def _work(today: Today, topic: str, dice: Random) -> float:
    usual = today.topics.get(topic) or next(iter(today.topics.values()))
    return dice.lognormvariate(math.log(usual.median), usual.sigma)
