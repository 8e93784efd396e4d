"""Mail that a machine wrote by itself: the marks of RFC 3834 and of habit."""

from __future__ import annotations

import re

from samehand.channels.mail.reading.tree import Node

_AUTOMATIC_SUBJECT = re.compile(
    r"\s*(?:automatyczna odpowied[źz]|autoodpowied[źz]|odpowied[źz] automatyczna|automatic reply|auto[- ]?reply|"
    r"auto[- ]?response|autoresponder|out of (?:the )?office|poza biurem|nieobecno[śs][ćc]\b|jestem nieobecn|"
    r"automatische antwort|abwesenheitsnotiz|réponse automatique|\[auto[- ]?reply\]|vacation reply)",
    re.IGNORECASE,
)
_MARKS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply-from")
_LIST_MARKS = ("list-id", "list-unsubscribe", "list-post")


def auto_submitted(root: Node, subject: str) -> bool:
    """No person pressed "send" for this one. A word to others not to answer automatically
    (X-Auto-Response-Suppress) does not make it so, and neither do the marks of a mailing list."""
    word = root.raw("auto-submitted")[:100].split(b";")[0].strip().lower()
    if word:
        return word != b"no"
    if any(mark in root.fields for mark in _MARKS):
        return root.raw("x-autoreply")[:10].strip().lower() != b"no"
    if root.raw("precedence")[:50].strip().lower() in (b"bulk", b"junk", b"auto_reply", b"auto-reply"):
        return not any(mark in root.fields for mark in _LIST_MARKS)
    # Customers write "Urlop: brak internetu" as well: a subject counts only where the mail answers one.
    return ("in-reply-to" in root.fields or "references" in root.fields) and automatic_subject(subject)


def automatic_subject(subject: str) -> bool:
    return bool(_AUTOMATIC_SUBJECT.match(subject[:200]))
