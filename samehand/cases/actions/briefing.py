"""A person puts the brief of a case into her own words, or calls the rule's back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samehand.cases.actions.locking import locked
from samehand.cases.briefs import known_at
from samehand.cases.models import Brief
from samehand.lib.events import Fact, record

MAX_TEXT = 5_000


class BriefChanged(Exception):
    """Somebody wrote another one since the writer began; `current` is it."""

    def __init__(self, current: Brief | None) -> None:
        super().__init__("Somebody changed the brief in the meantime.")
        self.current = current


class NothingWritten(Exception):
    """There is no text in it."""


@transaction.atomic
def edit_brief(*, case_id: int, author_id: int, text: str, version: int, seen: int, now: datetime) -> Brief:
    """The brief says from now on what its author wrote, and what comes after the message `seen` stands beside it.

    `version` is that of the brief that she began with, 0 for the rule's own.
    """
    case = locked(case_id)
    if not (text := text.replace("\x00", "").replace("\r\n", "\n").strip()[:MAX_TEXT]):
        raise NothingWritten
    current = Brief.objects.select_related("author").filter(case=case).first()
    if version != (current.version if current else 0):
        raise BriefChanged(current)
    written = {"text": text, "author_id": author_id, "at": now, "in_use": True, "version": version + 1}
    row, _new = Brief.objects.update_or_create(case=case, defaults={**written, "knows": known_at(case, seen)})
    record([Fact("case.briefed", case_id, case.owner_id, {"by": author_id})], now=now)
    return row


@transaction.atomic
def use_brief(*, case_id: int, author_id: int, own: bool, now: datetime) -> None:
    """The brief in a person's `own` words is shown, or the rule's; neither is ever lost."""
    case = locked(case_id)
    if Brief.objects.filter(case=case, in_use=not own).update(in_use=own):
        record([Fact("case.briefed", case_id, case.owner_id, {"by": author_id})], now=now)
