"""Secrets that must come back in clear (a mailbox's password) are kept sealed with the house's own key."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

# Its own purpose, so that the key which signs links and addresses never opens a password.
PURPOSE = b"samehand: sealed secrets"


class SealBroken(Exception):
    """The secret was sealed with another key, or altered: it has to be typed in again."""


def seal(text: str) -> str:
    """The text encrypted and signed; twice the same text gives two different seals."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text that was sealed. Raises SealBroken when the key has changed or a byte is different."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise SealBroken from None


def _box() -> Fernet:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE)
    return Fernet(base64.urlsafe_b64encode(derive.derive(settings.SECRET_KEY.encode())))
