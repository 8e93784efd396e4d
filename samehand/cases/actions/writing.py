"""An answer is put into words and bytes: from which address, under which subject, with what was said before."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Left

from samehand.cases import queries
from samehand.cases.channels import channel
from samehand.cases.keys import signer
from samehand.cases.models import Attachment, Case, Delivery, Message
from samehand.cases.recipients import CUSTOMER, Recipient
from samehand.cases.senders import sender_for, words_of
from samehand.core.dispatches import CannotBeSent, Dispatch, File, Said
from samehand.core.trust import SURE
from samehand.lib import blobs
from samehand.people.models import SendingAddress, Staff

# What is shown under an answer: so many messages, of each so many letters.
SAID_BEFORE = 6
LETTERS = 20_000
FORGED = "forged"
# Writes down what the answer advises, and says whether it advises anything.
Offering = Callable[[Message], bool]
_ANSWERS = re.compile(r"(?:re|odp|aw|sv|antw)(?:\[\d{1,3}\])?\s?:", re.IGNORECASE)


class NothingToSend(Exception):
    """The answer is blank, or there is no address to send it to."""


def written(
    case: Case,
    author: Staff,
    text: str,
    recipient: Recipient | None,
    *,
    files: Sequence[File] = (),
    sender: str = "",
    offering: Offering | None = None,
    now: datetime,
) -> Message:
    """The answer with its bytes, kept. Raises NothingToSend, also when there is no recipient, and NotOurAddress for a
    `sender` that is none of ours. When what it advises is written down by `offering`, it asks whether that helped."""
    text = text.replace("\x00", "").strip()
    if not text or not recipient:
        raise NothingToSend("Write something first." if recipient else "This customer has no address.")
    ours = sender_for(case, sender)
    message = _message(case, author, ours, recipient.address, text, now)
    message.save()
    asks = bool(offering and offering(message))
    domain = ours.address.rpartition("@")[2]
    message.message_id = signer().message_id(case.reference, str(message.pk), domain)
    mail = channel(message.channel)
    try:
        raw = mail.compose(_dispatch(case, message, ours, recipient, files, asks=asks))
    except CannotBeSent as why:
        raise NothingToSend(str(why)) from why
    message.blob = blobs.put(raw)
    message.save(update_fields=["message_id", "blob"])
    if files:
        Attachment.objects.bulk_create(Attachment.of(message, part) for part in mail.read(raw, now, {}).attachments)
    return message


def _message(case: Case, author: Staff, ours: SendingAddress, recipient: str, text: str, now: datetime) -> Message:
    before = _between_us(case).exclude(message_id="").order_by("at", "id").last()
    return Message(
        case=case,
        direction=Message.Direction.OUT,
        channel="mail",
        author=author,
        at=now,
        from_name=author.first_name,
        from_address=ours.address,
        to=[recipient],
        reply_to=[queries.reply_address(case, ours.address)],
        # Gmail keeps a thread together only under one subject: the one that is answered.
        subject=subject_of((before and before.subject) or case.subject),
        text=text,
        reply_text=text,
        in_reply_to=before.message_id if before else "",
        references=[*before.references, before.message_id] if before else [],
    )


def _dispatch(
    case: Case, message: Message, ours: SendingAddress, recipient: Recipient, files: Sequence[File], *, asks: bool
) -> Dispatch:
    # Somebody else than the customer sees neither his page nor what was said: as if nobody knew who he is.
    is_customer = recipient.kind == CUSTOMER
    trust = _trust_of_writer(case) if is_customer else FORGED
    page_url = "" if trust == FORGED else queries.page_url(case)
    return Dispatch(
        recipient=message.to[0],
        recipient_name=case.customer.name if is_customer else "",
        sender_address=message.from_address,
        sender_name=words_of(ours, "name", case, message.author),
        author=message.from_name,
        subject=message.subject,
        text=message.text,
        at=message.at,
        message_id=message.message_id,
        in_reply_to=message.in_reply_to,
        references=tuple(message.references),
        reply_to=message.reply_to[0],
        page_url=page_url,
        outcome_url=f"{page_url}/tried/{message.pk}" if page_url and asks else "",
        language=case.language,
        history=_said_before(case, message, trust),
        greeting=words_of(ours, "greeting", case, message.author),
        closing=words_of(ours, "closing", case, message.author),
        files=tuple(files),
    )


def _trust_of_writer(case: Case) -> str:
    """How sure it is that the customer's last message is his."""
    last = _between_us(case).filter(direction=Message.Direction.IN).order_by("-at", "-id")
    return last.values_list("trust", flat=True).first() or ""


def _said_before(case: Case, message: Message, trust: str) -> tuple[Said, ...]:
    """The last that the customer and we said in this case, the latest first. Who is surely the customer sees all of it,
    who may be somebody else only what he just wrote himself."""
    if trust == FORGED:
        return ()
    before = _between_us(case).exclude(pk=message.pk).order_by("-at", "-id")
    if trust not in SURE:
        before = before.filter(direction=Message.Direction.IN)
    customer = case.customer.name or message.to[0]
    rows = before.values_list("direction", "from_name", "at", Left("reply_text", LETTERS))
    return tuple(
        Said(f"{name}, {settings.OPERATOR}" if direction == Message.Direction.OUT else customer, at, said)
        for direction, name, at, said in rows[: SAID_BEFORE if trust in SURE else 1]
    )


def _between_us(case: Case) -> QuerySet[Message]:
    """What the customer and we wrote and got: an answer neither quotes nor follows a note, a robot or a stranger."""
    ours = case.messages.exclude(direction=Message.Direction.NOTE).exclude(delivery__state__in=Delivery.NEVER_ARRIVED)
    return ours.filter(auto_submitted=False, third_party=False)


def subject_of(subject: str) -> str:
    """The subject of an answer: never "Re: Odp:"."""
    subject = " ".join(subject.split())
    return subject if _ANSWERS.match(subject) else f"Re: {subject}".strip()
