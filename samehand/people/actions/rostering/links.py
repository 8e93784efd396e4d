"""The link under which a person's other calendars read her own shifts: signed, and worthless once it is made anew."""

from __future__ import annotations

from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import F

from samehand.lib.events import Fact, record
from samehand.people.models import Staff

SALT = "samehand.people.calendar"


@transaction.atomic
def make_link(*, by: Staff, person_id: int, now: datetime) -> str:
    """The token of a new link; the one before no longer works."""
    Staff.objects.filter(pk=person_id).update(calendar_turn=F("calendar_turn") + 1)
    record([Fact("roster.link_made", data={"by": by.pk, "staff": person_id})], now=now)
    return token_of(Staff.objects.get(pk=person_id))


def token_of(person: Staff) -> str:
    """Empty when none was made yet."""
    signed = Signer(salt=SALT).sign(f"{person.pk}.{person.calendar_turn}")
    return signed.replace(":", ".") if person.calendar_turn else ""


def person_of(token: str) -> Staff | None:
    """Whose calendar it is; None when the link was made anew, the person has gone, or nobody ever signed it."""
    try:
        person_id, turn = Signer(salt=SALT).unsign(":".join(token.rsplit(".", 1))).split(".")
    except (BadSignature, ValueError):
        return None
    return Staff.objects.filter(pk=person_id, calendar_turn=turn, is_active=True).exclude(calendar_turn=0).first()
