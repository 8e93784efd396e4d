"""The customer says by a link or a button what came of an advice. Reading a page says nothing: scanners read all."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import structlog
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from samehand.cases import actions
from samehand.cases.models import Case, Message, Offer, Outcome
from samehand.cases.tried import title_of
from samehand.portal import thread
from samehand.portal.forms import FORM_NUMBER, MAX_TEXT, new_number

HELPED, FAILED = "helped", "failed"
MESSAGES_AN_HOUR = 20
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Asked:
    """What one answer offered, in the customer's language: (number of the offer, what it is, what she said of it)."""

    message_id: int
    offers: tuple[tuple[int, str, str], ...]

    @property
    def is_open(self) -> bool:
        return any(said in (Outcome.UNKNOWN, Outcome.NOT_TRIED) for _pk, _title, said in self.offers)

    @property
    def settled(self) -> str:
        """What she said of all of it; empty when that differs."""
        said = {said for _pk, _title, said in self.offers}
        return next(iter(said)) if len(said) == 1 else ""


def asked_of(case: Case) -> dict[int, Asked]:
    """By the answer's number, what the case's answers offered to its customer."""
    language = (translation.get_language() or "pl")[:2]
    rows = Offer.objects.filter(customer=case.customer_id, message__in=thread.messages(case).values("pk"))
    found: dict[int, list[tuple[int, str, str]]] = {}
    for offer in rows.select_related("solution").prefetch_related("solution__texts").order_by("pk"):
        found.setdefault(offer.message_id or 0, []).append((offer.pk, title_of(offer, language), offer.outcome))
    return {message: Asked(message, tuple(offers)) for message, offers in found.items()}


def say(request: HttpRequest, token: str, case: Case, asked: Asked, said: str, moment: datetime) -> str:
    """What she says is kept, and "it does not work" goes to the desk as her message. Returns what stops that."""
    how = "page" if request.POST.get("from") == "page" else "link"
    chosen = {one for one in request.POST.getlist("offer") if one.isdigit()}
    all_of = [pk for pk, _title, _said in asked.offers]
    ids = [pk for pk in all_of if str(pk) in chosen]
    if said == HELPED and len(all_of) > 1 and not ids:
        return _("Tick what helped.")
    ids = ids or all_of
    actions.tell_outcome(offer_ids=ids, customer_id=case.customer_id, helped=said == HELPED, how=how, now=moment)
    return "" if said == HELPED else _write(request, token, case, asked, moment)


def _write(request: HttpRequest, token: str, case: Case, asked: Asked, moment: datetime) -> str:
    """Her words, or what she pressed, as a message: the case is open again and its promise runs."""
    number = request.POST.get("form", "")
    number = number if FORM_NUMBER.fullmatch(number) else new_number()
    words = request.POST.get("text", "").replace("\x00", "").strip()[:MAX_TEXT]
    titles = ", ".join(f"„{title}”" for _pk, title, _said in asked.offers)
    raw = json.dumps(
        {
            "token": token,
            "form": number,
            "answers": Message.objects.values_list("message_id", flat=True).get(pk=asked.message_id),
            "language": translation.get_language(),
            "text": words or _("It still does not work: %(advice)s") % {"advice": titles},
            "files": [],
        },
        ensure_ascii=False,
    ).encode()
    return _accept(raw, case, number, moment)


def _accept(raw: bytes, case: Case, number: str, moment: datetime) -> str:
    fingerprint = sha256(raw).hexdigest()
    if thread.sent_lately(case, moment) >= MESSAGES_AN_HOUR and not thread.is_kept(fingerprint):
        return _("You have written very often within an hour. Your text is still here: send it a little later.")
    incoming = actions.Incoming(
        raw=raw, received_at=moment, fingerprint=fingerprint, envelope={"case": case.reference, "form": number}
    )
    try:
        actions.accept(channel=thread.CHANNEL, mailbox="", incoming=[incoming], now=moment)
    except (OSError, DatabaseError) as trouble:
        log.warning("outcome's words not accepted", case=case.reference, trouble=type(trouble).__name__)
        return _("We could not take your message just now. Your text is still here: try again in a minute.")
    return ""
