"""Kept bytes: whole, once, encrypted, and never half there."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as rules
from hypothesis import strategies as st

from samehand.lib import blobs
from samehand.lib.blobs import folder, stores
from samehand.lib.models import Blob

pytestmark = pytest.mark.django_db
MAIL = b"Subject: Faktura\r\n\r\n" + "Zażółć gęślą jaźń. ".encode() * 50


@pytest.fixture(autouse=True)
def packs(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.BLOBS = tmp_path / "blobs"
    settings.BLOB_KEYS = []
    yield tmp_path / "blobs" / "packs"
    stores._store.cache_clear()


def files(packs: Path) -> list[Path]:
    return sorted(packs.iterdir()) if packs.exists() else []


def test_what_was_put_comes_back_under_the_hash_of_its_bytes() -> None:
    key = blobs.put(MAIL)

    assert key == hashlib.sha256(MAIL).hexdigest()
    assert blobs.get(key) == MAIL


@rules(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.binary(max_size=3000), max_size=12))
def test_whatever_the_bytes_and_their_order(batch: list[bytes]) -> None:
    keys = blobs.put_many(batch)

    assert list(blobs.get_many(keys)) == batch
    assert list(blobs.get_many(keys[::-1])) == batch[::-1]


def test_the_same_bytes_twice_are_kept_once(packs: Path) -> None:
    first = blobs.put_many([MAIL, MAIL, b"other"])
    size = files(packs)[0].stat().st_size

    assert blobs.put_many([b"other", MAIL]) == [first[2], first[0]]
    assert [file.stat().st_size for file in files(packs)] == [size]
    assert Blob.objects.count() == 2


def test_nothing_lies_in_clear_and_no_name_tells_what_is_inside(packs: Path) -> None:
    key = blobs.put(MAIL)

    (pack,) = files(packs)
    assert b"Faktura" not in pack.read_bytes()
    assert key[:16] not in pack.name
    assert pack.stat().st_mode & 0o077 == 0


def test_mail_is_pressed(packs: Path) -> None:
    blobs.put(MAIL)

    assert files(packs)[0].stat().st_size < len(MAIL) // 4


def test_an_older_key_still_opens_and_a_newer_one_seals(settings: Any) -> None:
    by_the_secret = blobs.put(b"one")
    settings.BLOB_KEYS = ["a" * 32]
    by_the_first = blobs.put(b"two")
    settings.BLOB_KEYS = ["b" * 32, "a" * 32]

    assert list(blobs.get_many([by_the_secret, by_the_first])) == [b"one", b"two"]


def test_without_its_key_a_blob_is_locked_and_opens_when_the_key_is_back(settings: Any) -> None:
    settings.BLOB_KEYS = ["a" * 32]
    key = blobs.put(MAIL)

    settings.BLOB_KEYS = ["b" * 32]
    with pytest.raises(blobs.BlobLocked):
        blobs.get(key)

    settings.BLOB_KEYS = ["b" * 32, "a" * 32]
    assert blobs.get(key) == MAIL


@pytest.mark.parametrize("at", [0, 20, -1], ids=["its version", "its bytes", "its tag"])
def test_what_was_altered_is_damaged(packs: Path, at: int) -> None:
    key = blobs.put(MAIL)
    (pack,) = files(packs)
    altered = bytearray(pack.read_bytes())
    altered[at] ^= 1
    pack.write_bytes(altered)

    with pytest.raises(blobs.BlobDamaged):
        blobs.get(key)


def test_a_frame_answers_to_its_own_key_alone() -> None:
    mine, other = blobs.put_many([b"mine " * 9, b"hers " * 9])
    place = Blob.objects.get(pk=bytes.fromhex(other))

    Blob.objects.filter(pk=bytes.fromhex(mine)).update(pack=place.pack, start=place.start, size=place.size)

    with pytest.raises(blobs.BlobDamaged):
        blobs.get(mine)


def test_a_pack_that_is_gone_and_a_key_that_never_was_are_missing(packs: Path) -> None:
    key = blobs.put(MAIL)
    files(packs)[0].unlink()

    for absent in (key, "0" * 64):
        with pytest.raises(blobs.BlobMissing):
            blobs.get(absent)


def test_a_file_of_the_time_before_packs_is_read(tmp_path: Path) -> None:
    key = hashlib.sha256(MAIL).hexdigest()
    file = tmp_path / "blobs" / key[:2] / key[2:]
    file.parent.mkdir(parents=True)
    file.write_bytes(MAIL)

    assert blobs.get(key) == MAIL


def test_what_is_not_committed_is_not_kept(packs: Path) -> None:
    with transaction.atomic():
        key = blobs.put(MAIL)
        transaction.set_rollback(True)

    with pytest.raises(blobs.BlobMissing):
        blobs.get(key)
    assert blobs.get(blobs.put(MAIL)) == MAIL


@pytest.mark.parametrize("call", ["write", "fdatasync"])
def test_a_disk_that_refuses_leaves_nothing_half_kept(packs: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    kept = blobs.put(b"before")
    size = files(packs)[0].stat().st_size
    write = os.write

    def full(handle: int, *data: Any) -> int:
        if data:
            write(handle, data[0][:5])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(folder.os, call, full)
    with pytest.raises(OSError, match="No space"):
        blobs.put(MAIL)
    monkeypatch.undo()

    assert [file.stat().st_size for file in files(packs)] == [size]
    assert Blob.objects.count() == 1
    assert blobs.get(blobs.put(MAIL)) == MAIL
    assert blobs.get(kept) == b"before"


def test_one_pack_takes_many_batches_and_a_full_one_is_closed(packs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [blobs.put(f"mail {number}".encode()) for number in range(5)]
    assert len(files(packs)) == 1

    monkeypatch.setattr(folder, "FULL", 1)
    keys += [blobs.put(b"next"), blobs.put(b"last")]

    assert len(files(packs)) == 3
    assert list(blobs.get_many(keys))[-2:] == [b"next", b"last"]


def test_neighbours_come_with_one_read(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = blobs.put_many([f"mail {number}".encode() for number in range(100)])
    reads: list[int] = []
    read = folder.Folder.read
    monkeypatch.setattr(folder.Folder, "read", lambda self, *place: reads.append(place[2]) or read(self, *place))

    assert len(list(blobs.get_many(keys))) == 100
    assert len(reads) == 1


def test_a_child_process_writes_into_a_pack_of_its_own(packs: Path) -> None:
    blobs.put(b"parent")
    pid = os.fork()
    if not pid:
        stores.store().append([b"child"])
        os._exit(0)

    assert os.waitpid(pid, 0)[1] == 0
    assert len(files(packs)) == 2
