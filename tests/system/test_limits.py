"""Nobody fills the disk through the pages: a body that is too large is refused before it is written down."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from samehand.config.limits import FILES, FORM, limited

CHUNK = b"x" * 1024 * 1024


def answer(path: str, size: int, *, announced: bool) -> tuple[int, int]:
    """The status, and how many bytes the application behind the limit got to see."""
    left, seen, said = size, 0, []

    async def receive() -> dict[str, Any]:
        nonlocal left
        body = CHUNK[:left]
        left -= len(body)
        return {"type": "http.request", "body": body, "more_body": left > 0}

    async def send(message: Any) -> None:
        said.append(message.get("status"))

    async def app(_scope: Any, take: Any, say: Any) -> None:
        nonlocal seen
        more = True
        while more:
            message = await take()
            seen, more = seen + len(message["body"]), message["more_body"]
        await say({"type": "http.response.start", "status": 200})

    headers = [(b"content-length", str(size).encode())] if announced else []
    asyncio.run(limited(app)({"type": "http", "path": path, "headers": headers}, receive, send))
    return said[0], seen


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/account/login/", FORM),
        ("/i18n/setlang/", FORM),
        ("/desk/cases/7Q/note", FORM),
        ("/desk/cases/7Q/reply", FILES),
        ("/s/7Q-token", FILES),
    ],
)
def test_each_address_takes_what_it_needs_and_no_more(path: str, limit: int) -> None:
    assert answer(path, limit, announced=True) == (200, limit)
    assert answer(path, limit + 1, announced=True) == (413, 0)
    status, seen = answer(path, 3 * limit, announced=False)
    assert status == 413
    assert seen <= limit
