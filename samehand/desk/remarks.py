"""What a consultant should know of a message beside its words, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samehand.cases.models import Message


@dataclass(frozen=True, slots=True)
class Said:
    icon: str
    words: str
    warns: bool = False


@dataclass(frozen=True, slots=True)
class Invitation:
    what: str
    when: str
    where: str
    who: str
    kind: str


def said_of(message: Message) -> list[Said]:
    found = (_said(one) for one in message.remarks or ())
    return [one for one in found if one]


def model_of(messages: Sequence[Message]) -> str:
    """The phone that the customer told of last in a form; "" when she told of none."""
    told = (one for message in messages for one in message.remarks or () if one.get("kind") == "model")
    return next((str(one.get("name", "")) for one in reversed([*told])), "")


def invitation_of(message: Message) -> Invitation | None:
    told = next((one for one in message.remarks or () if one.get("kind") == "invitation"), None)
    if told is None:
        return None
    kinds = {"CANCEL": _("Called off"), "REPLY": _("Answer to an invitation"), "COUNTER": _("Another time is proposed")}
    return Invitation(
        what=told.get("what") or _("without a title"),
        when=_when(told.get("starts", ""), told.get("ends", "")),
        where=told.get("where", ""),
        who=told.get("who", ""),
        kind=kinds.get(told.get("method", ""), _("Invitation")),
    )


@dataclass(frozen=True, slots=True)
class Walk:
    """Guided questions that the customer answered before she wrote."""

    title: str
    lines: list[tuple[str, str]]


def walk_of(message: Message) -> Walk | None:
    told = next((one for one in message.remarks or () if one.get("kind") == "walked"), None)
    return Walk(told.get("title", ""), [(line[0], line[1]) for line in told.get("lines", [])]) if told else None


def _said(one: dict[str, Any]) -> Said | None:
    kind = one.get("kind")
    if kind in ("smime-sealed", "pgp-sealed"):
        words = _("This message is encrypted and we cannot open it. It is kept whole; ask for it unencrypted.")
        return Said("lock", words, warns=True)
    if kind == "phone":
        return Said(
            "phone", _("Gave this telephone number in the form: %(number)s") % {"number": one.get("number", "")}
        )
    if kind == "model":
        return Said("phone", _("Told in the form which phone it is: %(name)s") % {"name": one.get("name", "")})
    if kind == "page-shown":
        words = _(
            "Others got the link to the customer's page with this mail. It was changed; your answer brings the new."
        )
        return Said("key-round", words)
    if kind == "cut":
        words = _(
            "This mail was larger than %(limit)s. Only its beginning was kept; files in it are missing or incomplete. "
            "The sender was told to send less or in parts."
        )
        return Said("circle-alert", words % {"limit": one.get("limit", "")}, warns=True)
    if kind == "pgp-signed":
        return Said("key-round", _("Signed with PGP. We do not check such signatures."))
    return _signed(one) if kind == "smime-signed" else None


def _signed(one: dict[str, Any]) -> Said:
    named = {"signer": one.get("signer") or _("nobody by name"), "issuer": one.get("issuer") or _("nobody by name")}
    if one.get("state") == "fits":
        words = _("Signed (S/MIME) by %(signer)s and not altered since. Issued by %(issuer)s; we do not check issuers.")
        return Said("shield-check", words % named)
    if one.get("state") == "broken":
        words = _("The signature (S/MIME) of %(signer)s does not fit: the message was altered on its way.")
        return Said("shield-alert", words % named, warns=True)
    return Said("key-round", _("Signed (S/MIME) by %(signer)s; we could not check the signature.") % named)


def _when(starts: str, ends: str) -> str:
    begin, end = _moment(starts), _moment(ends)
    if begin is None:
        return ""
    if not isinstance(begin, datetime):
        return date_format(begin, "l, j E Y")
    until = f"–{date_format(end, 'H:i')}" if isinstance(end, datetime) and end.date() == begin.date() else ""
    return f"{date_format(begin, 'l, j E Y, H:i')}{until}"


def _moment(text: str) -> date | None:
    try:
        if len(text) <= len("2026-12-03"):
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
        # Without a zone it is meant where it is read.
        return timezone.localtime(moment) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return None
