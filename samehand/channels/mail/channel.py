"""The mail channel: bytes to Arrival, Dispatch to bytes, bytes to the customer's server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from samehand.channels.mail import composing
from samehand.channels.mail.composing import File, Person, Quoted, Words
from samehand.channels.mail.reading import html_and_insides, letter_inside, part_bytes, read_mail
from samehand.channels.mail.sending import send
from samehand.channels.mail.showing import Shown, safe_html
from samehand.channels.mail.signing.keys import keys_for
from samehand.channels.mail.signing.signer import signed
from samehand.core.arrivals import Arrival, Remark
from samehand.core.dispatches import Dispatch, Said

__all__ = ["compose", "formatted", "letter_inside", "part_bytes", "read", "send"]


def read(raw: bytes, received_at: datetime, envelope: dict[str, Any]) -> Arrival:
    arrival = read_mail(raw)
    cut = envelope.get("cut")
    return replace(arrival, remarks=(Remark("cut", cut), *arrival.remarks)) if cut else arrival


def formatted(raw: bytes, *, images: bool, address: Callable[[bytes], str], elsewhere: Callable[[str], str]) -> Shown:
    """The mail's HTML made harmless; a picture inside the mail gets the address that `address` makes of its bytes, one
    from elsewhere what `elsewhere` makes of its own."""
    html, inside = html_and_insides(raw)
    return safe_html(
        html,
        images=images,
        cid_url=lambda cid: address(inside[cid]()) if cid in inside else "",
        remote_url=elsewhere,
    )


def compose(dispatch: Dispatch) -> bytes:
    """The answer as a mail in the customer's language."""
    with override(dispatch.language):
        usual = _("%(name)s from %(operator)s") % {"name": dispatch.author, "operator": settings.OPERATOR}
        footer = _("Your case, its history and our promise: %(url)s") % {"url": dispatch.page_url}
        asks = _asks(dispatch.outcome_url) if dispatch.outcome_url else []
        history = [_quoted(said) for said in dispatch.history]
    sender = Person(dispatch.sender_address, dispatch.sender_name or usual)
    raw = composing.compose(
        sender=sender,
        to=Person(dispatch.recipient, dispatch.recipient_name),
        reply_to=Person(dispatch.reply_to, sender.name),
        subject=dispatch.subject,
        words=Words(
            text=dispatch.text,
            greeting=dispatch.greeting,
            closing=dispatch.closing,
            asks=asks,
            footer=footer if dispatch.page_url else "",
            history=history,
            language=dispatch.language,
            title=dispatch.subject,
        ),
        date=timezone.localtime(dispatch.at),
        message_id=dispatch.message_id,
        in_reply_to=dispatch.in_reply_to,
        references=dispatch.references,
        files=[File(file.name, file.content_type, file.content) for file in dispatch.files],
        automatic=dispatch.automatic,
    )
    return signed(raw, keys_for(sender.address), dispatch.at)


def _asks(url: str) -> list[str]:
    """Links to pages that ask once more: whatever reads mails by itself follows links."""
    return [
        _("Did it help? Tell us here: %(url)s") % {"url": f"{url}/helped"},
        _("Does it still not work? Tell us here: %(url)s") % {"url": f"{url}/failed"},
    ]


def _quoted(said: Said) -> Quoted:
    moment = timezone.localtime(said.at)
    when = {"day": date_format(moment, "j E Y"), "clock": date_format(moment, "H:i"), "name": said.by}
    # The form by which mail programs, ours included, know where the quote begins.
    return Quoted(_("On %(day)s at %(clock)s %(name)s wrote:") % when, said.text)
