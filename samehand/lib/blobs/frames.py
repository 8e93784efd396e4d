"""A blob as it lies in a pack: compressed, then encrypted (AES-256-GCM) and bound to the key that it is asked by.

1 byte version · 4 bytes: which key · 12 bytes nonce · the rest with its tag
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from functools import cache
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from samehand.lib.blobs.troubles import BlobDamaged, BlobLocked

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# Its own purpose, so that the key which signs links and addresses opens no mail.
PURPOSE = b"samehand: kept bytes"
VERSION = b"\x01"
KEY, NONCE = slice(1, 5), slice(5, 17)
HEAD = 17
# Measured on mail, a fifth of it with pictures: the quick level takes 30 microseconds a mail, the thorough one 105 and
# a quarter less room. A door is quick; who packs at night has time.
QUICK, THOROUGH = -1, 3


def sealed(blobs: Iterable[tuple[bytes, bytes]], level: int = QUICK) -> list[bytes]:
    """A frame for each (key, bytes), with the newest key of the settings."""
    name, box = next(iter(_boxes().items()))
    press = zstd.ZstdCompressor(level=level)
    return [_frame(name, box, key, press.compress(data, press.FLUSH_FRAME)) for key, data in blobs]


def _frame(name: bytes, box: AESGCM, key: bytes, small: bytes) -> bytes:
    nonce = os.urandom(12)
    return VERSION + name + nonce + box.encrypt(nonce, small, key)


def opened(key: bytes, frame: bytes) -> bytes:
    """The bytes of the frame. Raises BlobLocked when none of the settings' keys is the frame's, BlobDamaged when it
    was altered or belongs to another key."""
    if frame[:1] != VERSION:
        raise BlobDamaged(key.hex())
    box = _boxes().get(frame[KEY])
    if box is None:
        raise BlobLocked(key.hex())
    try:
        return zstd.decompress(box.decrypt(frame[NONCE], frame[HEAD:], key))
    except (InvalidTag, zstd.ZstdError):
        raise BlobDamaged(key.hex()) from None


def _boxes() -> dict[bytes, AESGCM]:
    return _derived((*settings.BLOB_KEYS, settings.SECRET_KEY))


@cache
def _derived(secrets: tuple[str, ...]) -> dict[bytes, AESGCM]:
    keys = [HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode()) for secret in secrets]
    return {sha256(PURPOSE + key).digest()[:4]: AESGCM(key) for key in keys}
