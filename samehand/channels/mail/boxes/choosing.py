"""What becomes of the mail that lay in a mailbox before us: a choice, and work that can be paused."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from samehand.channels.mail.models import Mailbox
from samehand.lib.events import Fact, record


class NoSuchChoice(ValueError):
    """Neither "all" nor "none" nor a day."""


def choice(said: str) -> tuple[str, date | None]:
    """ "all", "none", or a day (2026-11-01) since which mail is taken in."""
    if said in {Mailbox.History.ALL, Mailbox.History.NONE}:
        return said, None
    try:
        return str(Mailbox.History.SINCE), date.fromisoformat(said)
    except ValueError:
        raise NoSuchChoice(f"{said!r} is neither all nor none nor a day as 2026-11-01") from None


def choose(*, mailbox: Mailbox, said: str, now: datetime) -> None:
    """Another choice: what it asks for more than the last one is taken in; what was taken in stays."""
    history, since = choice(said)
    with transaction.atomic():
        Mailbox.objects.filter(pk=mailbox.pk).update(
            history=history, history_since=since, history_ended_at=None, history_paused=False
        )
        record([Fact("mailbox.edited", data={"mailbox": mailbox.pk})], now=now)


def pause(*, mailbox: Mailbox, paused: bool, now: datetime) -> None:
    """New mail is taken all the same."""
    with transaction.atomic():
        if Mailbox.objects.filter(pk=mailbox.pk).exclude(history_paused=paused).update(history_paused=paused):
            record([Fact("mailbox.edited", data={"mailbox": mailbox.pk})], now=now)
