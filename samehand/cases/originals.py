"""The bytes as they came or went, opened for people: safe HTML, attachments, the source."""

from __future__ import annotations

from collections.abc import Callable

from samehand.cases.channels import Formatted, channel
from samehand.cases.models import Message
from samehand.core.arrivals import Arrival, Part
from samehand.lib import blobs


def raw(message: Message) -> bytes:
    """Raises blobs.BlobMissing for a message that has no bytes (a note, an answer not sent yet)."""
    return blobs.get(message.blob) if message.blob else _missing(message)


def _missing(message: Message) -> bytes:
    raise blobs.BlobMissing(f"message {message.pk}")


def html_of(
    message: Message, *, images: bool, address: Callable[[bytes], str], elsewhere: Callable[[str], str]
) -> Formatted:
    """The message's own formatting, made harmless; `address` makes the address of a picture inside of its bytes,
    `elsewhere` that of a picture from elsewhere, which stay away unless `images`."""
    if not message.html_present:
        raise blobs.BlobMissing(f"message {message.pk} has no formatting")
    return channel(message.channel).formatted(raw(message), images=images, address=address, elsewhere=elsewhere)


def attachment(message: Message, part: int) -> tuple[Part, bytes]:
    return channel(message.channel).part_bytes(raw(message), part)


def letter(message: Message, part: int) -> Arrival:
    """The mail that came as a part of the message. Raises Unreadable for a part that is no mail."""
    return channel(message.channel).letter_inside(raw(message), part)
