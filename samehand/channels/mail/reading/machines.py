"""Mail that no person wrote: automatic answers, lists, and notices that our own mail did not arrive."""

from __future__ import annotations

import re

from samehand.channels.mail.reading.addresses import found_in, mailboxes, normal
from samehand.channels.mail.reading.bodies import Body, content_of
from samehand.channels.mail.reading.charsets import header_text
from samehand.channels.mail.reading.tree import Node

_AUTOMATIC_SUBJECT = re.compile(
    r"\s*(?:automatyczna odpowied[źz]|autoodpowied[źz]|odpowied[źz] automatyczna|automatic reply|auto[- ]?reply|"
    r"auto[- ]?response|autoresponder|out of (?:the )?office|poza biurem|nieobecno[śs][ćc]:|jestem nieobecn|urlop:|"
    r"automatische antwort|abwesenheitsnotiz|réponse automatique|\[auto[- ]?reply\]|auto:|vacation reply|away from)",
    re.IGNORECASE,
)
_ROBOTS = ("mailer-daemon", "postmaster", "mailerdaemon", "mail-daemon", "mdaemon", "mailsweeper")
_BOUNCE_SUBJECT = re.compile(
    r"(?:undeliver(?:ed|able)|delivery (?:status notification|failure|has failed|failed|reports?|problem)|"
    r"mail delivery (?:failed|failure|subsystem|system|error)|returned mail|failure notice|delivery notification|"
    r"mail (?:system )?error|non[- ]?delivery|unzustellbar|undelivered mail|message (?:undeliverable|delivery failure|not delivered)|"
    r"nie (?:można|mozna) dostarczyć|niedostarczon|zwrot (?:poczty|wiadomości)|could not (?:be delivered|send)|"
    r"user unknown|unknown user|mail status report|bounced? (?:mail|message)|rejected|failed mail|mail failure|"
    r"unable to deliver|address (?:not found|unknown)|délivr|non remis|warning: (?:could not send|message))",
    re.IGNORECASE,
)
_RECIPIENT = re.compile(
    rb"^(final|original)-recipient[ \t]*+:[ \t]*+(?:[a-z0-9_-]+[ \t]*+;)?[ \t]*+([^\r\n]{1,400}+)", re.IGNORECASE | re.MULTILINE
)
_ACTION = re.compile(rb"^action[ \t]*+:[ \t]*+([a-z]++)", re.IGNORECASE | re.MULTILINE)
_FAILED_TEXT = re.compile(
    r"(?:following (?:address|recipient|mail)|could not be delivered|could not deliver|wasn't able to deliver|"
    r"unable to deliver|not be delivered|permanent fatal errors|failed (?:permanently|addresses|recipients)|delivery to the|"
    r"undeliverable|user unknown|unknown user|no such user|nie (?:można|mozna|udało się) dostarczyć|nie zostala dostarczona|"
    r"nie została dostarczona|this user doesn't have|mailbox (?:unavailable|full|not found)|does not exist|over quota|"
    r"unrouteable|550[ -]5\.|550 |554 |552 |recipient'?s? (?:address|mailbox|server))",
    re.IGNORECASE,
)


def auto_submitted(root: Node, subject: str) -> bool:
    """No person pressed "send" for this one. A word to others not to answer automatically
    (X-Auto-Response-Suppress) does not make it so, and neither do the marks of a mailing list."""
    word = root.raw("auto-submitted")[:100].split(b";")[0].strip().lower()
    if word:
        return word != b"no"
    fields = root.fields
    if any(name in fields for name in ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply-from")):
        return root.raw("x-autoreply")[:10].strip().lower() != b"no"
    if root.raw("precedence")[:50].strip().lower() in (b"bulk", b"junk", b"auto_reply", b"auto-reply"):
        return not _from_a_list(root)
    return bool(_AUTOMATIC_SUBJECT.match(subject[:200]))


def _from_a_list(root: Node) -> bool:
    return "list-id" in root.fields or "list-unsubscribe" in root.fields or "list-post" in root.fields


def bounce(root: Node, body: Body, sender: str, subject: str) -> bool:
    """A notice that mail was not (or not yet) delivered."""
    if _is_report(root):
        return _failed(body)
    if "x-failed-recipients" in root.fields:
        return True
    empty = root.raw("return-path").replace(b" ", b"") == b"<>"
    robot = sender.partition("@")[0] in _ROBOTS
    return (robot or empty) and bool(_BOUNCE_SUBJECT.search(subject[:300])) and not _is_auto_reply(root, subject)


def _is_report(root: Node) -> bool:
    return root.kind == "multipart/report" and root.params.get("report-type", "").lower() == "delivery-status"


def _is_auto_reply(root: Node, subject: str) -> bool:
    return root.raw("auto-submitted")[:30].strip().lower() == b"auto-replied" and bool(_AUTOMATIC_SUBJECT.match(subject))


def _failed(body: Body) -> bool:
    """A report says that something failed or is delayed; one that only says "delivered" or "relayed" is a receipt."""
    actions = {action.lower() for status in _statuses(body) for action in _ACTION.findall(status)}
    return not actions or bool(actions - {b"delivered", b"relayed", b"expanded"})


def _statuses(body: Body) -> list[bytes]:
    return [
        content_of(leaf)[:200_000]
        for _, leaf in body.attachments[:20]
        if leaf.kind in ("message/delivery-status", "message/global-delivery-status")
    ]


def bounce_recipients(root: Node, body: Body, text: str) -> tuple[str, ...]:
    """The addresses that were not reached, as far as the notice says."""
    found = [normal(address) for address in _reported(body)]
    if not found:
        for raw in root.fields.get("x-failed-recipients", []):
            found += [address for _, address in mailboxes(raw)]
    if not found:
        found = _spoken_of(text, root)
    return tuple(dict.fromkeys(address for address in found if "@" in address))


def _reported(body: Body) -> list[str]:
    original: list[str] = []
    final: list[str] = []
    for status in _statuses(body):
        # One block per recipient; an address that went through is not a failed one.
        for block in status.replace(b"\r\n", b"\n").split(b"\n\n")[:2_000]:
            action = _ACTION.search(block)
            if action and action[1].lower() in (b"delivered", b"relayed", b"expanded"):
                continue
            for which, raw in _RECIPIENT.findall(block):
                address = header_text(raw).strip(" \t<>\"")
                (final if which.lower() == b"final" else original).append(address)
    return [one for one in final if "@" in one] or original


def _spoken_of(text: str, root: Node) -> list[str]:
    """The words of old servers: an address near "could not be delivered", before the quoted mail begins."""
    own = {address for name in ("from", "to") for raw in root.fields.get(name, [])[:3] for _, address in mailboxes(raw)[:5]}
    lines = _notice(text)
    found: list[str] = []
    for at, line in enumerate(lines):
        if "@" not in line:
            continue
        near = " ".join(lines[max(0, at - 4) : at + 3])
        if line.lstrip()[:1] == "<" or _FAILED_TEXT.search(near):
            found += [address for address in found_in(line) if address not in own]
    return list(dict.fromkeys(found))[:20]


def _notice(text: str) -> list[str]:
    lines: list[str] = []
    for line in text.split("\n")[:120]:
        low = line[:80].strip().lower()
        if low.startswith(("received:", "return-path:", "message-id:")) or "this is a copy of" in low or "original message" in low:
            break
        lines.append(line[:500])
    return lines
