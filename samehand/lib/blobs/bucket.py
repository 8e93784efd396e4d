"""Packs in a bucket of an object store (S3): what is kept at once is one object, and objects never grow."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from samehand.lib.blobs.numbers import fresh, name_of, number_of
from samehand.lib.blobs.troubles import StoreAway

# A door's sender waits meanwhile; the door itself gives up after a minute.
PATIENCE = Config(connect_timeout=5, read_timeout=20, retries={"mode": "standard", "max_attempts": 2})
ABSENT = {"404", "NoSuchKey"}


class Bucket:
    """`s3://bucket/prefix?endpoint=https://...&region=...`; who we are comes from AWS_ACCESS_KEY_ID and its like."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        query = dict(parse_qsl(parts.query))
        self.prefix = f"{parts.path.strip('/')}/packs/".lstrip("/")
        self.storage = S3Storage(
            bucket_name=parts.netloc,
            endpoint_url=query.get("endpoint"),
            region_name=query.get("region"),
            client_config=PATIENCE,
        )

    def at_hand(self) -> bool:
        try:
            with _told():
                self.storage.connection.meta.client.head_bucket(Bucket=self.storage.bucket_name)
        except StoreAway:
            return False
        return True

    def append(self, frames: Sequence[bytes]) -> tuple[int, int]:
        """Durable when it returns: the pack and where the first of the frames begins in it."""
        pack = fresh()
        self._put(pack, b"".join(frames))
        return pack, 0

    def whole(self, frames: Sequence[bytes]) -> int:
        """A pack of its own for frames that were pressed thoroughly."""
        pack = fresh(thorough=True)
        self._put(pack, b"".join(frames))
        return pack

    def _put(self, pack: int, data: bytes) -> None:
        with _told():
            self._object(pack).put(Body=data)

    def read(self, pack: int, start: int, size: int) -> bytes | None:
        """None when there is no such pack; fewer bytes when it ends before."""
        return self._get(pack, Range=f"bytes={start}-{start + size - 1}")

    def _get(self, pack: int, **how: Any) -> bytes | None:
        try:
            with _told():
                return bytes(self._object(pack).get(**how)["Body"].read())
        except FileNotFoundError:
            return None

    def blank(self, pack: int, start: int, size: int) -> None:
        """Overwrite for good; a bucket that keeps versions keeps the bytes until it forgets the old one."""
        data = bytearray(self._get(pack) or b"")
        data[start : start + size] = bytes(len(data[start : start + size]))
        if data:
            self._put(pack, bytes(data))

    def settled(self, *, since: float) -> dict[int, int]:
        """The sizes of the packs that were not written to since then (seconds of the epoch)."""
        with _told():
            found = list(self.storage.bucket.objects.filter(Prefix=self.prefix))
        return {
            number_of(each.key): each.size
            for each in found
            if each.key.endswith(".pack") and each.last_modified.timestamp() <= since
        }

    def remove(self, pack: int) -> None:
        with _told():
            self._object(pack).delete()

    def _object(self, pack: int) -> Any:
        return self.storage.bucket.Object(self.prefix + name_of(pack))


@contextmanager
def _told() -> Iterator[None]:
    """What the object store says, as a disk would say it."""
    try:
        yield
    except ClientError as trouble:
        code = str(trouble.response.get("Error", {}).get("Code", ""))
        if code in ABSENT:
            raise FileNotFoundError(errno.ENOENT, "no such pack") from None
        raise StoreAway(errno.EIO, f"the object store refuses: {code}") from None
    except BotoCoreError as trouble:
        # Its text names addresses and tokens.
        raise StoreAway(errno.EIO, f"the object store is away: {type(trouble).__name__}") from None
