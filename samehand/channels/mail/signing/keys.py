"""The keys that sign our mail: made here, kept sealed, published by the operator in the domain's DNS."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.db import transaction

from samehand.channels.mail.models import DkimKey
from samehand.channels.mail.signing.signer import Key
from samehand.lib.seal import seal

BITS = 2048
# What one string of a TXT record holds (RFC 1035, 3.3).
STRING = 255


def keys_for(address: str) -> list[Key]:
    """The keys in use of the address's domain, else of the nearest domain above it; for DMARC they speak of it, too."""
    domains = with_domains_above(address.rpartition("@")[2].lower())
    rows = list(DkimKey.objects.filter(domain__in=domains, in_use=True).order_by("kind"))
    nearest = max((row.domain for row in rows), key=len, default="")
    return [Key(row.domain, row.selector, row.sealed_private) for row in rows if row.domain == nearest]


def with_domains_above(domain: str) -> list[str]:
    labels = domain.split(".")
    return [".".join(labels[at:]) for at in range(max(1, len(labels) - 1))]


@transaction.atomic
def make(*, domain: str, selector: str, kind: str, now: datetime) -> DkimKey:
    """A new key. The first one of its kind signs at once; one that shall follow another waits until it is `use`d,
    because its record has to be published first."""
    private = rsa.generate_private_key(65537, BITS) if kind == "rsa" else ed25519.Ed25519PrivateKey.generate()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return DkimKey.objects.create(
        domain=domain,
        selector=selector,
        kind=kind,
        sealed_private=seal(pem),
        public=_public(private),
        in_use=not DkimKey.objects.filter(domain=domain, kind=kind, in_use=True).exists(),
        made_at=now,
    )


@transaction.atomic
def use(key: DkimKey) -> None:
    """From now on this key signs for its domain. The old one's record has to stay published for a week."""
    DkimKey.objects.filter(domain=key.domain, kind=key.kind).update(in_use=False)
    DkimKey.objects.filter(pk=key.pk).update(in_use=True)


def _public(private: rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey) -> str:
    public = private.public_key()
    if isinstance(public, rsa.RSAPublicKey):
        raw = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    else:
        raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def record(key: DkimKey) -> str:
    """What has to be published, as one text."""
    return f"v=DKIM1; k={key.kind}; p={key.public}"


def zone_line(key: DkimKey) -> str:
    """The line of a zone file; a long record is several strings, which resolvers join."""
    return f"{key.name}. IN TXT {' '.join(_strings(record(key)))}"


def _strings(text: str) -> Sequence[str]:
    return [f'"{text[at : at + STRING]}"' for at in range(0, len(text), STRING)]
