"""What leads and administrators must know of the mail that comes in: the same list for the screens and for alarms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samehand.channels.mail.boxes import habits, reconciling
from samehand.channels.mail.models import Grant, Mailbox, Reconciliation
from samehand.lib.spoken import span, when

# Compared each hour: after three nobody compares.
COMPARED_WITHIN = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Trouble:
    """`key` names the trouble and stays the same as long as it lasts; `since` is None when it is worth a mail at once.
    `words` are in the language of the moment."""

    key: str
    words: str
    href: str
    since: datetime | None = None
    kind: str = "trouble"


def troubles(now: datetime) -> list[Trouble]:
    return [*_unreadable(), *_signed_out(), *_stuck(), *_silent(now), *_lost(now)]


def _unreadable() -> list[Trouble]:
    """Mail may be waiting there that nobody sees."""
    rows = Mailbox.objects.filter(enabled=True).exclude(trouble="").exclude(trouble__startswith="grant")
    return [
        Trouble(
            key=f"mailbox {box.pk}",
            words=_("Mailbox %(name)s: %(why)s") % {"name": box, "why": box.trouble_words},
            href=reverse("mail:mailboxes"),
            since=box.trouble_since,
        )
        for box in rows
    ]


def _signed_out() -> list[Trouble]:
    lost = Q(pk__in=Grant.objects.exclude(refused_at=None).values("mailbox")) | Q(trouble__startswith="grant")
    words = _("Mailbox %(name)s: the sign-in was withdrawn or ran out. Somebody must sign in again.")
    return [
        Trouble(f"grant {box.pk}", words % {"name": box}, reverse("mail:mailbox_edit", args=[box.pk]))
        for box in Mailbox.objects.filter(lost, enabled=True)
    ]


def _stuck() -> list[Trouble]:
    words = _("Mailbox %(name)s: its old mail does not come in. %(why)s")
    return [
        Trouble(f"history {box.pk}", words % {"name": box, "why": box.history_trouble_words}, reverse("mail:mailboxes"))
        for box in Mailbox.objects.filter(enabled=True, trouble="").exclude(history_trouble="")
        if box.history_runs
    ]


def _silent(now: datetime) -> list[Trouble]:
    troubled = set(Mailbox.objects.exclude(trouble="").values_list("name", flat=True))
    return [
        Trouble(
            key=f"silence {habit.source}",
            words=_("%(source)s: no mail for %(span)s (since %(moment)s). At this time of the week that is unusual.")
            % {
                "source": _("Our own mail door") if habit.source == habits.DOOR else habit.source,
                "span": span(now - habit.last_at),
                "moment": when(timezone.localtime(habit.last_at), now),
            },
            href=reverse("mail:mailboxes"),
            kind="care",
        )
        for habit in habits.silent(now)
        if habit.last_at and habit.source not in troubled
    ]


def _lost(now: datetime) -> list[Trouble]:
    run, page = reconciling.last_ended(), reverse("mail:proof")
    if run and run.lost:
        words = ngettext(
            "%(count)d message is missing: the last comparison did not find it here.",
            "%(count)d messages are missing: the last comparison did not find them here.",
            run.lost,
        )
        return [Trouble("lost", words % {"count": run.lost}, page)]
    old = Reconciliation.objects.filter(begun_at__lt=now - COMPARED_WITHIN).exists()
    if old and (run is None or run.ended_at is None or run.ended_at < now - COMPARED_WITHIN):
        return [Trouble("not compared", _("The mailboxes have not been compared for hours."), page, kind="care")]
    return []
