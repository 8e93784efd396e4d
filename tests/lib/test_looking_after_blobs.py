"""Looking after kept bytes: erased for good, packed anew without losing one, checked to the last."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from samehand.cases import actions
from samehand.cases.models import RawArrival
from samehand.config import cli
from samehand.lib import blobs
from samehand.lib.blobs import commands, index, packing, stores
from samehand.lib.blobs.packing import pack
from samehand.lib.models import Blob
from tests.personas import MONDAY, a_mail

pytestmark = pytest.mark.django_db(transaction=True)
LATER = MONDAY + timedelta(days=5000)
MAILS = [f"Subject: Sprawa {number}\r\n\r\n".encode() + b"Dzie\xc5\x84 dobry. " * 40 for number in range(30)]


@pytest.fixture(autouse=True)
def packs(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.BLOBS = tmp_path / "blobs"
    settings.BLOB_KEYS = []
    yield tmp_path / "blobs" / "packs"
    stores._store.cache_clear()


def close_packs() -> None:
    """As when the process ends: its packs are nobody's any more."""
    folder = stores.store()
    with folder.lock:  # type: ignore[attr-defined]
        folder._lay_down()  # type: ignore[attr-defined]


def single(tmp_path: Path, data: bytes) -> tuple[str, Path]:
    key = hashlib.sha256(data).hexdigest()
    file = tmp_path / "blobs" / key[:2] / key[2:]
    file.parent.mkdir(parents=True)
    file.write_bytes(data)
    return key, file


def test_what_is_erased_is_gone_from_the_disk_and_its_neighbours_stay(packs: Path) -> None:
    before, key, after = blobs.put_many([b"before", MAILS[0], b"after"])
    place = index.find([bytes.fromhex(key)])[bytes.fromhex(key)]

    assert blobs.erase(key)

    (file,) = packs.iterdir()
    assert file.read_bytes()[place.start : place.end] == bytes(place.size)
    with pytest.raises(blobs.BlobMissing):
        blobs.get(key)
    assert list(blobs.get_many([before, after])) == [b"before", b"after"]
    assert blobs.get(blobs.put(MAILS[0])) == MAILS[0]


def test_what_somebody_refers_to_is_not_erased() -> None:
    actions.accept(channel="mail", mailbox="door", incoming=[actions.Incoming(a_mail(), MONDAY, "x")], now=MONDAY)
    key = RawArrival.objects.get().blob

    with pytest.raises(blobs.BlobInUse):
        blobs.erase(key)
    assert blobs.get(key) == a_mail()

    RawArrival.objects.all().delete()
    assert blobs.erase(key)


def test_a_file_of_the_time_before_packs_is_erased_too(tmp_path: Path) -> None:
    key, file = single(tmp_path, b"old")

    assert blobs.erase(key)

    assert not file.exists()
    assert not blobs.erase(key)


def test_small_packs_become_one_and_everything_is_still_there(packs: Path) -> None:
    keys = []
    for mail in MAILS:
        keys.append(blobs.put(mail))
        close_packs()
    assert len(list(packs.iterdir())) == len(MAILS)

    done = pack(now=LATER)

    assert (done.moved, done.removed, done.troubles) == (len(MAILS), 0, [])
    assert list(blobs.get_many(keys)) == MAILS
    # The packs of before go with the next night: a backup may be looking for them.
    again = pack(now=LATER)
    assert (again.moved, again.removed) == (0, len(MAILS))
    assert len(list(packs.iterdir())) == 1
    assert list(blobs.get_many(keys)) == MAILS


def test_a_pack_that_is_written_to_or_was_today_stays_as_it_is(packs: Path) -> None:
    blobs.put(MAILS[0])
    assert pack(now=LATER).moved == 0

    close_packs()
    (file,) = packs.iterdir()
    os.utime(file, (MONDAY.timestamp(), MONDAY.timestamp()))

    assert pack(now=MONDAY + timedelta(hours=23)).moved == 0
    assert pack(now=MONDAY + timedelta(hours=25)).moved == 1


