"""A mail, an HTML page or a plain text, split into own words, quotes and signature, for `samehand mail fold`."""

from __future__ import annotations

from samehand.channels.mail.reading.arrival import words_of
from samehand.channels.mail.reading.bodies import tidy
from samehand.channels.mail.reading.charsets import decoded, html_charset
from samehand.channels.mail.reading.html_text import marked_text
from samehand.channels.mail.reading.structure import unmarked
from samehand.channels.mail.reading.tree import grow
from samehand.core.arrivals import Unreadable
from samehand.core.quotes import Split, split

# A quoted header at the top of a text has none of these; a mail has one of them.
_ONLY_IN_MAILS = {"received", "message-id", "mime-version", "return-path", "content-type", "content-transfer-encoding"}


def folded(raw: bytes, *, html: bool, name: str) -> dict[str, str]:
    """`name` is the file's: what ends in .eml is a mail, what ends in .txt is none."""
    found = _of_html(raw) if html else _of_mail(raw) if _is_mail(raw, name.lower()) else split(_text(raw))
    return {"reply_text": found.reply_text, "folded": found.folded, "signature": found.signature}


def _is_mail(raw: bytes, name: str) -> bool:
    if name.endswith((".eml", ".txt")):
        return name.endswith(".eml")
    return not _ONLY_IN_MAILS.isdisjoint(grow(raw[:100_000], []).fields)


def _of_mail(raw: bytes) -> Split:
    try:
        return words_of(raw)
    except Unreadable:
        return Split("")


def _of_html(raw: bytes) -> Split:
    return split(*unmarked(marked_text(decoded(raw, html_charset(raw))[0])))


def _text(raw: bytes) -> str:
    return tidy(decoded(raw, "")[0])
