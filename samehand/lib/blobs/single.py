"""Blobs as they lay before there were packs: a file each, in clear, named by its content. `samehand blobs pack` takes
them into packs."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from samehand.lib.blobs.troubles import BlobMissing


def read(key: str) -> bytes | BlobMissing:
    try:
        return _path(key).read_bytes()
    except FileNotFoundError:
        return BlobMissing(key)


def _path(key: str) -> Path:
    return _root() / key[:2] / key[2:]


def _root() -> Path:
    return Path(settings.BLOBS)
