"""The receipt: "we have your mail, Ania answers by 14:32". Nothing of the mail is in it, neither words nor names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from samehand.cases import queries
from samehand.cases.actions.locking import Joined, locked
from samehand.cases.channels import channel
from samehand.cases.jobs import send_soon
from samehand.cases.keys import signer
from samehand.cases.models import Case, Delivery, Message
from samehand.cases.senders import sender_for
from samehand.cases.waiting_for import Offer, offer_of
from samehand.core.dispatches import Dispatch
from samehand.core.receipts import DAY, HOUR, Asked, may_go
from samehand.lib import blobs
from samehand.lib.events import Fact, record
from samehand.lib.spoken import by, when
from samehand.people import notices
from samehand.people.models import NoticeKind, SendingAddress
from samehand.people.queries import service_hours, undeliverable, why_later
from samehand.people.telling import told

# Any number, the same in every process: the caps are counted by one after the other.
COUNTING = 7_001_236
# Two things may go wrong at once; a receipt is no newspaper.
SAID_AT_MOST = 2


def send_receipts(*, message_ids: Sequence[int], now: datetime) -> int:
    """A receipt for each of the mails that opened a case, where one may go; returns how many."""
    if not service_hours().receipts:
        return 0
    return sum(_send(message_id, now) for message_id in message_ids)


@transaction.atomic
def _send(message_id: int, now: datetime) -> bool:
    message = Message.objects.filter(pk=message_id, direction=Message.Direction.IN, auto_submitted=False).first()
    if not message or message.third_party:
        return False
    try:
        case = locked(message.case_id)
    except Joined:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [COUNTING])
    if case.messages.filter(direction=Message.Direction.OUT).exists() or not may_go(_asked(message, case, now), now):
        return False
    receipt = _written(case, message, now)
    Delivery.objects.create(
        message=receipt, recipient=message.from_address, queued_at=now, next_try_at=now, automatic=True
    )
    send_soon(receipt.pk)
    record([Fact("case.receipted", case.pk, case.owner_id, {"message": receipt.pk})], now=now)
    return True


def _asked(message: Message, case: Case, now: datetime) -> Asked:
    sent = Delivery.objects.filter(automatic=True)
    return Asked(
        at=message.at,
        due_at=message.due_at,
        trust=message.trust,
        answered_before=case.customer.served_at is not None,
        reachable=not undeliverable([message.from_address]).exists(),
        sent_to_him=sent.filter(recipient=message.from_address, queued_at__gt=now - DAY).count(),
        sent_over_all=sent.filter(queued_at__gt=now - HOUR).count(),
    )


def _written(case: Case, asked: Message, now: datetime) -> Message:
    ours = sender_for(case)
    offer = offer_of(case, now)
    with override(case.language):
        subject, text = _words(case, asked, offer, now)
        text = "\n\n".join([*_notices(asked, now), text])
    receipt = Message.objects.create(
        case=case,
        direction=Message.Direction.OUT,
        channel="mail",
        at=now,
        from_name=settings.OPERATOR,
        from_address=ours.address,
        to=[asked.from_address],
        reply_to=[queries.reply_address(case, ours.address)],
        subject=subject,
        text=text,
        reply_text=text,
        auto_submitted=True,
    )
    domain = ours.address.rpartition("@")[2]
    receipt.message_id = signer().message_id(case.reference, str(receipt.pk), domain)
    receipt.blob = blobs.put(channel("mail").compose(_dispatch(case, receipt, ours, with_page=offer is not None)))
    receipt.save(update_fields=["message_id", "blob"])
    return receipt


def _words(case: Case, asked: Message, offer: Offer | None, now: datetime) -> tuple[str, str]:
    until = by(asked.due_at, now) if asked.due_at else ""
    said = {"until": until, "name": case.owner.first_name if case.owner else ""}
    promise = _("%(name)s will answer %(until)s.") if case.owner and not offer else _("We will answer %(until)s.")
    subject = _("We have your message (%(reference)s)") % {"reference": case.reference}
    text = f"{_('We have your message.')} {promise % said}"
    if offer:
        back = {**said, "when": when(offer.back.at, now)}
        # What chooses is a button on the page, never a link in a mail: scanners of mails follow links.
        text += "\n\n" + _("%(name)s is back %(when)s. On the page of your case you can choose to wait.") % back
    return subject, text


def _notices(asked: Message, now: datetime) -> list[str]:
    """What is going on, and what makes this answer later than usual; said first, because it is what she asks about."""
    known = notices.known(now)
    moving = why_later(asked.at, asked.due_at, now, known) if asked.due_at else []
    running = [one for one in notices.current(now, known) if one.starts_at <= now and one.kind != NoticeKind.NEWS]
    found = list(dict.fromkeys([*running, *moving]))[:SAID_AT_MOST]
    zone = ZoneInfo(service_hours().zone) if found else None
    said = [f"{one.title}. {one.text}".strip() for one in told(found, now, zone)] if zone else []
    if moving:
        said[-1] += " " + _("That is why our answer takes longer than usual.")
    return said


def _dispatch(case: Case, receipt: Message, ours: SendingAddress, *, with_page: bool) -> Dispatch:
    return Dispatch(
        recipient=receipt.to[0],
        recipient_name="",
        sender_address=ours.address,
        author="",
        subject=receipt.subject,
        text=receipt.text,
        at=receipt.at,
        message_id=receipt.message_id,
        # His Message-ID is his text as well.
        in_reply_to="",
        references=(),
        reply_to=receipt.reply_to[0],
        page_url=queries.page_url(case) if with_page else "",
        language=case.language,
        sender_name=settings.OPERATOR,
        automatic=True,
    )
