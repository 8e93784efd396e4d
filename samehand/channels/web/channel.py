"""Our own pages as a channel: what was typed on the customer's page or into the contact form becomes an Arrival.

The bytes are JSON. Of the customer's page: `{"token", "form", "language", "text", "files": [{"name", "content_type",
"data"}]}`; `form` is the number of the one form that was sent, `data` the file in base64. With `"kind": "contact"` it
is the form of `contact`. No `send`: answers leave by mail.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop

from samehand.channels.web import contact
from samehand.channels.web.pieces import data, files, parsed, part, parts, string, text
from samehand.core.arrivals import Arrival, Part, Unreadable


def read(raw: bytes, received_at: datetime, envelope: dict[str, Any]) -> Arrival:
    """The customer's words and files, for the case that the page's token names, or for a new one."""
    said = parsed(raw)
    arrival = contact.read(said, received_at) if said.get("kind") == contact.KIND else _of_page(said, received_at)
    if not arrival.text and not arrival.attachments:
        raise Unreadable(gettext_noop("It has neither text nor files."))
    return arrival


def _of_page(said: dict[str, Any], received_at: datetime) -> Arrival:
    words = text(said, "text")
    return Arrival(
        date=received_at,
        text=words,
        reply_text=words,
        attachments=parts(said),
        charset="utf-8",
        language=string(said, "language"),
        case_token=string(said, "token"),
        in_reply_to=string(said, "answers") if "answers" in said else "",
    )


def part_bytes(raw: bytes, index: int) -> tuple[Part, bytes]:
    """One file of the form, counted from 0, and its bytes."""
    found = files(parsed(raw))
    if not 0 <= index < len(found):
        raise Unreadable(f"It has no file {index}.")
    return part(index, found[index]), data(found[index])
