"""How good a search is: where in its answers the right article stood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares from 0 to 1 of `n` searches: right article first, among three; `mrr` is the mean of 1 / place."""

    first: float
    top3: float
    mrr: float
    n: int


def figures(places: Iterable[int | None]) -> Figures:
    """`places` has for each search the right article's place, 1 for the first, None when it was not found."""
    all_places = list(places)
    n = max(1, len(all_places))
    found = [place for place in all_places if place]
    return Figures(
        first=round(sum(place == 1 for place in found) / n, 4),
        top3=round(sum(place <= 3 for place in found) / n, 4),
        mrr=round(sum(1 / place for place in found) / n, 4),
        n=len(all_places),
    )
