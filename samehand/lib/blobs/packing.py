"""Packing anew, when nobody waits: small and holed packs become full ones, pressed thoroughly, sealed with the newest
key; files of the time before packs are taken in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from samehand.lib.blobs import index, put_many, single
from samehand.lib.blobs.frames import THOROUGH, opened, sealed
from samehand.lib.blobs.index import Place
from samehand.lib.blobs.numbers import is_thorough
from samehand.lib.blobs.stores import Runs, store
from samehand.lib.blobs.troubles import BlobMissing

# A transaction that has written its bytes and not yet its rows is long over by then.
SETTLED = timedelta(days=1)
FULL = 16 * 1024 * 1024
AT_ONCE = 40
HOLED = 0.8


@dataclass(slots=True)
class Packed:
    files: int = 0
    moved: int = 0
    removed: int = 0
    freed: int = 0
    troubles: list[BlobMissing] = field(default_factory=list)


def pack(*, now: datetime, everything: bool = False, most: int = 1000, settled: timedelta = SETTLED) -> Packed:
    """Pack anew what is worth it, or `everything` that is settled (with a new key); at most so many packs."""
    done = Packed()
    _take_in_files(done)
    sizes = store().settled(since=(now - settled).timestamp())
    room = index.room()
    # Only what was empty when we came: a backup that began before must still find what its database names.
    for one in sizes.keys() - room.keys():
        store().remove(one)
        done.removed += 1
        done.freed += sizes[one]
    chosen = [one for one, size in sizes.items() if one in room and (everything or _worth_it(one, size, room[one]))]
    for begin in range(0, len(chosen[:most]), AT_ONCE):
        _pack(chosen[begin : begin + AT_ONCE], done)
    return done


def _worth_it(pack: int, size: int, room: int) -> bool:
    return not is_thorough(pack) or room < HOLED * size


def _pack(packs: list[int], done: Packed) -> None:
    """What does not open stays where it is, for the day on which its key comes back."""
    for batch in _batches(packs, done):
        done.freed -= _move(batch)
        done.moved += len(batch)


def _move(batch: list[tuple[bytes, Place, bytes]]) -> int:
    """The size of the new pack."""
    frames = sealed(((key, data) for key, _, data in batch), THOROUGH)
    new = index.places(store().whole(frames), 0, frames)
    moved = index.move([(key, old, to) for (key, old, _), to in zip(batch, new, strict=True)])
    for (key, _, _), place in zip(batch, new, strict=True):
        if key not in moved:
            # Erased while we copied it: the copy goes too.
            store().blank(place.pack, place.start, place.size)
    return sum(map(len, frames))


def _batches(packs: list[int], done: Packed) -> Iterator[list[tuple[bytes, Place, bytes]]]:
    """What lies in the packs, opened, as much as a new pack takes."""
    found = index.of_packs(packs)
    runs = Runs(store(), [place for _, place in found])
    batch: list[tuple[bytes, Place, bytes]] = []
    size = 0
    for key, place in found:
        try:
            data = opened(key, runs.frame(place) or b"")
        except BlobMissing as trouble:
            done.troubles.append(trouble)
            continue
        batch.append((key, place, data))
        size += len(data)
        if size >= FULL:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _take_in_files(done: Packed) -> None:
    for key in single.names():
        data = single.read(key)
        # A file that is not what its name says stays for somebody to look at.
        if isinstance(data, bytes) and put_many([data]) == [key]:
            single.remove(key)
            done.files += 1
