"""The list of notices, and the preview of one: how it reads, and what it does to promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from samehand.cases.models import Case
from samehand.core import promises
from samehand.core.hours import NeverOpen
from samehand.core.topics import title_of
from samehand.lib.spoken import by, when
from samehand.people import notices
from samehand.people.models import Language, Notice
from samehand.people.queries import calendar
from samehand.people.telling import Told, tell

PAST = 20


@dataclass(frozen=True, slots=True)
class Row:
    notice: Notice
    told: Told
    topics: list[str]


@dataclass(frozen=True, slots=True)
class Preview:
    """The banner by language, and in sentences what changes."""

    banners: list[tuple[str, str, list[Told]]]
    changes: list[str]


def lists(now: datetime, zone: ZoneInfo) -> dict[str, list[Row]]:
    """What runs, what is planned, and the latest of what is over or was taken back."""
    valid = Notice.objects.filter(withdrawn_at=None, ends_at__gt=now).order_by("starts_at", "id")
    over = Notice.objects.exclude(pk__in=valid.values("pk")).select_related("created_by")
    running = [one for one in valid if one.starts_at <= now]
    planned = [one for one in valid if one.starts_at > now]
    found = {"running": running, "planned": planned, "past": list(over[:PAST])}
    return {name: [_row(one, now, zone) for one in rows] for name, rows in found.items()}


def _row(notice: Notice, now: datetime, zone: ZoneInfo) -> Row:
    language = get_language() or ""
    # What is over is said as it was announced.
    moment = now if notice.ends_at > now else min(notice.shown_from, notice.created_at)
    return Row(notice, tell(notice, moment, zone), [title_of(key, language) for key in notice.topics])


def preview(notice: Notice, now: datetime, zone: ZoneInfo) -> Preview:
    """`notice` may be one that is not kept yet, or the new words of one that is."""
    return Preview([_banner(notice, code, name, now, zone) for code, name in Language.choices], _changes(notice, now))


def _banner(notice: Notice, code: str, name: str, now: datetime, zone: ZoneInfo) -> tuple[str, str, list[Told]]:
    with override(code):
        return code, name, [tell(notice, now, zone)]


def _changes(notice: Notice, now: datetime) -> list[str]:
    others = [one for one in notices.known(now) if one.pk != notice.pk]
    told = [_promise(notice, others, now), *_given(notice, now)]
    return [one for one in told if one]


def _promise(notice: Notice, others: Sequence[Notice], now: datetime) -> str:
    asked = max(now, notice.starts_at)
    try:
        before = promises.due_at(asked, *calendar(asked, told=others))
        after = promises.due_at(asked, *calendar(asked, told=[*others, notice]))
    except NeverOpen:
        return _("With it the desk would never open again.")
    if before == after:
        return _("Promises stay as they are.")
    said = {"after": by(after, now), "before": by(before, now), "at": when(asked, now)}
    if asked == now:
        return _("Mails that come now are answered %(after)s instead of %(before)s.") % said
    return _("Mails that come then (%(at)s) are answered %(after)s instead of %(before)s.") % said


def _given(notice: Notice, now: datetime) -> list[str]:
    """Promises that were given already fall due while nobody answers."""
    if not notice.closes:
        return []
    due = Case.objects.filter(due_at__gte=max(now, notice.starts_at), due_at__lt=notice.ends_at).count()
    said = ngettext(
        "%(count)d promise given before falls due meanwhile, and stays: somebody should keep it first.",
        "%(count)d promises given before fall due meanwhile, and stay: somebody should keep them first.",
        due,
    )
    return [said % {"count": due}] if due else []
