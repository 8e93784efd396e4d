"""Whether a draft may leave: what failed for this customer and problem is not offered to her again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from samehand.core.solutions.likeness import SAME, Advice, Weights, likeness

How = Literal["link", "canned", "text"]


@dataclass(frozen=True, slots=True)
class Tried:
    """An offer of before. `solution` is its number, 0 for advice in free words or a whole `article`, by the number of
    its problem; `wordings` are how it reads now, and read when it was given. `outcome`: unknown, helped, failed or
    not_tried. `beside` are the solutions of the same article: other advice, whatever words they share."""

    offer: int
    solution: int
    outcome: str
    wordings: tuple[Advice, ...] = ()
    article: int = 0
    beside: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Draft:
    """`text` is what the writer says herself. `linked` are the solutions that its links lead to (all of an article when
    no mark chooses one), `articles` the problems whose whole article is linked, `inserted` the solutions that the
    composer put in, and how they read."""

    text: str
    linked: frozenset[int] = frozenset()
    articles: frozenset[int] = frozenset()
    inserted: Mapping[int, tuple[Advice, ...]] = field(default_factory=dict)


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
    """What failed refuses, what is unknown warns; what helped or was never tried may be offered as often as needed.
    `tried` is in the order in which it was offered: what helped after it had failed is no failure any more."""
    helped = {one.solution: place for place, one in enumerate(tried) if one.solution and one.outcome == "helped"}
    still = (one for place, one in enumerate(tried) if place > helped.get(one.solution, -1))
    failed = tuple(_offered(draft, (one for one in still if one.outcome == "failed"), heavy))
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
    # What was put in brings a link to itself along.
    if tried.solution in draft.inserted:
        return Again(tried.offer, "canned", 1.0)
    if tried.solution in draft.linked or tried.article in draft.articles:
        return Again(tried.offer, "link", 1.0)
    brought = [one for pk, wordings in draft.inserted.items() if pk not in tried.beside for one in wordings]
    likest = max(
        (max(likeness(draft.text, own, heavy), same_point(own, brought, heavy)) for own in tried.wordings), default=0.0
    )
    return Again(tried.offer, "text", round(likest, 2)) if likest >= SAME else None


def same_point(one: Advice, others: Iterable[Advice], heavy: Weights | None = None) -> float:
    """How surely one of the others advises the same, by what they are about: a step on the way makes none of it."""
    return max(
        (max(likeness(_point(one), other, heavy), likeness(_point(other), one, heavy)) for other in others), default=0.0
    )


def _point(advice: Advice) -> str:
    """Its title; advice in free words is its own point."""
    return advice.title or advice.text
