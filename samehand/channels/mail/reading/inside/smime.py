"""S/MIME: what a signed envelope holds, who signed, and whether the signature fits. Encrypted ones stay shut.

Whether the certificate deserves trust is not asked: a signature says that the words were not altered since, and by
which certificate, not that a customer wrote them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.x509 import load_der_x509_certificate

MAX_ENVELOPE = 60_000_000
# Real envelopes come in pieces of a kilobyte or more; ten million tiny ones would hold the parser for minutes.
MAX_PIECES = 50_000
# A nest of lengths that promise more than there is costs a parser its stack.
_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError, MemoryError)

FITS, BROKEN, UNKNOWN = "fits", "broken", "unknown"


@dataclass(frozen=True, slots=True)
class Signed:
    """`content` is what was signed, None where it stands beside the signature. `state`: FITS, BROKEN, or UNKNOWN when
    it cannot be told. `signer` is the name or address in the certificate, `issuer` who vouches for it."""

    content: bytes | None
    state: str = UNKNOWN
    signer: str = ""
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Sealed:
    """Encrypted: nobody here has the key."""


def opened(raw: bytes, beside: bytes | None = None) -> Signed | Sealed | None:
    """The envelope, or None for bytes that are none; `beside` is what a detached signature speaks of."""
    if not raw.startswith(b"\x30") or len(raw) > MAX_ENVELOPE or not _few_pieces(raw):
        return None
    # Only for the few mails that bring one: it takes 6 MB.
    from asn1crypto import cms

    try:
        info = cms.ContentInfo.load(raw)
        kind = info["content_type"].native
        if kind in ("enveloped_data", "authenticated_enveloped_data", "encrypted_data"):
            return Sealed()
        return _signed(info["content"], beside) if kind == "signed_data" else None
    except _BROKEN:
        return None


def _few_pieces(raw: bytes) -> bool:
    """One step for each header of the encoding, into what is made of pieces and over what is not."""
    at = 0
    for _piece in range(MAX_PIECES):
        if at + 2 > len(raw):
            return True
        made_of_pieces, length = raw[at] & 0x20, raw[at + 1]
        at += 2
        if length > 0x80:
            size = length & 0x7F
            length = int.from_bytes(raw[at : at + size], "big")
            at += size
        at += 0 if made_of_pieces or length == 0x80 else length
    return False


def _signed(data: Any, beside: bytes | None) -> Signed:
    held = data["encap_content_info"]["content"]
    content = _octets(held)
    try:
        infos = data["signer_infos"]
        if not len(infos):
            return Signed(content)
        certificate = _certificate(data, infos[0])
        state = _state(infos[0], certificate, content if content is not None else beside)
        return Signed(content, state, *_names(certificate))
    except (*_BROKEN, UnsupportedAlgorithm):
        return Signed(content)


def _octets(held: Any) -> bytes | None:
    content = held.native if held is not None else None
    return content if isinstance(content, bytes) else None


def _certificate(data: Any, info: Any) -> Any:
    """The signer's certificate among those that came along; None when it did not."""
    wanted = info["sid"]
    for choice in data["certificates"]:
        one = choice.chosen
        if wanted.name == "issuer_and_serial_number":
            named = wanted.chosen
            if one.serial_number == named["serial_number"].native and one.issuer == named["issuer"]:
                return one
        elif one.key_identifier == wanted.native:
            return one
    return None


def _names(certificate: Any) -> tuple[str, str]:
    if certificate is None:
        return "", ""
    subject, issuer = certificate.subject.native, certificate.issuer.native
    others = certificate.subject_alt_name_value.native if certificate.subject_alt_name_value else []
    addresses = [address for address in others if isinstance(address, str)]
    who = " ".join(str(word) for word in (subject.get("common_name"), *addresses[:1]) if word)
    by = issuer.get("common_name") or issuer.get("organization_name") or ""
    return who or str(subject.get("email_address", "")), str(by)


def _state(info: Any, certificate: Any, content: bytes | None) -> str:
    if certificate is None or content is None:
        return UNKNOWN
    name = info["digest_algorithm"]["algorithm"].native
    attributes = info["signed_attrs"]
    signed = content
    if attributes.native:
        told = next((one["values"][0].native for one in attributes if one["type"].native == "message_digest"), None)
        if told != hashlib.new(name, content, usedforsecurity=False).digest():
            return BROKEN
        # The attributes are signed as a SET, and stand in the envelope under a tag of their own.
        signed = b"\x31" + attributes.dump()[1:]
    return FITS if _fits(certificate, info["signature"].native, signed, info, name) else BROKEN


def _fits(certificate: Any, signature: bytes, signed: bytes, info: Any, name: str) -> bool:
    key: Any = load_der_x509_certificate(certificate.dump()).public_key()
    digest = getattr(hashes, name.upper())()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, signed, _padding(info, digest), digest)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, signed, ec.ECDSA(digest))
        elif isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(signature, signed)
        else:
            raise UnsupportedAlgorithm("a key that we do not know")
    except InvalidSignature:
        return False
    return True


def _padding(info: Any, digest: hashes.HashAlgorithm) -> Any:
    algorithm = info["signature_algorithm"]
    if algorithm["algorithm"].native == "rsassa_pss":
        return padding.PSS(padding.MGF1(digest), algorithm["parameters"]["salt_length"].native)
    return padding.PKCS1v15()
