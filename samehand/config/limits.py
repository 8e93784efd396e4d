"""How much may be sent to us: Django would write the whole of it to the disk before anybody looks at it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.template.loader import render_to_string

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Any, Any, Any], Awaitable[None]]

WITH_FILES = re.compile(r"/s/.+|/pl/kontakt/|/en/contact/|/desk/cases/[^/]+/reply")
FILES = 40 * 1024 * 1024
FORM = 2 * 1024 * 1024


class TooLarge(Exception):
    """More has come than the address takes."""


def limited(app: App) -> App:
    """Answer 413 instead of `app` as soon as it is known that a request's body is too large."""

    async def within(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await app(scope, receive, send)
        limit = FILES if WITH_FILES.fullmatch(scope["path"]) else FORM
        try:
            if _announced(scope) > limit:
                raise TooLarge
            await app(scope, _counted(receive, limit), send)
        except TooLarge:
            await _refuse(send)

    return within


def _announced(scope: Scope) -> int:
    said = dict(scope["headers"]).get(b"content-length", b"0")
    return int(said) if said.isdigit() else 0


def _counted(receive: Receive, limit: int) -> Receive:
    left = limit

    async def counting() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise TooLarge
        return message

    return counting


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/html; charset=utf-8")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": render_to_string("413.html").encode()})