def test_bytes_that_no_row_names_are_swept_out(packs: Path) -> None:
    stores.store().append([b"written, and then the process died" * 99])
    kept = blobs.put(MAILS[0])
    close_packs()
    size = sum(file.stat().st_size for file in packs.iterdir())

    freed = pack(now=LATER).freed + pack(now=LATER).freed

    assert sum(file.stat().st_size for file in packs.iterdir()) == size - freed < 1000
    assert blobs.get(kept) == MAILS[0]


def test_files_of_their_own_are_taken_in_unless_their_name_lies(tmp_path: Path) -> None:
    key, file = single(tmp_path, MAILS[0])
    liar = file.with_name("f" * 62)
    liar.write_bytes(b"something else")

    assert pack(now=LATER).files == 1

    assert not file.exists()
    assert liar.exists()
    assert blobs.get(key) == MAILS[0]


def test_after_a_rotation_the_old_key_is_not_needed(settings: Any) -> None:
    settings.BLOB_KEYS = ["a" * 32]
    keys = blobs.put_many(MAILS)
    close_packs()
    settings.BLOB_KEYS = ["b" * 32, "a" * 32]

    assert pack(now=LATER, everything=True).moved == len(MAILS)
    pack(now=LATER)

    settings.BLOB_KEYS = ["b" * 32]
    assert list(blobs.get_many(keys)) == MAILS


def test_what_no_key_opens_stays_for_the_day_on_which_it_comes_back(settings: Any) -> None:
    settings.BLOB_KEYS = ["a" * 32]
    locked = blobs.put(MAILS[0])
    settings.BLOB_KEYS = ["b" * 32]
    other = blobs.put(MAILS[1])
    close_packs()

    assert len(pack(now=LATER).troubles) == 1

    assert blobs.get(other) == MAILS[1]
    settings.BLOB_KEYS = ["b" * 32, "a" * 32]
    assert blobs.get(locked) == MAILS[0]


def test_what_is_erased_while_it_is_packed_is_not_copied(packs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, other = blobs.put_many(MAILS[:2])
    close_packs()
    move = packing.index.move

    def erased_meanwhile(moved: Any) -> set[bytes]:
        blobs.erase(key)
        return move(moved)

    monkeypatch.setattr(packing.index, "move", erased_meanwhile)
    pack(now=LATER)

    place = Blob.objects.get()
    file = packs / f"{place.pack:016x}.pack"
    assert place.start > 0
    assert file.read_bytes()[: place.start] == bytes(place.start)
    assert blobs.get(other) == MAILS[1]


def test_a_reader_finds_what_moved_under_its_eyes() -> None:
    keys = blobs.put_many(MAILS[:2])
    close_packs()
    reading = blobs.get_many(keys)
    pack(now=LATER)
    pack(now=LATER)

    assert list(reading) == MAILS[:2]


def test_the_check_names_what_is_wrong(packs: Path, settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    good, damaged, lost = blobs.put_many(MAILS[:3])
    (file,) = packs.iterdir()
    altered = bytearray(file.read_bytes())
    altered[index.find([bytes.fromhex(damaged)])[bytes.fromhex(damaged)].start + 30] ^= 1
    file.write_bytes(altered)
    Blob.objects.filter(pk=bytes.fromhex(lost)).update(pack=77)

    assert commands.check(None) == 1  # type: ignore[arg-type]

    said = capsys.readouterr().out
    assert f"{damaged} damaged" in said
    assert f"{lost} missing" in said
    assert good not in said
    assert said.endswith("1 damaged, 3 kept, 1 missing\n")


def test_a_key_that_could_be_guessed_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    from samehand.config import env

    monkeypatch.setenv("SAMEHAND_BLOB_KEYS", "short")

    with pytest.raises(SystemExit, match="32 letters") as refusal:
        env.keys("SAMEHAND_BLOB_KEYS")
    assert "short" not in str(refusal.value)


def test_the_commands_are_there() -> None:
    assert {"blobs check", "blobs pack", "blobs rotate", "blobs erase"} <= set(cli.COMMANDS)
