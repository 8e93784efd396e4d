"""The operator's signature on addresses, Message-IDs and links, and references that nobody can guess on."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from functools import cache
from hashlib import sha256

from django.conf import settings

from samehand.core.threads import Signer, new_reference

# The link of a case's page, as it stands under each of our answers.
_LINK = re.compile(r"/s/([a-z0-9-]{1,32}(?:\.[0-9]{1,9})?\.[a-z0-9]{32})(?![a-z0-9])")
MAX_LINKS, MAX_TEXT = 50, 200_000


@cache
def signer() -> Signer:
    return Signer(sha256(b"samehand threads" + settings.SECRET_KEY.encode()).digest())


def fresh_reference() -> str:
    return new_reference(secrets.token_bytes(5))


def bounce_address(from_address: str, message_id: int) -> str:
    """Where bounces of the message come back to, at the address that it is written from."""
    return signer().bounce_address(from_address or settings.ADDRESS, message_id)


def our_domain() -> str:
    return str(settings.ADDRESS).rpartition("@")[2]


def plain(address: str) -> str:
    """The address without what follows its first plus."""
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def ours(address: str, more: Collection[str] = ()) -> bool:
    """Whether the address is one of our own (plus-addresses included): nobody outside writes from it. Patterns with
    a star do not count, half the world has a contact@. `more` are those that administrators added."""
    bare = plain(address)
    return bare in more or bare in {known.lower() for known in (settings.ADDRESS, *settings.ADDRESSES)}


def linked_pages(text: str) -> tuple[tuple[str, int], ...]:
    """The pages that the text links to, as far as the links are ours: the case's reference and the turn of its key."""
    if "/s/" not in text:
        return ()
    found = (signer().page_of(token) for token in _LINK.findall(text.lower()[:MAX_TEXT])[:MAX_LINKS])
    return tuple(dict.fromkeys((reference, turn) for reference, turn in found if reference))
