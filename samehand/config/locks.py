"""Locks between processes: a locked file is free again when its holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class FileLock:
    """Held by one (`alone`) or by many (`together`); changing from one to the other keeps it held or says no."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def alone(self) -> None:
        fcntl.flock(self._handle, fcntl.LOCK_EX)

    def together(self) -> None:
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def try_alone(self) -> bool:
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        fcntl.flock(self._handle, fcntl.LOCK_UN)

    def close(self) -> None:
        """Free again, and of no more use here."""
        os.close(self._handle)

    def word(self) -> str:
        """What the holder left here for whoever finds the lock taken."""
        return os.pread(self._handle, 200, 0).decode(errors="replace").strip()

    def leave_word(self, text: str) -> None:
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, text.encode(), 0)
