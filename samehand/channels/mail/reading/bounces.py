"""Notices that mail of ours did not arrive: is it one, and who was not reached?"""

from __future__ import annotations

import re
from email import message_from_bytes

from samehand.channels.mail.reading.addresses import found_in, mailboxes, normal
from samehand.channels.mail.reading.bodies import Body, content_of
from samehand.channels.mail.reading.charsets import header_text
from samehand.channels.mail.reading.machines import automatic_subject
from samehand.channels.mail.reading.tree import Node

MAX_RECIPIENTS = 50
_SECOND_READS = 60_000
_ROBOTS = {
    "mailer-daemon",
    "postmaster",
    "mailerdaemon",
    "mail-daemon",
    "mdaemon",
    "mailsweeper",
    "mail.delivery.system",
}
_SUBJECT = re.compile(
    r"undeliver(?:ed|able)|delivery (?:status notification|failure|has failed|failed|reports?|problem|"
    r"notification|error)|mail delivery (?:failed|failure|subsystem|system|error)|returned mail|failure (?:notice|"
    r"delivery)|delayed mail|mail (?:system )?error|non[- ]?delivery|unzustellbar|message (?:undeliverable|"
    r"delivery failure|not delivered)|not delivered|nie (?:można|mozna) dostarczyć|niedostarczon|zwrot (?:poczty|"
    r"wiadomości)|user unknown|unknown user|could not (?:be delivered|send)|mail status report|bounced? (?:mail|"
    r"message)|rejected|mail failed|failed mail|mail failure|unable to deliver|address (?:not found|unknown)|"
    r"non remis|warning: (?:could not send|message)",
    re.IGNORECASE,
)
_FAILED = re.compile(
    r"following (?:address|recipient|mail)|could not be delivered|could not deliver|wasn't able to deliver|"
    r"not delivered|unable to deliver|not be delivered|permanent fatal errors|failed (?:permanently|addresses|"
    r"recipients)|delivery to|undeliverable|user unknown|unknown user|no such user|nie (?:można|mozna|"
    r"udało się) dostarczyć|nie zosta[łl]a dostarczona|user doesn't have|mailbox (?:unavailable|full|not found)|"
    r"does not exist|over ?quota|is unavailable|unrouteable|\b55[0-4][ -]|recipient'?s? (?:address|mailbox|"
    r"server)|no valid recipients|delivery has failed|was not delivered|did not exactly match|pas pu etre|"
    r"could not reach|unknown host|failed to deliver|returned an error",
    re.IGNORECASE,
)
_QUOTE_BEGINS = re.compile(
    r"\W*(?:received:|return-path:|message-id:|this is a copy of|(?:your )?original message|message (?:text|header|"
    r"body) (?:follows|removed)|below this line is a copy|unsent message below)",
    re.IGNORECASE,
)
_RECIPIENT = re.compile(
    rb"^(final|original)-recipient[ \t]*+:[ \t]*+(?:[a-z0-9_-]+[ \t]*+;)?[ \t]*+([^\r\n]{1,400}+)",
    re.IGNORECASE | re.MULTILINE,
)
_ACTION = re.compile(rb"^action[ \t]*+:[ \t]*+([a-z]++)", re.IGNORECASE | re.MULTILINE)
_DONE = {b"delivered", b"relayed", b"expanded"}


def bounce(root: Node, body: Body, sender: str, name: str, subject: str, text: str) -> bool:
    """A notice that mail was not, or not yet, delivered. A vacation note or a question back is none."""
    reported = statuses(body)
    robot = sender.partition("@")[0] in _ROBOTS or name.lower().startswith("mail delivery")
    if reported and (robot or root.kind == "multipart/report"):
        return _something_failed(reported)
    if "x-failed-recipients" in root.fields:
        return True
    if _answers_automatically(root, subject):
        return False
    if robot and _FAILED.search(text[:4_000]):
        return True
    silent = root.raw("return-path").replace(b" ", b"") == b"<>"
    if (robot or silent) and _SUBJECT.search(subject[:300]):
        return True
    return robot and bool(second_opinion(root))


def statuses(body: Body) -> list[bytes]:
    """The machine-readable parts of a report."""
    kinds = ("message/delivery-status", "message/global-delivery-status")
    return [content_of(leaf)[:200_000] for _, leaf in body.attachments[:20] if leaf.kind in kinds]


def _something_failed(reported: list[bytes]) -> bool:
    """A report that only says "delivered" or "relayed" is a receipt."""
    actions = {action.lower() for status in reported for action in _ACTION.findall(status)}
    return not actions or bool(actions - _DONE)


def second_opinion(root: Node) -> list[str]:
    """The addresses that flufl.bounce finds by the habits of many old servers. It is asked only about mail that says
    of itself that a mail system wrote it, and reads only the beginning."""
    from flufl.bounce import scan_message

    try:
        found = scan_message(message_from_bytes(root.mail[: root.end][:_SECOND_READS]))
    except Exception:
        # Its detectors trust a bounce to be one ("the first address of From"); an opinion is not worth a mail.
        return []
    return [normal(one.decode("latin-1") if isinstance(one, bytes) else one) for one in list(found)[:MAX_RECIPIENTS]]


def _answers_automatically(root: Node, subject: str) -> bool:
    return root.raw("auto-submitted")[:30].strip().lower() == b"auto-replied" and automatic_subject(subject)


def bounce_recipients(root: Node, body: Body, text: str) -> tuple[str, ...]:
    """The addresses that were not reached, as far as the notice says."""
    found = _reported(statuses(body))
    if not found:
        found = [address for raw in root.fields.get("x-failed-recipients", []) for _, address in mailboxes(raw)]
    if not found:
        found = second_opinion(root) or _spoken_of(text, root)
    return tuple(dict.fromkeys(address for address in found if "@" in address))[:MAX_RECIPIENTS]


def _reported(reported: list[bytes]) -> list[str]:
    found = []
    for status in reported:
        # One block per recipient; an address that went through is not a failed one.
        for block in status.replace(b"\r\n", b"\n").split(b"\n\n")[:2_000]:
            action = _ACTION.search(block)
            if not action or action[1].lower() not in _DONE:
                found.append(_recipient(block))
    return [address for address in found if address]


def _recipient(block: bytes) -> str:
    """The address that we wrote to if the block names it, else the one it ended at."""
    said = {which.lower(): normal(header_text(raw).strip(' \t<>"')) for which, raw in _RECIPIENT.findall(block)}
    original, final = said.get(b"original", ""), said.get(b"final", "")
    return original if "@" in original and "." in original.rpartition("@")[2] else final


def _spoken_of(text: str, root: Node) -> list[str]:
    """The words of old servers: an address near "could not be delivered", before the quoted mail begins."""
    heads = [raw for field in ("from", "to") for raw in root.fields.get(field, [])[:3]]
    own = {address for raw in heads for _, address in mailboxes(raw)[:5]}
    lines = notice_lines(text)
    found: list[str] = []
    for at, line in enumerate(lines):
        near = "@" in line and " ".join(lines[max(0, at - 4) : at + 3])
        if near and (line.lstrip()[:1] == "<" or _FAILED.search(near)):
            found += [address for address in found_in(line) if address not in own and address[:11] != "postmaster@"]
    return list(dict.fromkeys(found))


def notice_lines(text: str) -> list[str]:
    """What the notice itself says, without the mail that it quotes."""
    lines: list[str] = []
    for line in text[:40_000].split("\n")[:120]:
        if _QUOTE_BEGINS.match(line[:100]) and any(map(str.strip, lines)):
            break
        lines.append(line[:500])
    return lines
