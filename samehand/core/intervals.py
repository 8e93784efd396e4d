"""Spans of time, begin included and end not: joined, cut, and asked for what they have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

# A moment: datetime or minutes; whatever is ordered.
M = TypeVar("M", bound=Any)
Spans = tuple[tuple[M, M], ...]


def joined(spans: Iterable[tuple[M, M]]) -> Spans[M]:
    """The same time in order, without overlaps; what touches is one."""
    found: list[tuple[M, M]] = []
    for begin, end in sorted(spans):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif begin < end:
            found.append((begin, end))
    return tuple(found)


def without(spans: Iterable[tuple[M, M]], cuts: Iterable[tuple[M, M]]) -> Spans[M]:
    """What is left of the spans when the cuts are taken out; spans that touch stay apart."""
    left = [(begin, end) for begin, end in sorted(spans) if begin < end]
    for cut_begin, cut_end in joined(cuts):
        left = [piece for span in left for piece in _cut(span, cut_begin, cut_end)]
    return tuple(left)


def within(spans: Iterable[tuple[M, M]], begin: M, end: M) -> Spans[M]:
    """The part of the spans that lies between two moments."""
    clipped = ((max(first, begin), min(last, end)) for first, last in spans)
    return tuple((first, last) for first, last in clipped if first < last)


def _cut(span: tuple[M, M], cut_begin: M, cut_end: M) -> list[tuple[M, M]]:
    begin, end = span
    if cut_end <= begin or end <= cut_begin:
        return [span]
    return [piece for piece in ((begin, cut_begin), (cut_end, end)) if piece[0] < piece[1]]
