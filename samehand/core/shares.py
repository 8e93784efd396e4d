"""A share of a few trials, and how sure one may be of it: 3 of 4 is no 75 per cent."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

# 95 of 100 such intervals hold the true share.
Z = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """`low` and `high` are Wilson's interval, between 0 and 1; of no trials at all it is the whole of it.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
    """

    count: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        return self.count / self.of if self.of else None


def share(count: int, of: int, *, z: float = Z) -> Share:
    """`count` successes of `of` trials. Raises ValueError when that cannot be."""
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of} is no share")
    if of == 0:
        return Share(0, 0, 0.0, 1.0)
    p, square = count / of, z * z
    middle = (p + square / (2 * of)) / (1 + square / of)
    half = z / (1 + square / of) * sqrt(p * (1 - p) / of + square / (4 * of * of))
    # Rounding may leave the ends a hair away from 0 and 1.
    low = 0.0 if count == 0 else max(0.0, middle - half)
    high = 1.0 if count == of else min(1.0, middle + half)
    return Share(count, of, low, high)
