"""How much a word of an article speaks for the article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """`usual` is how many words such a field has; `norm`, from 0 to 1, how much longer ones lose by it."""

    boost: float
    usual: float
    norm: float


FIELDS: dict[str, Field] = {
    "title": Field(3.0, 6, 0.4),
    "keywords": Field(2.4, 12, 0.2),
    "summary": Field(1.6, 18, 0.4),
    "headings": Field(1.4, 15, 0.3),
    "body": Field(1.0, 120, 0.5),
}
# A word said twice says little more than one said once.
SATURATION = 1.2


def weight(counts: Mapping[str, float], lengths: Mapping[str, int]) -> float:
    """Between 0 and 1: what a word weighs that a field holds so many times, where fields have so many words."""
    said = sum(_said(FIELDS[name], count, lengths[name]) for name, count in counts.items())
    return said / (SATURATION + said)


def _said(field: Field, count: float, length: int) -> float:
    # Short fields gain nothing: a body of three words is no better than one of thirty.
    longer = max(1.0, length / field.usual)
    return field.boost * count / (1 - field.norm + field.norm * longer)
