"""Packs in a folder. A process appends to a pack of its own, one sync for all that it is given at once."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from samehand.lib.blobs.numbers import fresh, name_of, number_of

# A pack is closed when it is full, and when it is old: what is written no more may be packed anew.
FULL = 64 * 1024 * 1024
OLD = 3600.0
ZEROS = bytes(1024 * 1024)


@dataclass(slots=True)
class Pen:
    """The pack that this process appends to. Its lock tells others that somebody does, until the process ends."""

    handle: int
    pack: int
    end: int
    since: float


class Folder:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.packs = root / "packs"
        self.lock = threading.Lock()
        self.pen: Pen | None = None

    def at_hand(self) -> bool:
        """Whether the folder is there at all: a disk that is not mounted is no proof that anything is missing."""
        return self.root.is_dir()

    def append(self, frames: Sequence[bytes]) -> tuple[int, int]:
        """Durable when it returns: the pack and where the first of the frames begins in it."""
        with self.lock:
            pen = self._pen()
            try:
                _write(pen.handle, b"".join(frames))
                os.fdatasync(pen.handle)
            except OSError:
                # A disk that once refused to sync may say yes the next time and have lost the bytes: a new pack.
                with suppress(OSError):
                    os.ftruncate(pen.handle, pen.end)
                self._lay_down()
                raise
            start, pen.end = pen.end, pen.end + sum(map(len, frames))
            return pen.pack, start

    def whole(self, frames: Sequence[bytes]) -> int:
        """A pack of its own for frames that were pressed thoroughly."""
        pen = self._begin(fresh(thorough=True))
        try:
            _write(pen.handle, b"".join(frames))
            os.fsync(pen.handle)
        except OSError:
            self.remove(pen.pack)
            raise
        finally:
            os.close(pen.handle)
        return pen.pack

    def _pen(self) -> Pen:
        pen = self.pen
        if pen and pen.end < FULL and time.monotonic() - pen.since < OLD:
            return pen
        self._lay_down()
        self.pen = self._begin(fresh())
        return self.pen

    def _begin(self, pack: int) -> Pen:
        if not self.packs.is_dir():
            self.packs.mkdir(parents=True, exist_ok=True)
            for folder in (self.root.parent, self.root):
                sync_folder(folder)
        handle = os.open(self._path(pack), os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Without this the bytes survive a power cut but their name may not.
            sync_folder(self.packs)
        except OSError:
            os.close(handle)
            self._path(pack).unlink(missing_ok=True)
            raise
        return Pen(handle, pack, 0, time.monotonic())

    def _lay_down(self) -> None:
        if self.pen:
            os.close(self.pen.handle)
            self.pen = None

    def read(self, pack: int, start: int, size: int) -> bytes | None:
        """None when there is no such pack; fewer bytes when it ends before."""
        with suppress(FileNotFoundError), _opened(self._path(pack), os.O_RDONLY) as handle:
            return os.pread(handle, size, start)
        return None

    def blank(self, pack: int, start: int, size: int) -> None:
        """Overwrite for good, also in a pack that somebody appends to."""
        with suppress(FileNotFoundError), _opened(self._path(pack), os.O_WRONLY) as handle:
            for at in range(start, start + size, len(ZEROS)):
                os.pwrite(handle, ZEROS[: start + size - at], at)
            os.fsync(handle)

    def settled(self, *, since: float) -> dict[int, int]:
        """The sizes of the packs that nobody appends to and nobody wrote to since then (seconds of the epoch)."""
        if not self.packs.is_dir():
            return {}
        found = ((path, path.stat()) for path in self.packs.glob("*.pack"))
        return {number_of(path.name): was.st_size for path, was in found if was.st_mtime <= since and _is_free(path)}

    def remove(self, pack: int) -> None:
        self._path(pack).unlink(missing_ok=True)

    def _path(self, pack: int) -> Path:
        return self.packs / name_of(pack)


def _write(handle: int, data: bytes) -> None:
    # It takes fewer bytes than given when the disk is nearly full.
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _is_free(path: Path) -> bool:
    with _opened(path, os.O_RDONLY) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return False
    return True


def sync_folder(path: Path) -> None:
    with _opened(path, os.O_RDONLY) as handle:
        os.fsync(handle)


@contextmanager
def _opened(path: Path, how: int) -> Iterator[int]:
    handle = os.open(path, how)
    try:
        yield handle
    finally:
        os.close(handle)
