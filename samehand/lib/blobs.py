"""Bytes kept by their content: `put` is durable when it returns, the same bytes twice are one file."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings


class BlobMissing(Exception):
    """No bytes are kept under that key."""


def put(data: bytes) -> str:
    """Keep `data` and return its key, a SHA-256 in hex. Raises OSError when the disk refuses; nothing is half kept."""
    return put_many([data])[0]


def put_many(batch: Sequence[bytes]) -> list[str]:
    """Keep all of `batch`; a folder that took several files is synced once."""
    keys = [hashlib.sha256(data).hexdigest() for data in batch]
    for key, data in zip(keys, batch, strict=True):
        if not _path(key).exists():
            _write(_path(key), data)
    # Without this the files' bytes survive a power cut but their names may not. Also for bytes that were there
    # already: whoever wrote them may have died before this line.
    for folder in {_path(key).parent for key in keys}:
        _sync_folder(folder)
    return keys


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{secrets.token_hex(8)}")
    try:
        # Buffered on purpose: a bare write may take fewer bytes than given when the disk is nearly full.
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def get(key: str) -> bytes:
    try:
        return _path(key).read_bytes()
    except FileNotFoundError:
        raise BlobMissing(key) from None


def _path(key: str) -> Path:
    return Path(settings.BLOBS) / key[:2] / key[2:]


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
