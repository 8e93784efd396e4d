"""Reading all that is kept: is each blob there, whole, and what it was?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from samehand.lib.blobs import index, single
from samehand.lib.blobs.frames import opened
from samehand.lib.blobs.stores import Runs, store
from samehand.lib.blobs.troubles import BlobDamaged, BlobMissing

AT_ONCE = 40


def check() -> Iterator[tuple[str, BlobMissing | None]]:
    """Each key with its trouble."""
    packs = sorted(index.room())
    for begin in range(0, len(packs), AT_ONCE):
        found = index.of_packs(packs[begin : begin + AT_ONCE])
        runs = Runs(store(), [place for _, place in found])
        for key, place in found:
            frame = runs.frame(place)
            yield key.hex(), BlobMissing(key.hex()) if frame is None else _trouble(key, frame)
    for name in single.names():
        data = single.read(name)
        whole = isinstance(data, bytes) and hashlib.sha256(data).hexdigest() == name
        yield name, None if whole else BlobDamaged(name)


def _trouble(key: bytes, frame: bytes) -> BlobMissing | None:
    try:
        whole = hashlib.sha256(opened(key, frame)).digest() == key
    except BlobMissing as trouble:
        return trouble
    return None if whole else BlobDamaged(key.hex())
