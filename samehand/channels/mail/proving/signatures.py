"""DKIM (RFC 6376, RFC 8463): whether a domain signed the mail as it is."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from functools import cached_property

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from samehand.channels.mail.proving import canonical
from samehand.channels.mail.proving.heads import Field, Head
from samehand.channels.mail.reading.addresses import ascii_domain
from samehand.core.names import Names

MAX_FIELD, MAX_SIGNED = 20_000, 500
SHORTEST_KEY = 1024
_SIGNATURE = re.compile(rb"(;[ \t\r\n]*b[ \t\r\n]*=)[^;]*", re.IGNORECASE)
_WHO = re.compile(rb"(?:^|;)[ \t\r\n]*([ds])[ \t\r\n]*=([^;]{1,400})")
_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,250}[a-z0-9_])?")
Key = RSAPublicKey | Ed25519PublicKey
Tags = dict[str, str]


class Unusable(Exception):
    """The signature or its key cannot be used: it proves nothing and breaks nothing."""


class Signature:
    """Whose signature it is and where its key lies; `tags` are read when they are asked for."""

    def __init__(self, field: Field, domain: str, selector: str) -> None:
        self.field, self.domain = field, domain
        self.key_name = f"{selector}._domainkey.{domain}"

    @cached_property
    def tags(self) -> Tags:
        return tags_of(self.field.value)


def signature(field: Field) -> Signature | None:
    """None when it does not say who signed."""
    said = dict(_WHO.findall(field.value, 0, MAX_FIELD))
    domain, selector = (_name(said.get(tag, b"")) for tag in (b"d", b"s"))
    return Signature(field, domain, selector) if domain and selector else None


def _name(raw: bytes) -> str:
    name = ascii_domain(raw.decode("utf-8", "replace").strip()).lower()
    return name if _NAME.fullmatch(name) else ""


def tags_of(value: bytes) -> Tags:
    pairs = (tag.partition("=") for tag in value[:MAX_FIELD].decode("utf-8", "replace").split(";"))
    return {name.strip(): "".join(text.split()) for name, _, text in pairs if name.strip()}


def verified(signed: Signature, head: Head, mail: bytes, names: Names, *, now: float) -> str:
    """ "pass", "fail" or "permerror"; raises Away when the key cannot be had. `now` in seconds since 1970."""
    try:
        # The key first: whoever has none must not make us read his 30 MB.
        key = key_of(names.texts(signed.key_name), signed)
        if signed.tags.get("v") != "1" or "from" not in signed_names(signed.tags) or _is_too_old(signed.tags, now):
            return "permerror"
        if body_hash(signed.tags, mail[head.body :]) != bytes_of(signed.tags, "bh"):
            return "fail"
        return "pass" if fits(key, bytes_of(signed.tags, "b"), signed_text(signed, head.fields)) else "fail"
    except Unusable:
        return "permerror"


def key_of(records: Sequence[str], signed: Signature) -> Key:
    """The key that the domain publishes for this signature."""
    if len(records) != 1:
        raise Unusable
    tags = tags_of(records[0].encode())
    services, flags = tags.get("s", "*").split(":"), tags.get("t", "").split(":")
    kind, want = tags.get("k", "rsa"), signed.tags.get("a", "").lower()
    if tags.get("v", "DKIM1") != "DKIM1" or not {"*", "email"} & set(services) or want != f"{kind}-sha256":
        raise Unusable
    if "sha256" not in tags.get("h", "sha256").split(":") or "y" in flags or not _speaks_for(signed, flags):
        raise Unusable
    return _loaded(kind, bytes_of(tags, "p"))


def _speaks_for(signed: Signature, flags: Sequence[str]) -> bool:
    """The identity that is signed for lies in the domain; with the flag "s" it is the domain itself."""
    agent = ascii_domain(signed.tags.get("i", "").rpartition("@")[2]).lower() or signed.domain
    return agent == signed.domain or ("s" not in flags and agent.endswith(f".{signed.domain}"))


def _loaded(kind: str, raw: bytes) -> Key:
    try:
        if kind == "ed25519":
            return Ed25519PublicKey.from_public_bytes(raw)
        key = load_der_public_key(raw)
    except ValueError:
        raise Unusable from None
    if not isinstance(key, RSAPublicKey) or key.key_size < SHORTEST_KEY:
        raise Unusable
    return key


def bytes_of(tags: Tags, name: str) -> bytes:
    try:
        found = base64.b64decode(tags.get(name, ""), validate=True)
    except (binascii.Error, ValueError):
        raise Unusable from None
    if not found:
        raise Unusable
    return found


def forms(tags: Tags) -> tuple[str, str]:
    """How header and body were brought into form."""
    head, _, text = tags.get("c", "simple/simple").lower().partition("/")
    if not {head, text or "simple"} <= {"simple", "relaxed"}:
        raise Unusable
    return head, text or "simple"


def body_hash(tags: Tags, body: bytes) -> bytes:
    text = canonical.body(body, forms(tags)[1])
    if (length := tags.get("l")) and (not length.isdecimal() or int(length[:15]) < len(text)):
        # Anybody may have written what comes behind the signed part.
        raise Unusable
    return hashlib.sha256(text).digest()


def signed_names(tags: Tags) -> list[str]:
    names = tags.get("h", "").lower().split(":")
    if len(names) > MAX_SIGNED:
        raise Unusable
    return names


def signed_text(signed: Signature, fields: Sequence[Field]) -> bytes:
    """The fields that are signed, from the lowest of each name upwards, then the signature without itself."""
    form = forms(signed.tags)[0]
    below: dict[bytes, list[Field]] = {}
    for field in fields:
        if field is not signed.field:
            below.setdefault(field.name, []).append(field)
    text = []
    for name in signed_names(signed.tags):
        if left := below.get(name.encode("utf-8", "replace")):
            field = left.pop()
            text.append(canonical.header(field.name, field.raw, form))
    return b"".join(text) + without_itself(signed.field, form)


def without_itself(field: Field, form: str) -> bytes:
    name, colon, value = field.raw.partition(b":")
    bare = _SIGNATURE.sub(rb"\1", b";" + value, count=1)[1:]
    return canonical.header(field.name, name + colon + bare, form).removesuffix(b"\r\n")


def fits(key: Key, sign: bytes, text: bytes) -> bool:
    try:
        if isinstance(key, Ed25519PublicKey):
            key.verify(sign, hashlib.sha256(text).digest())
        else:
            key.verify(sign, text, PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return True


def _is_too_old(tags: Tags, now: float) -> bool:
    end = tags.get("x", "")
    return end.isdecimal() and int(end[:15]) < now
