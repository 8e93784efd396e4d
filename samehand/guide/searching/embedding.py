"""What turns texts into vectors, when the house has such a thing: SAMEHAND_GUIDE_EMBEDDER names it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

log = structlog.get_logger()


class Embedder(Protocol):
    """Made without arguments, once in a process; asked by several threads at once."""

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """A vector for each text, all of one length: what means alike points alike."""
        ...


class NoEmbedder(Exception):
    """There is none by that name; the words say why, and what to do."""


@dataclass(frozen=True, slots=True)
class Named:
    """Vectors are kept by `name`: those of different embedders have nothing to do with each other."""

    name: str
    embedder: Embedder

    def units(self, texts: Sequence[str]) -> list[list[float]]:
        """A vector of length 1 for each text; none at all, and a line in the log, when the embedder fails."""
        try:
            vectors = [_unit(vector) for vector in self.embedder.embed(texts)]
        # Whatever it is made of: a search by words is better than none.
        except Exception as trouble:
            log.warning("guide.embedder_failed", embedder=self.name, error=type(trouble).__name__)
            return []
        if len(vectors) != len(texts):
            log.warning("guide.embedder_failed", embedder=self.name, error=f"{len(vectors)} of {len(texts)} vectors")
            return []
        return vectors


def _unit(vector: Sequence[float]) -> list[float]:
    length = math.hypot(*vector)
    if not math.isfinite(length) or not length:
        raise ValueError("a vector must point somewhere")
    return [part / length for part in vector]


def load(path: str) -> Named:
    """The embedder that a path names: "package.module:Class" or "package.module.Class". Raises NoEmbedder."""
    try:
        return Named(path, import_string(path.replace(":", "."))())
    except ImportError as trouble:
        raise NoEmbedder(f"the embedder {path!r} cannot be had: {trouble}") from trouble


def current() -> Named | None:
    """The house's; None when it has none, or has named one that cannot be had, which the log tells once."""
    return _of_the_house(settings.GUIDE_EMBEDDER)


@cache
def _of_the_house(path: str) -> Named | None:
    try:
        return load(path) if path else None
    except NoEmbedder as trouble:
        log.error("guide.no_embedder", setting="SAMEHAND_GUIDE_EMBEDDER", error=str(trouble))
        return None
