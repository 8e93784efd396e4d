"""A subscriber's mail as bytes, in the manner of his mail program."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from random import Random

from samehand.core.trust import Check, Evidence, Policy
from samehand.demo.cast import Subscriber
from samehand.demo.pictures import paper, screenshot
from samehand.demo.wording import quoted, without_accents

# Our own mail server, which looks at each mail before it hands it to us.
SERVER = "mx.fala.example"
NO, YES, UNKNOWN = "fail", "pass", "none"
FORMAL_ENDINGS = ("Z poważaniem", "Z wyrazami szacunku")


@dataclass(frozen=True, slots=True)
class Answered:
    """The mail that is answered; `line` stands above its quoted text."""

    message_id: str
    references: Sequence[str]
    text: str
    line: str


def proof_of(person: Subscriber) -> str:
    """What our server finds out about his mail: some write from domains that publish nothing."""
    return UNKNOWN if zlib.crc32(person.address.encode()) % 14 == 0 else YES


def found(address: str, proof: str) -> Evidence:
    """The same as it is kept beside the mail."""
    domain = address.rpartition("@")[2]
    signed = (Check("pass", domain),) if proof == YES else ()
    return Evidence(dkim=signed, dmarc=Check(proof, domain), policy=_policy(proof), by=SERVER)


def _policy(proof: str) -> Policy | None:
    return Policy("reject") if proof == NO else None


def _said(address: str, proof: str) -> str:
    domain = address.rpartition("@")[2]
    signed = f"; dkim=pass header.d={domain}" if proof == YES else ""
    asks = " (p=reject)" if proof == NO else ""
    return f"{SERVER}{signed}; dmarc={proof}{asks} header.from={domain}"


def new_id(dice: Random, person: Subscriber) -> str:
    return f"<{dice.getrandbits(80):020x}@{person.address.rpartition('@')[2]}>"


def own_words(person: Subscriber, text: str) -> str:
    """The text with the writer's signature, in his spelling."""
    if text.endswith(FORMAL_ENDINGS):
        signed = f"{text}\n{person.name}"
    else:
        signed = f"{text}\n\n{person.signs}" if person.signs else text
    return without_accents(signed) if person.plain else signed


def letter(
    dice: Random,
    person: Subscriber,
    *,
    to: str,
    subject: str,
    text: str,
    at: datetime,
    message_id: str,
    answered: Answered | None = None,
    attach: str = "",
    headers: Sequence[tuple[str, str]] = (),
    proof: str = "",
) -> bytes:
    """The whole mail, `text` as its writer's own words; `at` is in the writer's zone."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(person.shown_name, addr_spec=person.address)
    mail["To"] = to
    mail["Subject"] = without_accents(subject) if person.plain else subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message_id
    if answered:
        mail["In-Reply-To"] = answered.message_id
        mail["References"] = " ".join([*answered.references, answered.message_id])
    for name, value in headers:
        mail[name] = value
    mail["Authentication-Results"] = _said(person.address, proof or proof_of(person))
    _write_body(mail, person, text, answered)
    if attach == "pdf":
        mail.add_attachment(paper("Zaswiadczenie"), maintype="application", subtype="pdf", filename="zaświadczenie.pdf")
    elif attach:
        mail.add_attachment(screenshot(dice), maintype="image", subtype="png", filename="zrzut ekranu.png")
    _mark_parts(mail, dice)
    return mail.as_bytes()


def _mark_parts(mail: EmailMessage, dice: Random) -> None:
    # The library would throw dice of its own when it writes the mail.
    for part in mail.walk():
        if part.is_multipart():
            part.set_boundary(f"=_{dice.getrandbits(64):016x}")


def _write_body(mail: EmailMessage, person: Subscriber, text: str, answered: Answered | None) -> None:
    below = f"\n\n{answered.line}\n{quoted(answered.text)}" if answered else ""
    charset = "iso-8859-2" if person.old and _fits(text + below) else "utf-8"
    mail.set_content(f"{text}{below}\n", charset=charset)
    if person.html:
        mail.add_alternative(_formatted(text, answered), subtype="html")


def _fits(text: str) -> bool:
    try:
        text.encode("iso-8859-2")
    except UnicodeEncodeError:
        return False
    return True


def _formatted(text: str, answered: Answered | None) -> str:
    below = ""
    if answered:
        quote = _paragraphs(answered.text)
        below = (
            f'<div class="gmail_quote"><div dir="ltr" class="gmail_attr">{escape(answered.line)}<br></div>'
            f'<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">'
            f"{quote}</blockquote></div>"
        )
    return f'<html><body><div dir="ltr">{_paragraphs(text)}</div>{below}</body></html>\n'


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in text.split("\n\n"))
