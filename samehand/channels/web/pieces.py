"""What the payloads of our own pages are made of; every piece that is not as we write it makes the whole unreadable."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from django.utils.translation import gettext_noop

from samehand.core.arrivals import Part, Unreadable

DAMAGED = gettext_noop("It is not a message from the customer's page.")


def parsed(raw: bytes) -> dict[str, Any]:
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        raise Unreadable(DAMAGED) from None
    if not isinstance(said, dict):
        raise Unreadable(DAMAGED)
    return said


def string(said: dict[str, Any], key: str) -> str:
    value = said.get(key)
    if not isinstance(value, str):
        raise Unreadable(DAMAGED)
    return value


def text(said: dict[str, Any], key: str) -> str:
    """The words without what the database cannot keep."""
    return string(said, key).replace("\x00", "").strip()


def files(said: dict[str, Any]) -> list[dict[str, Any]]:
    found = said.get("files", [])
    if not isinstance(found, list) or not all(isinstance(file, dict) for file in found):
        raise Unreadable(DAMAGED)
    return found


def parts(said: dict[str, Any]) -> tuple[Part, ...]:
    return tuple(part(index, file) for index, file in enumerate(files(said)))


def part(index: int, file: dict[str, Any]) -> Part:
    return Part(
        index=index,
        name=string(file, "name").replace("\x00", ""),
        content_type=string(file, "content_type"),
        size=len(data(file)),
    )


def data(file: dict[str, Any]) -> bytes:
    try:
        return base64.b64decode(string(file, "data"), validate=True)
    except binascii.Error:
        raise Unreadable(DAMAGED) from None
