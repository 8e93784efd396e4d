"""DKIM: our signature on what leaves (RFC 6376, and RFC 8463 for Ed25519).

Written by hand where dkimpy has it all: dkimpy takes the time of the signature from the clock, so that the same answer
would not be the same bytes, and does RSA in Python, which costs more than all the rest of an answer. The tests let
dkimpy check what we sign.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from samehand.lib.seal import unseal

# Signed once more than they are there: nobody on the way can add another one.
_SEALED = ("from", "to", "subject", "reply-to", "date", "message-id", "in-reply-to", "references", "auto-submitted")
_ONCE = ("mime-version", "content-type", "content-language")
_SPACES = re.compile(rb"[ \t]+")

PrivateKey = RSAPrivateKey | Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class Key:
    domain: str
    selector: str
    sealed_private: str


def signed(raw: bytes, keys: Iterable[Key], at: datetime) -> bytes:
    """The mail under its signatures, one of each key. The same mail signed for the same moment is the same bytes."""
    signatures = b"".join(_signature(raw, key, at) for key in keys)
    return signatures + raw


def _signature(raw: bytes, key: Key, at: datetime) -> bytes:
    head, _blank, body = raw.partition(b"\r\n\r\n")
    headers, private = _headers(head), _private(key.sealed_private)
    names = [*(name for name in (*_SEALED, *_ONCE) if name in headers), *_SEALED]
    algorithm = "rsa" if isinstance(private, RSAPrivateKey) else "ed25519"
    tags = (
        f" v=1; a={algorithm}-sha256; c=relaxed/relaxed; d={key.domain};\r\n s={key.selector}; t={int(at.timestamp())};"
        f"\r\n h={_folded(names)};\r\n bh={_base64(hashlib.sha256(_relaxed_body(body)).digest())};\r\n b="
    )
    said = [*_taken(headers, names), b"dkim-signature:" + _relaxed(tags.encode())]
    mark = _base64(_sign(private, b"\r\n".join(said)))
    pieces = "\r\n ".join(mark[at : at + 70] for at in range(0, len(mark), 70))
    return f"DKIM-Signature:{tags}{pieces}\r\n".encode()


def _headers(head: bytes) -> dict[str, list[bytes]]:
    """By lower-case name, each in its canonical form."""
    found: dict[str, list[bytes]] = defaultdict(list)
    for line in re.split(rb"\r\n(?![ \t])", head):
        name, _colon, value = line.partition(b":")
        lowered = name.strip().lower()
        found[lowered.decode("ascii", "replace")].append(lowered + b":" + _relaxed(value))
    return found


def _taken(headers: dict[str, list[bytes]], names: Sequence[str]) -> list[bytes]:
    """From the last to the first, as the standard counts; a header that is not there gives nothing."""
    left = {name: list(lines) for name, lines in headers.items()}
    return [left[name].pop() for name in names if left.get(name)]


def _relaxed(value: bytes) -> bytes:
    return _SPACES.sub(b" ", value.replace(b"\r\n", b"")).strip(b" ")


def _relaxed_body(body: bytes) -> bytes:
    kept = _SPACES.sub(b" ", body).replace(b" \r\n", b"\r\n").rstrip(b" ")
    while kept.endswith(b"\r\n\r\n"):
        kept = kept.rstrip(b"\r\n") + b"\r\n"
    return b"" if kept in (b"", b"\r\n") else kept if kept.endswith(b"\r\n") else kept + b"\r\n"


def _folded(names: Sequence[str]) -> str:
    lines = [names[at : at + 6] for at in range(0, len(names), 6)]
    return ":\r\n ".join(":".join(line) for line in lines)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _sign(private: PrivateKey, said: bytes) -> bytes:
    if isinstance(private, RSAPrivateKey):
        return private.sign(said, PKCS1v15(), SHA256())
    return private.sign(hashlib.sha256(said).digest())


@lru_cache(maxsize=64)
def _private(sealed: str) -> PrivateKey:
    """To open a seal and to read a key takes longer than to sign with it."""
    key = load_pem_private_key(unseal(sealed).encode(), password=None)
    if not isinstance(key, RSAPrivateKey | Ed25519PrivateKey):
        raise TypeError("DKIM knows RSA and Ed25519 keys.")
    return key
