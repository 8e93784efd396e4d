"""The store of the settings, and reading many frames of it with few reads."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

from django.conf import settings

from samehand.lib.blobs.folder import Folder
from samehand.lib.blobs.index import Place

# What one read may bring into memory, unless a single mail is larger.
RUN = 4 * 1024 * 1024


class Store(Protocol):
    """Where packs lie. Each of these raises OSError when the store refuses or is away."""

    def at_hand(self) -> bool: ...

    def append(self, frames: Sequence[bytes]) -> tuple[int, int]: ...

    def whole(self, frames: Sequence[bytes]) -> int: ...

    def read(self, pack: int, start: int, size: int) -> bytes | None: ...

    def blank(self, pack: int, start: int, size: int) -> None: ...

    def settled(self, *, since: float) -> dict[int, int]: ...

    def remove(self, pack: int) -> None: ...


def store() -> Store:
    return _store(str(settings.BLOBS))


@cache
def _store(where: str) -> Store:
    if not where.startswith("s3://"):
        return Folder(Path(where))
    # Loaded by those alone who need it: it takes 30 MB.
    from samehand.lib.blobs.bucket import Bucket

    return Bucket(where)


# A child that wrote on in its parent's pack would write over what the parent writes.
os.register_at_fork(after_in_child=_store.cache_clear)


def at_hand() -> bool:
    """Whether the store is there at all: a disk that is not mounted is no proof that anything is missing."""
    return store().at_hand()


class Runs:
    """Frames asked for in the order of their places: neighbours in a pack come with one read."""

    def __init__(self, source: Store, places: Iterable[Place]) -> None:
        self.source = source
        self.runs = _runs(places)
        self.held: Place | None = None
        self.bytes: bytes | None = None

    def frame(self, place: Place) -> bytes | None:
        """None when its pack is not there."""
        run = self.runs[place]
        if run != self.held:
            self.held, self.bytes = run, self.source.read(run.pack, run.start, run.size)
        if self.bytes is None:
            return None
        begin = place.start - run.start
        return self.bytes[begin : begin + place.size]


def _runs(places: Iterable[Place]) -> dict[Place, Place]:
    """For each place the run that it is read with."""
    runs: list[tuple[Place, list[Place]]] = []
    for place in places:
        last, inside = runs[-1] if runs else (None, [])
        if last and last.pack == place.pack and last.end == place.start and last.size + place.size <= RUN:
            inside.append(place)
            runs[-1] = (Place(last.pack, last.start, last.size + place.size), inside)
        else:
            runs.append((place, [place]))
    return {place: run for run, inside in runs for place in inside}
