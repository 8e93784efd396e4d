"""Who says that he wrote the mail, and what is odd with how he says it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from samehand.channels.mail.reading.addresses import found_in, is_group, mailboxes
from samehand.channels.mail.reading.tree import Fields, Node

# In this order: who says that he wrote, who sent it, where he wants answers, where refusals go.
_SENDERS = ("from", "sender", "reply-to", "return-path")
# Signs that look like "@" in a name beside the true address.
_AT_SIGNS = str.maketrans("＠﹫", "@@")


@dataclass(frozen=True, slots=True)
class Sender:
    """`doubt` is a word of `core.arrivals.Arrival.from_doubt`."""

    name: str = ""
    address: str = ""
    doubt: str = ""


def sender(root: Node, defects: list[str]) -> Sender:
    found = sender_of(root.fields)
    if len(root.fields.get("from", ())) > 1:
        defects.append("The mail has several From headers; the first one counts.")
    elif found.doubt == "several":
        defects.append("The From header names several people; the first one counts.")
    if not found.address:
        defects.append("The mail does not say who sent it.")
    return found


def sender_of(fields: Fields) -> Sender:
    """The one identity of the writer: the first mailbox of From, else of what stands in for it."""
    local = Sender()
    for field in _SENDERS:
        for raw in fields.get(field, ())[:3]:
            boxes = mailboxes(raw)
            if not boxes:
                continue
            one = Sender(*boxes[0])
            if "@" in one.address:
                return replace(one, doubt=_doubt(one, fields)) if _odd(fields, field, boxes, one) else one
            # A name without a domain ("root", "MAILER-DAEMON") is taken only when nobody else is named.
            local = local if local.address else one
    return replace(local, doubt="no_from")


def _odd(fields: Fields, field: str, boxes: list[tuple[str, str]], one: Sender) -> bool:
    """Whether it is worth a closer look; nearly all mail has one From with one plain mailbox."""
    values = fields[field]
    name = one.name.translate(_AT_SIGNS)
    return field != "from" or len(values) > 1 or len(boxes) > 1 or "@" in name or b":" in values[0]


def _doubt(one: Sender, fields: Fields) -> str:
    values = fields.get("from", [])
    written = {address for raw in values[:20] for _, address in mailboxes(raw)}
    if len(written) > 1:
        return "several"
    if one.address not in written:
        return "no_from"
    if len(values) > 1:
        return "repeated"
    if is_group(values[0]):
        return "group"
    others = [address for address in found_in(one.name.translate(_AT_SIGNS)) if address != one.address]
    return "name" if others else ""
