"""Whether a draft may leave: what failed for this customer and problem is not offered to her again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from samehand.core.solutions.likeness import SAME, Advice, Weights, likeness

How = Literal["link", "canned", "text"]


@dataclass(frozen=True, slots=True)
class Tried:
    """An offer of before. `solution` is its number, 0 for advice in free words or a whole `article`, by the number of
    its problem; `wordings` are how it reads. `outcome`: unknown, helped, failed or not_tried."""

    offer: int
    solution: int
    outcome: str
    wordings: tuple[Advice, ...] = ()
    article: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """`linked` are the solutions that the text's links lead to (all of an article when no mark chooses one),
    `articles` the problems whose whole article is linked, `inserted` the solutions that the composer put in."""

    text: str
    linked: frozenset[int] = frozenset()
    articles: frozenset[int] = frozenset()
    inserted: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Again:
    """What the draft offers once more."""

    offer: int
    how: How
    likeness: float


@dataclass(frozen=True, slots=True)
class Allow:
    """`warn` names offers whose outcome nobody knows yet: the customer may still be at it."""

    warn: tuple[Again, ...] = ()


@dataclass(frozen=True, slots=True)
class Refuse:
    again: tuple[Again, ...]


def judge(draft: Draft, tried: Sequence[Tried], heavy: Weights | None = None) -> Allow | Refuse:
    """What failed refuses, what is unknown warns; what helped or was never tried may be offered as often as needed."""
    failed = tuple(_offered(draft, (one for one in tried if one.outcome == "failed"), heavy))
    if failed:
        return Refuse(failed)
    return Allow(tuple(_offered(draft, (one for one in tried if one.outcome == "unknown"), heavy)))


def _offered(draft: Draft, tried: Iterable[Tried], heavy: Weights | None) -> Iterable[Again]:
    seen: set[int] = set()
    for one in tried:
        again = _again(draft, one, heavy)
        # One solution that was tried twice is told once.
        if again and one.solution not in seen:
            seen |= {one.solution} - {0}
            yield again


def _again(draft: Draft, tried: Tried, heavy: Weights | None) -> Again | None:
    if tried.solution in draft.linked or tried.article in draft.articles:
        return Again(tried.offer, "link", 1.0)
    if tried.solution and tried.solution in draft.inserted:
        return Again(tried.offer, "canned", 1.0)
    likest = max((likeness(draft.text, wording, heavy) for wording in tried.wordings), default=0.0)
    return Again(tried.offer, "text", round(likest, 2)) if likest >= SAME else None
