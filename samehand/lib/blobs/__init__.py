"""Bytes kept by their content: the same bytes twice are kept once, compressed and encrypted, many in one pack.

The table `lib_blob` says where they lie. Within a transaction they are kept when it commits, outside of one when
`put` returns.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from samehand.lib.blobs import index, single
from samehand.lib.blobs.frames import opened, sealed
from samehand.lib.blobs.index import Place
from samehand.lib.blobs.stores import Runs, at_hand, store
from samehand.lib.blobs.troubles import BlobDamaged, BlobInUse, BlobLocked, BlobMissing, StoreAway

__all__ = [
    "BlobDamaged",
    "BlobInUse",
    "BlobLocked",
    "BlobMissing",
    "StoreAway",
    "at_hand",
    "erase",
    "get",
    "get_many",
    "put",
    "put_many",
]


def put(data: bytes) -> str:
    """Keep `data` and return its key, a SHA-256 in hex. Raises OSError when the disk refuses; nothing is half kept."""
    return put_many([data])[0]


def put_many(batch: Sequence[bytes]) -> list[str]:
    """Keep all of `batch` in one pack, by one sync of the disk."""
    keys = [hashlib.sha256(data).digest() for data in batch]
    known = index.known(keys)
    fresh = {key: data for key, data in zip(keys, batch, strict=True) if key not in known}
    if fresh:
        frames = sealed(fresh.items())
        pack, start = store().append(frames)
        index.add(fresh, index.places(pack, start, frames))
    return [key.hex() for key in keys]


def get(key: str) -> bytes:
    """The bytes of the key. Raises BlobMissing (BlobLocked, BlobDamaged), or OSError when the store is away."""
    found = next(get_many([key]))
    if isinstance(found, BlobMissing):
        raise found
    return found


def get_many(keys: Sequence[str]) -> Iterator[bytes | BlobMissing]:
    """The bytes of each key in order, or why there are none. The table is asked once, neighbours are read at once."""
    names = [bytes.fromhex(key) for key in keys]
    places = index.find(names)
    runs = Runs(store(), [places[name] for name in names if name in places])
    for name, key in zip(names, keys, strict=True):
        place = places.get(name)
        yield _read(name, place, runs) if place else single.read(key)


def _read(name: bytes, place: Place, runs: Runs) -> bytes | BlobMissing:
    frame = runs.frame(place)
    if frame is None:
        # It may have been packed anew since we asked where it is.
        place = index.find([name]).get(name, place)
        frame = store().read(place.pack, place.start, place.size)
    if frame is None:
        return BlobMissing(name.hex())
    try:
        return opened(name, frame)
    except BlobMissing as trouble:
        return trouble


def erase(key: str) -> bool:
    """Destroy the bytes of the key when the transaction commits; False when there are none. Raises BlobInUse as long as
    a room of `settings.BLOB_USERS` refers to them."""
    name = bytes.fromhex(key)
    with transaction.atomic():
        index.hold([name])
        if any(import_string(path)([key]) for path in settings.BLOB_USERS):
            raise BlobInUse(key)
        place = index.find([name]).get(name)
        found = place is not None or single.has(key)
        index.forget([name])
        transaction.on_commit(partial(_destroy, key, place))
    return found


def _destroy(key: str, place: Place | None) -> None:
    if place:
        store().blank(place.pack, place.start, place.size)
    single.remove(key)
