"""Where the bytes of a key lie: the table `lib_blob`, in the transaction of those who refer to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Sum

from samehand.lib.models import Blob
from samehand.lib.sql import named


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


def hold(keys: Sequence[bytes]) -> None:
    """Until the end of the transaction nobody puts the same bytes and refers to what we erase."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM lib_blob WHERE key = ANY(%s) ORDER BY key FOR UPDATE", [list(keys)])


def forget(keys: Sequence[bytes]) -> None:
    Blob.objects.filter(pk__in=keys).delete()


def room() -> dict[int, int]:
    """How many bytes of each pack somebody still asks for."""
    return dict(Blob.objects.values_list("pack").annotate(room=Sum("size")).order_by())


def of_packs(packs: Iterable[int]) -> list[tuple[bytes, Place]]:
    """What lies in the packs, in their order. There is no index for this: ask for many at once."""
    rows = Blob.objects.filter(pack__in=list(packs)).order_by("pack", "start")
    return [(bytes(key), Place(*place)) for key, *place in rows.values_list("key", "pack", "start", "size")]


def move(moved: Sequence[tuple[bytes, Place, Place]]) -> set[bytes]:
    """From one place to another, unless it was erased or moved meanwhile; which were moved."""
    rows = [(key, old.pack, old.start, new.pack, new.start, new.size) for key, old, new in moved]
    with connection.cursor() as cursor:
        cursor.execute(named("samehand.lib", "move_blobs"), [list(column) for column in zip(*rows, strict=True)])
        return {bytes(key) for (key,) in cursor.fetchall()}
