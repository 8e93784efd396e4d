"""The customer's page as a channel: what was typed there, kept as JSON, becomes an Arrival.

The bytes are `{"token", "form", "language", "text", "files": [{"name", "content_type", "data"}]}`; `form` is the
number of the one form that was sent, `data` the file in base64. No `send`: answers leave by mail.
"""

from __future__ import annotations

import base64
import binascii
import json
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop

from samehand.core.arrivals import Arrival, Part, Unreadable

DAMAGED = gettext_noop("It is not a message from the customer's page.")


def read(raw: bytes, received_at: datetime, envelope: dict[str, Any]) -> Arrival:
    """The customer's words and files, for the case that the page's token names."""
    said = _parsed(raw)
    text = _string(said, "text").replace("\x00", "").strip()
    files = tuple(_part(index, file) for index, file in enumerate(_files(said)))
    if not text and not files:
        raise Unreadable(gettext_noop("It has neither text nor files."))
    return Arrival(
        date=received_at,
        text=text,
        reply_text=text,
        attachments=files,
        charset="utf-8",
        language=_string(said, "language"),
        case_token=_string(said, "token"),
    )


def part_bytes(raw: bytes, index: int) -> tuple[Part, bytes]:
    """One file of the form, counted from 0, and its bytes."""
    files = _files(_parsed(raw))
    if not 0 <= index < len(files):
        raise Unreadable(f"It has no file {index}.")
    return _part(index, files[index]), _data(files[index])


def _parsed(raw: bytes) -> dict[str, Any]:
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        raise Unreadable(DAMAGED) from None
    if not isinstance(said, dict):
        raise Unreadable(DAMAGED)
    return said


def _string(said: dict[str, Any], key: str) -> str:
    value = said.get(key)
    if not isinstance(value, str):
        raise Unreadable(DAMAGED)
    return value


def _files(said: dict[str, Any]) -> list[dict[str, Any]]:
    files = said.get("files", [])
    if not isinstance(files, list) or not all(isinstance(file, dict) for file in files):
        raise Unreadable(DAMAGED)
    return files


def _part(index: int, file: dict[str, Any]) -> Part:
    return Part(
        index=index,
        name=_string(file, "name").replace("\x00", ""),
        content_type=_string(file, "content_type"),
        size=len(_data(file)),
    )


def _data(file: dict[str, Any]) -> bytes:
    try:
        return base64.b64decode(_string(file, "data"), validate=True)
    except binascii.Error:
        raise Unreadable(DAMAGED) from None
