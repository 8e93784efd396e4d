"""Articles by their meaning, beside those by their words: vectors of a shelf, compared with the search's one by one."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from operator import mul
from typing import Any

from django.db.models import Count, Max

from samehand.core.search.fusing import fused
from samehand.guide.models import Document, Vector
from samehand.guide.searching.embedding import Named
from samehand.guide.searching.hits import Found, Hit
from samehand.lib import bulk

LOOKED_AT = 20
# What its nearness counts beside its words.
WEIGHT = 0.3
# Something is always the nearest: of what no word speaks for, no more than these are shown.
BY_MEANING_ALONE = 3
AT_ONCE = 32


def lay(shelf: str, texts: Mapping[str, str], embedder: Named | None) -> None:
    """Keep the vectors of documents that were just laid out, given by their keys; the transaction holds the shelf."""
    if embedder is None:
        return
    keys = list(texts)
    numbers = dict(Document.objects.filter(shelf=shelf, key__in=keys).values_list("key", "pk"))
    for start in range(0, len(keys), AT_ONCE):
        several = keys[start : start + AT_ONCE]
        units = embedder.units([texts[key] for key in several])
        rows = [
            Vector(document_id=numbers[key], shelf=shelf, embedder=embedder.name, unit=_packed(unit))
            for key, unit in zip(several, units, strict=bool(units))
        ]
        Vector.objects.filter(document__in=[row.document_id for row in rows], embedder=embedder.name).delete()
        bulk.insert(rows, numbered=False)


def mixed(found: Found, query: str, shelf: str, embedder: Named, limit: int) -> Found:
    """What was found by words, in the order that nearness makes of it; a few that are near come along."""
    near = nearest(query, shelf, embedder)
    if not near:
        return replace(found, hits=found.hits[:limit])
    by_words = {hit.problem_key: hit for hit in found.hits}
    alone = [key for key in near if key not in by_words][:BY_MEANING_ALONE]
    hits = by_words | _hits(shelf, alone)
    ranked = [(key, score) for key, score in fused([(list(by_words), 1.0), (near, WEIGHT)]) if key in hits]
    return replace(found, hits=tuple(replace(hits[key], score=score) for key, score in ranked[:limit]))


def nearest(query: str, shelf: str, embedder: Named) -> list[str]:
    """The keys of the documents nearest to a search, the nearest first; none when nothing is laid out."""
    near = _near(shelf, embedder.name)
    units = embedder.units([query]) if near.keys else []
    return near.to(units[0]) if units else []


def _hits(shelf: str, keys: Sequence[str]) -> dict[str, Hit]:
    documents = Document.objects.filter(shelf=shelf, key__in=keys)
    return {
        one.key: Hit(one.key, one.problem_id, one.revision_id, one.title, one.summary, 0.0, ()) for one in documents
    }


@dataclass(frozen=True, slots=True)
class _Near:
    """A shelf's documents as they stood at `mark`. `matrix` is numpy's, or a list of vectors where it is not there."""

    mark: tuple[int, int | None]
    keys: list[str]
    length: int
    matrix: Any

    def to(self, unit: list[float]) -> list[str]:
        if len(unit) != self.length:
            return []
        if numpy := _numpy():
            products = (self.matrix @ numpy.array(unit, dtype="<f4")).tolist()
        else:
            products = [sum(map(mul, unit, other)) for other in self.matrix]
        order = sorted(range(len(self.keys)), key=lambda number: (-products[number], self.keys[number]))
        return [self.keys[number] for number in order[:LOOKED_AT]]


_laid: dict[tuple[str, str], _Near] = {}


def _near(shelf: str, embedder: str) -> _Near:
    """The shelf's vectors, read again when one came or went: a new one's number is higher than all before."""
    rows = Vector.objects.filter(shelf=shelf, embedder=embedder)
    counted = rows.aggregate(count=Count("pk"), last=Max("pk"))
    mark = counted["count"], counted["last"]
    kept = _laid.get((shelf, embedder))
    if kept is None or kept.mark != mark:
        kept = _laid[shelf, embedder] = _read(mark, list(rows.order_by("pk").values_list("document__key", "unit")))
    return kept


def _read(mark: tuple[int, int | None], rows: list[tuple[str, bytes | memoryview]]) -> _Near:
    # An embedder that was exchanged under its name left vectors of another length: the newest count.
    size = len(rows[-1][1]) if rows else 0
    fitting = [(key, bytes(unit)) for key, unit in rows if len(unit) == size]
    keys, units = [key for key, _unit in fitting], [unit for _key, unit in fitting]
    if numpy := _numpy():
        matrix = numpy.frombuffer(b"".join(units), dtype="<f4").reshape(len(units), -1) if units else None
    else:
        matrix = [struct.unpack(f"<{size // 4}f", unit) for unit in units]
    return _Near(mark, keys, size // 4, matrix)


def _packed(unit: Sequence[float]) -> bytes:
    return struct.pack(f"<{len(unit)}f", *unit)


@cache
def _numpy() -> Any:
    """numpy where some embedder brought it along; without, two thousand articles take 25 ms instead of one."""
    try:
        return import_module("numpy")
    except ImportError:
        return None
