"""Disks that are full, files that cannot be read, commands that are stopped: what is said, and what stays."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from samehand.guide import actions, commands, starting
from samehand.guide.files import Entry, put
from samehand.guide.models import Category, Picture, Problem
from samehand.lib import blobs
from tests.guide.test_commands import Typed, refused, typed
from tests.guide.test_importing import article, root, take, told
from tests.guide.test_pictures import a_picture
from tests.personas import MONDAY

__all__ = ["refused", "root", "typed"]

pytestmark = pytest.mark.django_db


def failing(trouble: BaseException) -> Callable[..., NoReturn]:
    def fail(*_args: Any, **_named: Any) -> NoReturn:
        raise trouble

    return fail


def picture(root: Path, name: str) -> None:
    (root / "pictures").mkdir(exist_ok=True)
    (root / "pictures" / f"{name}.png").write_bytes(a_picture())


def test_the_starter_set_comes_whole_or_not_at_all(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article(root)
    monkeypatch.setattr(starting, "STARTER", root)
    monkeypatch.setattr(actions, "take_starter_trees", failing(RuntimeError("the house is killed here")))

    with pytest.raises(RuntimeError):
        starting.take_starter(now=MONDAY)

    assert starting.is_empty()


def test_a_file_that_cannot_be_read_is_told_once_and_the_others_are_in(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article(root)
    article(root, problem="locked", slug="locked")
    picture(root, "locked")
    (root / "trees").mkdir()
    (root / "trees" / "locked.yaml").write_text("key: locked\n")
    read = Entry.read
    refuse = failing(PermissionError(errno.EACCES, "Permission denied"))
    monkeypatch.setattr(Entry, "read", lambda entry, most: (refuse if entry.key == "locked" else read)(entry, most))

    assert sorted(told(take(root))) == [
        "pictures/locked.png:0: it cannot be read: Permission denied",
        "pl/locked.md:0: it cannot be read: Permission denied",
        "trees/locked.yaml:0: it cannot be read: Permission denied",
    ]
    assert Problem.objects.get().key == "sim-lost"


def test_a_picture_that_the_house_cannot_keep_is_not_blamed_on_the_folder(
    refused: Callable[..., str], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture(root, "card")
    monkeypatch.setattr(blobs, "put", failing(OSError(errno.ENOSPC, "No space left on device")))

    said = refused("import", root)

    assert said == "the house could not keep pictures/card.png: No space left on device; nothing was changed"
    assert not Category.objects.exists()


def test_a_picture_whose_bytes_are_lost_is_left_out_and_the_others_are_written(
    typed: Typed, root: Path, tmp_path: Path
) -> None:
    picture(root, "card")
    picture(root, "lost")
    take(root)
    Picture.objects.filter(name="lost").update(blob="0" * 64)

    code, out, err = typed("export", tmp_path / "out")

    assert (code, out) == (1, "2 files\n")
    assert err == "pictures/lost.png: left out, its bytes cannot be had; `samehand blobs check` says why\n"
    assert (tmp_path / "out" / "pictures" / "card.png").exists()


def test_a_file_that_cannot_be_put_leaves_no_half_one(tmp_path: Path) -> None:
    (tmp_path / "pl" / "a.md").mkdir(parents=True)

    with pytest.raises(OSError):
        put(tmp_path, "pl/a.md", b"text")

    assert [path.name for path in (tmp_path / "pl").iterdir()] == ["a.md"]


def test_a_large_import_says_how_far_it_is(typed: Typed, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article(root)
    article(root, language="en")
    monkeypatch.setattr(commands, "TELL_EVERY", 0.0)

    assert typed("import", root)[2] == "0 of 2 articles ...\n1 of 2 articles ...\n"


def test_an_import_that_is_stopped_says_that_nothing_changed(
    typed: Typed, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article(root)
    monkeypatch.setattr(actions, "take_in", failing(KeyboardInterrupt()))

    assert typed("import", root) == (130, "", "stopped: nothing was changed\n")
    assert not Category.objects.exists()
