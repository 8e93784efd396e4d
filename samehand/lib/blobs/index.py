"""Where the bytes of a key lie: the table `lib_blob`, in the transaction of those who refer to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from samehand.lib.models import Blob


@dataclass(frozen=True, slots=True)
class Place:
    """`size` bytes of pack number `pack`, from `start`."""

    pack: int
    start: int
    size: int

    @property
    def end(self) -> int:
        return self.start + self.size


def places(pack: int, start: int, frames: Iterable[bytes]) -> list[Place]:
    """Of frames that lie in the pack one behind the other."""
    found = []
    for frame in frames:
        found.append(Place(pack, start, len(frame)))
        start += len(frame)
    return found


def known(keys: Sequence[bytes]) -> set[bytes]:
    """Which of the keys are kept already. Until the end of the transaction nobody erases them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM lib_blob WHERE key = ANY(%s) FOR KEY SHARE", [list(keys)])
        return {bytes(key) for (key,) in cursor.fetchall()}


def add(keys: Iterable[bytes], found: Sequence[Place]) -> None:
    """Who keeps the same bytes at the same time is waited for; then one place counts, the other is room lost."""
    # In the order of the keys: two that keep the same ones must not wait for each other.
    rows = sorted((key, at.pack, at.start, at.size) for key, at in zip(keys, found, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO lib_blob (key, pack, start, size)"
            " SELECT * FROM unnest(%s::bytea[], %s::bigint[], %s::bigint[], %s::int[]) ON CONFLICT DO NOTHING",
            [list(column) for column in zip(*rows, strict=True)],
        )


def find(keys: Sequence[bytes]) -> dict[bytes, Place]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, pack, start, size FROM lib_blob WHERE key = ANY(%s)", [list(keys)])
        return {bytes(key): Place(*place) for key, *place in cursor.fetchall()}


def forget(keys: Sequence[bytes]) -> None:
    Blob.objects.filter(pk__in=keys).delete()
