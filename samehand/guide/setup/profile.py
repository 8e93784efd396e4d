"""A configuration profile for iPhones and iPads: the access point in one tap.

Apple, "Configuration Profile Reference", payload com.apple.cellular. The same operator and access point give the same
UUIDs, so that a profile that is installed again takes the place of the one before.
"""

from __future__ import annotations

import plistlib
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key, pkcs7
from django.conf import settings

from samehand.guide.setup.making import Setup

CONTENT_TYPE = "application/x-apple-aspen-config"


class NoProfile(Exception):
    """The device takes no profile."""


class NotSigned(Exception):
    """Certificate or key of the settings cannot be used."""


def profile(setup: Setup) -> bytes:
    """The profile, signed when the settings name a certificate; raises `NoProfile`, `NotSigned`."""
    if not setup.has_profile:
        raise NoProfile(setup.skin)
    plain = plistlib.dumps(_content(setup), sort_keys=False)
    return _signed(plain) if settings.PROFILE_CERTIFICATE else plain


def _content(setup: Setup) -> dict[str, Any]:
    english, name = setup.language == "en", setup.access.name
    identifier = ".".join([*reversed(settings.ADDRESS.rpartition("@")[2].split(".")), "apn"])
    about = (
        f"Sets up the internet of {name} (access point {setup.access.apn}). It changes nothing else."
        if english
        else f"Ustawia internet {name} (punkt dostępu {setup.access.apn}). Niczego więcej nie zmienia."
    )
    return {
        "PayloadContent": [_cellular(setup, identifier)],
        "PayloadDescription": about,
        "PayloadDisplayName": f"{name}: internet",
        "PayloadIdentifier": identifier,
        "PayloadOrganization": name,
        "PayloadRemovalDisallowed": False,
        "PayloadType": "Configuration",
        "PayloadUUID": _uuid(identifier, "profile"),
        "PayloadVersion": 1,
    }


def _cellular(setup: Setup, identifier: str) -> dict[str, Any]:
    point: dict[str, Any] = {"Name": setup.access.apn, "AuthenticationType": "PAP"}
    if setup.access.user:
        point |= {"Username": setup.access.user, "Password": setup.access.password}
    return {
        "AttachAPN": dict(point),
        "APNs": [point],
        "PayloadDescription": "APN",
        "PayloadDisplayName": f"{setup.access.name} APN",
        "PayloadIdentifier": f"{identifier}.cellular",
        "PayloadType": "com.apple.cellular",
        "PayloadUUID": _uuid(identifier, "cellular"),
        "PayloadVersion": 1,
    }


def _uuid(identifier: str, what: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"{identifier}/{what}")).upper()


def _signed(plain: bytes) -> bytes:
    try:
        first, *others = x509.load_pem_x509_certificates(Path(settings.PROFILE_CERTIFICATE).read_bytes())
        key = load_pem_private_key(Path(settings.PROFILE_KEY).read_bytes(), None)
        builder = pkcs7.PKCS7SignatureBuilder().set_data(plain).add_signer(first, key, SHA256())  # type: ignore[arg-type]
        for other in others:
            builder = builder.add_certificate(other)
        return builder.sign(Encoding.DER, [pkcs7.PKCS7Options.Binary])
    except (OSError, ValueError, TypeError) as trouble:
        raise NotSigned(str(trouble)) from None
