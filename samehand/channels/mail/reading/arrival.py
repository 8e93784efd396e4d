"""From the tree of a mail to what the cases want to know of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from django.utils.translation import gettext_noop

from samehand.channels.mail.reading import bodies, bounces, fields, machines, notices
from samehand.channels.mail.reading.addresses import addresses
from samehand.channels.mail.reading.inside import armour, opening
from samehand.channels.mail.reading.language import written_in
from samehand.channels.mail.reading.senders import sender
from samehand.channels.mail.reading.structure import unmarked
from samehand.channels.mail.reading.tree import Node, grow
from samehand.core.arrivals import INSIDE, Arrival, Part, Remark, Unreadable, outer
from samehand.core.quotes import Hints, Split, split

MAX_ATTACHMENTS = 1_000
# The languages of our answers; the first one where nothing else is known.
ANSWERED = ("pl", "en")
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read_mail(raw: bytes) -> Arrival:
    """What the mail says. Raises Unreadable, with the reason, for bytes that are no mail; never anything else."""
    root, defects = _tree(raw)
    body = bodies.sort_out(root)
    remarks = opening.unpack(root, body) if body.attachments else []
    marked, charset = bodies.text_and_charset(body, defects)
    text, hints = unmarked(marked)
    if not root.fields and not _is_prose(raw, text):
        raise Unreadable(gettext_noop("The bytes have no mail header and no readable text."))
    who = sender(root, defects)
    subject = fields.subject(root, defects)
    answered = fields.in_reply_to(root)
    written = written_in(text or subject)
    bounced = bounces.bounce(root, body, who.address, who.name, subject, text)
    return Arrival(
        from_address=who.address,
        from_name=who.name,
        from_doubt=who.doubt,
        to=addresses(root.fields.get("to", [])),
        cc=addresses(root.fields.get("cc", [])),
        reply_to=addresses(root.fields.get("reply-to", [])),
        subject=subject,
        date=fields.date(root),
        message_id=fields.message_id(root),
        in_reply_to=answered[0] if answered else "",
        references=_references(root, answered),
        text=text,
        reply_text=_own_words(text, hints).reply_text,
        html_present=any(leaf.kind == "text/html" for leaf, _ in body.texts),
        attachments=_attachments(body, defects),
        auto_submitted=bounced or machines.auto_submitted(root, subject),
        sounds_automatic=machines.sounds_automatic(root, subject, text),
        silent=machines.silent(root),
        bounce=bounced,
        bounce_recipients=bounces.bounce_recipients(root, body, text) if bounced else (),
        notice=notices.notice(body, subject, text) if bounced else None,
        charset=charset[:100],
        language=written if written in ANSWERED else ANSWERED[0],
        written_in=written,
        remarks=_remarks(remarks, text, defects),
        defects=tuple(dict.fromkeys(defects)),
    )


def words_of(raw: bytes) -> Split:
    """The mail's text, split. Raises Unreadable as `read_mail` does."""
    root, _ = _tree(raw)
    body = bodies.sort_out(root)
    if body.attachments:
        opening.unpack(root, body)
    text, hints = unmarked(bodies.text_and_charset(body, [])[0])
    return _own_words(text, hints)


def _own_words(text: str, hints: Hints | None) -> Split:
    plain = armour.without_armour(text)
    # The hints count the lines of a text without armour.
    return split(plain, hints) if plain is text else split(plain)


def part_bytes(raw: bytes, index: int) -> tuple[Part, bytes]:
    """The attachment that Part.index names, and its content. Raises Unreadable when there is no such part."""
    root, _ = _tree(raw)
    found = next((leaf for at, leaf in bodies.sort_out(root).attachments if at == outer(index)), None)
    found = opening.file_inside(found, index % INSIDE) if index >= INSIDE and found else found
    if found is None:
        raise Unreadable(f"The mail has no attachment number {index}.")
    return bodies.part_of(index, found), bodies.content_of(found)


def letter_inside(raw: bytes, index: int) -> Arrival:
    """The mail that was forwarded as a part; its attachments are numbered so that `part_bytes` finds them. Raises
    Unreadable when that part is no mail."""
    part, content = part_bytes(raw, index)
    if part.content_type not in opening.LETTERS or index >= INSIDE:
        raise Unreadable(f"The attachment number {index} is no mail.")
    letter = read_mail(content)
    own = (one for one in letter.attachments if one.index < INSIDE)
    numbered = (replace(one, index=(index + 1) * INSIDE + one.index) for one in own)
    return replace(letter, attachments=tuple(numbered))


def html_of(raw: bytes) -> str:
    """The decoded HTML of the message; '' when it has none or cannot be read."""
    try:
        root, _ = _tree(raw)
    except Unreadable:
        return ""
    return bodies.html(_body(root))


def html_and_insides(raw: bytes) -> tuple[str, dict[str, Callable[[], bytes]]]:
    """The decoded HTML as `html_of` gives it, and what decodes each part that it may show, by Content-ID."""
    try:
        root, _ = _tree(raw)
    except Unreadable:
        return "", {}
    body = _body(root)
    parts = [(bodies.part_of(index, leaf), leaf) for index, leaf in body.attachments[:MAX_ATTACHMENTS]]
    return bodies.html(body), {
        part.content_id: partial(bodies.content_of, leaf) for part, leaf in parts if part.content_id
    }


def _tree(raw: bytes) -> tuple[Node, list[str]]:
    if not raw or raw.isspace():
        raise Unreadable(gettext_noop("The mail is empty."))
    defects: list[str] = []
    return grow(raw, defects), defects


def _body(root: Node) -> bodies.Body:
    body = bodies.sort_out(root)
    opening.unpack(root, body)
    return body


def _remarks(found: list[Remark], text: str, defects: list[str]) -> tuple[Remark, ...]:
    pgp = armour.armoured(text)
    remarks = [*found, Remark(pgp)] if pgp and pgp not in {one.kind for one in found} else found
    if any(one.kind in opening.SEALED for one in remarks):
        defects.append("The mail is encrypted; we cannot open it.")
    return tuple(remarks)


def _is_prose(raw: bytes, text: str) -> bool:
    """Text, not the inside of a file: mostly letters and spaces in its beginning, and nothing that no keyboard has."""
    sample = text[:2_000]
    good = sum(1 for letter in sample if letter.isalnum() or letter.isspace())
    return good * 2 > len(sample) and "\ufffd" not in sample and not _NO_TEXT.search(raw[:8_000])


def _references(root: Node, answered: list[str]) -> tuple[str, ...]:
    """References, and the further ids that some writers put into In-Reply-To."""
    found = fields.references(root)
    return tuple(dict.fromkeys(found + answered[1:] if len(answered) > 1 else found))


def _attachments(body: bodies.Body, defects: list[str]) -> tuple[Part, ...]:
    if len(body.attachments) > MAX_ATTACHMENTS:
        defects.append(f"The mail has {len(body.attachments)} attachments; the first {MAX_ATTACHMENTS} are shown.")
    return tuple(bodies.part_of(index, leaf) for index, leaf in body.attachments[:MAX_ATTACHMENTS])
