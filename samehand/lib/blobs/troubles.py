"""Why bytes cannot be had."""

from __future__ import annotations


class BlobMissing(Exception):
    """No bytes are kept under that key."""


class BlobLocked(BlobMissing):
    """They are encrypted with a key that the settings do not name."""


class BlobDamaged(BlobMissing):
    """They are not what was kept: the disk or somebody altered them."""


class BlobInUse(Exception):
    """Somebody refers to the bytes: they cannot be erased."""


class StoreAway(BlobMissing, OSError):
    """The store does not answer, so nobody knows what it holds."""
