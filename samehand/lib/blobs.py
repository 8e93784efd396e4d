"""Bytes kept by their content: `put` is durable when it returns, the same bytes twice are one file."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from django.conf import settings


class BlobMissing(Exception):
    """No bytes are kept under that key."""


def put(data: bytes) -> str:
    """Keep `data` and return its key, a SHA-256 in hex. Raises OSError when the disk refuses; nothing is half kept."""
    return put_many([data])[0]


def put_many(batch: Sequence[bytes]) -> list[str]:
    """Keep all of `batch`. The disk is asked for many files at once: it takes them in hardly more time than one."""
    keys = [hashlib.sha256(data).hexdigest() for data in batch]
    missing = {_path(key): data for key, data in zip(keys, batch, strict=True) if not _path(key).exists()}
    drafts: dict[Path, Path] = {}
    try:
        for path, data in missing.items():
            drafts[path] = _draft(path, data)
        _all(_sync, drafts.values())
        for path, draft in drafts.items():
            draft.rename(path)
    except OSError:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
        raise
    # Without this the files' bytes survive a power cut but their names may not. Also for bytes that were there
    # already: whoever wrote them may have died before this line.
    _all(_sync, {_path(key).parent for key in keys})
    return keys


def _draft(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{secrets.token_hex(8)}")
    try:
        # Not os.write: it may take fewer bytes than given when the disk is nearly full.
        draft.write_bytes(data)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    return draft


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _all(do: Callable[[Path], None], paths: Iterable[Path]) -> None:
    for _done in _hands().map(do, paths):
        pass


@cache
def _hands() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=8, thread_name_prefix="blobs")


def get(key: str) -> bytes:
    try:
        return _path(key).read_bytes()
    except FileNotFoundError:
        raise BlobMissing(key) from None


def at_hand() -> bool:
    """Whether the folder is there at all: a disk that is not mounted is no proof that anything is missing."""
    return Path(settings.BLOBS).is_dir()


def _path(key: str) -> Path:
    return Path(settings.BLOBS) / key[:2] / key[2:]
