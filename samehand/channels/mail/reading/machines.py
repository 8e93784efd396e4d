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
_MARKS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply-from", "x-auto-response-from")
_LIST_MARKS = ("list-id", "list-unsubscribe", "list-post", "x-mailing-list", "mailing-list", "x-beenthere")
_LIST_SENDER = re.compile(rb"\bowner-|-(?:owner|bounces?|admin|request|errors)\b", re.IGNORECASE)
# What vacation programs of Polish and other mailboxes say first: thanks for a mail, and that nobody is there.
_THANKS = re.compile(
    r"dzi[ęe]kuj\w* za (?:\w++ ){0,2}(?:wiadomo|mail|e-mail|maila|korespondencj|kontakt)|"
    r"wiadomość (?:wygenerowan\w+|wysłan\w+) automatycznie|to jest automatyczn|"
    r"automatyczna (?:odpowied|wiadomo)|thank you for (?:your|the) (?:e-?mail|message)|"
    r"thanks for (?:your|the) (?:e-?mail|message)|this is an auto\w*|automatic (?:reply|response)"
)
_ABSENT = re.compile(
    r"urlop|nieobecn|poza biurem|nie ma mnie|będę (?:dostępn\w+|ponownie|z powrotem)|bede dostepn|wracam|"
    r"odpowiem po|odpisz[ęe] po|po powrocie|w pilnych sprawach|zwolnieni|out of (?:the )?office|"
    r"on (?:holiday|vacation|leave)|away (?:from|until)|will be back|limited access|upon my return|"
    r"when i return|automat"
)
_FIRST_LINES = 400


def auto_submitted(root: Node, subject: str) -> bool:
    """No person pressed "send" for this one. A word to others not to answer automatically
    (X-Auto-Response-Suppress) does not make it so, and neither do the marks of a mailing list."""
    word = root.raw("auto-submitted")[:100].split(b";")[0].strip().lower()
    if word:
        return word != b"no"
    if any(mark in root.fields for mark in _MARKS):
        return root.raw("x-autoreply")[:10].strip().lower() != b"no"
    if root.kind == "multipart/report" and b"disposition-notification" in root.raw("content-type")[:1_000].lower():
        return True
    if root.raw("precedence")[:50].strip().lower() in (b"bulk", b"junk", b"auto_reply", b"auto-reply"):
        return not _through_a_list(root)
    # Customers write "Urlop: brak internetu" as well: a subject counts only where the mail answers one.
    return ("in-reply-to" in root.fields or "references" in root.fields) and automatic_subject(subject)


def _through_a_list(root: Node) -> bool:
    """Lists mark all that goes through them, and people write to lists."""
    marked = any(mark in root.fields for mark in _LIST_MARKS)
    return marked or bool(_LIST_SENDER.search(root.raw("sender")[:500]))


def automatic_subject(subject: str) -> bool:
    return bool(_AUTOMATIC_SUBJECT.match(subject[:200]))


def sounds_automatic(root: Node, subject: str, text: str) -> bool:
    """Nothing in its header says so, but it speaks as vacation notes do. People speak so, too: this alone makes nobody
    a machine."""
    if automatic_subject(subject) or "x-auto-response-suppress" in root.fields or "x-loop" in root.fields:
        return True
    beginning = text[:_FIRST_LINES].lower()
    return bool(_ABSENT.search(beginning)) and bool(_THANKS.search(beginning))


def silent(root: Node) -> bool:
    """It wants no answer, not even a bounce: its sender on the envelope is empty."""
    return root.raw("return-path").replace(b" ", b"") == b"<>"
