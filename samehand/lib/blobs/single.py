"""Blobs as they lay before there were packs: a file each, in clear, named by its content. `samehand blobs pack` takes
them into packs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from samehand.lib.blobs.troubles import BlobMissing


def read(key: str) -> bytes | BlobMissing:
    try:
        return _path(key).read_bytes()
    except FileNotFoundError:
        return BlobMissing(key)


def names() -> Iterator[str]:
    for folder in sorted(_root().glob("[0-9a-f][0-9a-f]")):
        yield from (folder.name + file.name for file in sorted(folder.iterdir()) if len(file.name) == 62)


def has(key: str) -> bool:
    return _path(key).exists()


def remove(key: str) -> None:
    _path(key).unlink(missing_ok=True)


def _path(key: str) -> Path:
    return _root() / key[:2] / key[2:]


def _root() -> Path:
    # Beside a bucket they still lie in the data folder.
    return settings.BLOBS if isinstance(settings.BLOBS, Path) else Path(settings.DATA) / "blobs"
