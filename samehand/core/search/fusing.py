"""One ranking of several: what stands high in more than one stands highest."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

Thing = TypeVar("Thing", bound=Hashable)
# How little the places below the first count: the smaller, the more the first place is worth.
FLATNESS = 10


def fused(rankings: Iterable[tuple[Sequence[Thing], float]]) -> list[tuple[Thing, float]]:
    """Things with their scores, the best first: of rankings (the best first, each thing once) with their weights.

    Reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009): scores that cannot be compared are not needed. Equals
    keep the order in which they were met.
    """
    scores: dict[Thing, float] = {}
    for ranking, weight in rankings:
        for place, thing in enumerate(ranking, start=1):
            scores[thing] = scores.get(thing, 0.0) + weight / (FLATNESS + place)
    return sorted(scores.items(), key=lambda one: -one[1])
