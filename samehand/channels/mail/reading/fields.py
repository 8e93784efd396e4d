"""Header fields as values: subject, ids, date."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from samehand.channels.mail.reading.charsets import header_text
from samehand.channels.mail.reading.guesses import mended
from samehand.channels.mail.reading.text import one_line
from samehand.channels.mail.reading.tree import Node
from samehand.channels.mail.reading.words import decode_words

# The id is an indexed column, and nobody's mailer writes longer ones.
MAX_ID = 500
MAX_REFERENCES = 100
_ID = re.compile(r"<([^<>]{1,2000}+)>")
_SPACE = re.compile(r"\s+")


def subject(root: Node, defects: list[str]) -> str:
    written = decode_words(header_text(root.raw("subject")))
    meant = mended(written)
    if meant is not written:
        defects.append("The subject was encoded twice; it is shown as it was meant.")
    return one_line(meant)


def message_id(root: Node) -> str:
    """The Message-ID in its <>, folds inside it repaired; '' when there is none that can be used."""
    text = header_text(root.raw("message-id")[:4_000])
    found = _ID.search(text)
    return _as_id(found[1] if found else text.strip("<> \t"))


def in_reply_to(root: Node) -> list[str]:
    """The ids that stand in In-Reply-To; addresses and words that old programs write there are no ids."""
    return ids(root.raw("in-reply-to"))


def references(root: Node) -> list[str]:
    found = ids(root.raw("references"))
    # A thread's beginning and its last steps are what joins it.
    return found if len(found) <= MAX_REFERENCES else found[:20] + found[20 - MAX_REFERENCES :]


def ids(raw: bytes) -> list[str]:
    text = header_text(raw[:200_000])
    inside = _ID.findall(text)
    if not inside:
        inside = [word for word in re.split(r"[\s,<>]+", text) if "@" in word[1:-1]] if len(text) < 5_000 else []
        inside = [] if '"' in text or "(" in text else inside
    found = (_as_id(one) for one in inside)
    return list(dict.fromkeys(one for one in found if one))


def _as_id(inside: str) -> str:
    inside = _SPACE.sub("", one_line(inside))
    return f"<{inside}>" if inside and len(inside) <= MAX_ID else ""


def date(root: Node) -> datetime | None:
    """When the writer says that he wrote; None for a date that cannot be true."""
    text = header_text(root.raw("date")[:200])
    if not text:
        return None
    try:
        moment = parsedate_to_datetime(one_line(decode_words(text)))
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment if 1980 <= moment.astimezone(UTC).year <= 2100 else None
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return _iso(text)


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment if 1980 < moment.year < 2100 else None
