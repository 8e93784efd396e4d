"""The contact form as a channel: what somebody wrote who showed an address and proved nothing.

The bytes are `{"kind": "contact", "form", "language", "name", "address", "phone", "about", "text", "files", "read"}`;
`files` as of the customer's page, `read` is `[{"problem", "at", "query", "helped"}]`, the articles she had read;
`model`, if there, is the phone that the guide was told of. Who comes from guided questions sends `walk` too:
`{"title", "lines": [[asked, answered]], "tried": [problem#solution], "topic", "urgent"}`; the topic of the end where
she came out, "" when it has none, and whether that end cannot wait. The door walks the tree anew before it says so:
what the browser sends is no more than its answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop

from samehand.channels.web.pieces import DAMAGED, parts, string, text
from samehand.core.arrivals import Arrival, ReadArticle, Remark, Unreadable, Walked

KIND = "contact"
MOST_READ = 20
LONGEST_MODEL = 200
# As long as trees can be.
MOST_LINES, LONGEST_LINE, LONGEST_KEY = 200, 700, 121


def read(said: dict[str, Any], received_at: datetime) -> Arrival:
    """The words and files of somebody who calls himself by this address."""
    address, words = text(said, "address").lower(), text(said, "text")
    if "@" not in address:
        raise Unreadable(gettext_noop("It names no sender: there is nobody to answer."))
    return Arrival(
        from_address=address,
        from_name=text(said, "name"),
        subject=text(said, "about"),
        date=received_at,
        text=words,
        reply_text=words,
        attachments=parts(said),
        charset="utf-8",
        language=string(said, "language"),
        claimed=True,
        read_before=tuple(_read(one, received_at) for one in _list(said)),
        walked=_walked(said["walk"]) if "walk" in said else None,
        remarks=tuple(_remarks(said)),
    )


def _remarks(said: dict[str, Any]) -> Iterator[Remark]:
    if number := text(said, "phone"):
        yield Remark("phone", {"number": number})
    if "model" in said and (model := text(said, "model")[:LONGEST_MODEL]):
        yield Remark("model", {"name": model})


def _list(said: dict[str, Any]) -> list[dict[str, Any]]:
    found = said.get("read", [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Unreadable(DAMAGED)
    return found[:MOST_READ]


def _read(one: dict[str, Any], received_at: datetime) -> ReadArticle:
    helped = one.get("helped")
    return ReadArticle(
        problem=text(one, "problem"),
        at=_moment(string(one, "at"), received_at),
        query=text(one, "query"),
        helped=helped if isinstance(helped, bool) else None,
    )


def _walked(said: Any) -> Walked:
    if not isinstance(said, dict):
        raise Unreadable(DAMAGED)
    lines, tried = said.get("lines", []), said.get("tried", [])
    if not isinstance(lines, list) or not isinstance(tried, list):
        raise Unreadable(DAMAGED)
    return Walked(
        title=text(said, "title"),
        lines=tuple(_line(line) for line in lines[:MOST_LINES]),
        tried=tuple(str(each)[:LONGEST_KEY].replace("\x00", "") for each in tried[:MOST_LINES]),
        topic=text(said, "topic") if "topic" in said else "",
        urgent=said.get("urgent") is True,
    )


def _line(said: Any) -> tuple[str, str]:
    if not isinstance(said, list) or len(said) != 2:
        raise Unreadable(DAMAGED)
    asked, answered = (str(each).replace("\x00", "")[:LONGEST_LINE] for each in said)
    return asked, answered


def _moment(said: str, received_at: datetime) -> datetime:
    """When she read it by her own clock, never later than she wrote."""
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return received_at
    return min(moment, received_at) if moment.tzinfo else received_at
