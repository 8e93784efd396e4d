"""What customers are told: announced, changed, prolonged, ended, taken back. Promises given before stay as they are."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta

from django.db import transaction

from samehand.lib.events import Fact, record
from samehand.people.models import Language, Notice, NoticeKind, Staff

# Beyond it the promises of the desk would lie so far ahead that nobody believes them: then the hours change.
LONGEST_CLOSED = timedelta(days=31)
LONGEST = timedelta(days=366)


class Refused(Exception):
    """A notice cannot be like this; which way is the class."""


class NoPolishTitle(Refused):
    """Customers would be shown a notice without a word of it."""


class EndsInThePast(Refused):
    """It would be over before anybody has read it."""


class EndsBeforeItBegins(Refused):
    """Its end is not after its beginning."""


class TooLong(Refused):
    """It lasts longer than a notice may; `days` says how long that is."""

    def __init__(self, days: int) -> None:
        super().__init__(f"A notice like this lasts {days} days at the most.")
        self.days = days


class AlreadyOver(Refused):
    """The notice has ended, was taken back, or never was: there is nothing to change any more."""


class NotYetBegun(Refused):
    """What has not begun cannot be ended; it is taken back."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is told. `titles` and `texts` by language; without `shown_from` it stands on the pages at once."""

    kind: str
    titles: dict[str, str]
    starts_at: datetime
    ends_at: datetime
    texts: dict[str, str] = field(default_factory=dict)
    topics: list[str] = field(default_factory=list)
    shown_from: datetime | None = None
    about: bool = False
    closes: bool = False
    promise_minutes: int | None = None


@transaction.atomic
def announce(*, by: Staff, said: Announcement, now: datetime) -> Notice:
    """From now on customers are told so, and promises keep to it."""
    notice = draft(said, now)
    notice.created_by = by
    notice.save()
    _record("notice.announced", notice, by, now)
    return notice


@transaction.atomic
def change(*, by: Staff, notice_id: int, said: Announcement, now: datetime) -> Notice:
    """It is told in other words or for another time."""
    notice = _held(notice_id, now)
    _say(notice, said, now)
    notice.save()
    _record("notice.changed", notice, by, now)
    return notice


@transaction.atomic
def prolong(*, by: Staff, notice_id: int, ends_at: datetime, now: datetime) -> Notice:
    """It lasts until another moment than was thought, later or earlier."""
    notice = _held(notice_id, now)
    notice.ends_at = ends_at
    _refuse_times(notice, now)
    notice.save(update_fields=["ends_at"])
    _record("notice.prolonged", notice, by, now)
    return notice


@transaction.atomic
def end(*, by: Staff, notice_id: int, now: datetime) -> Notice:
    """It is over now."""
    notice = _held(notice_id, now)
    if notice.starts_at >= now:
        raise NotYetBegun
    notice.ends_at = now
    notice.save(update_fields=["ends_at"])
    _record("notice.ended", notice, by, now)
    return notice


@transaction.atomic
def withdraw(*, by: Staff, notice_id: int, now: datetime) -> Notice:
    """It is taken back as if it had never been said."""
    notice = _held(notice_id, now)
    notice.withdrawn_at = now
    notice.save(update_fields=["withdrawn_at"])
    _record("notice.withdrawn", notice, by, now)
    return notice


def draft(said: Announcement, now: datetime) -> Notice:
    """The notice that would be announced, not kept yet."""
    notice = Notice(created_at=now)
    _say(notice, said, now)
    return notice


def _held(notice_id: int, now: datetime) -> Notice:
    valid = Notice.objects.filter(pk=notice_id, withdrawn_at=None, ends_at__gt=now)
    notice = valid.select_for_update().first()
    if notice is None:
        raise AlreadyOver
    return notice


def _say(notice: Notice, said: Announcement, now: datetime) -> None:
    for one in fields(said):
        setattr(notice, one.name, getattr(said, one.name))
    notice.titles = _words(said.titles)
    notice.texts = _words(said.texts)
    notice.kind = NoticeKind(said.kind)
    notice.shown_from = min(said.shown_from or now, said.starts_at)
    if not notice.titles.get(Language.POLISH):
        raise NoPolishTitle
    _refuse_times(notice, now)


def _words(said: dict[str, str]) -> dict[str, str]:
    return {language: words.strip() for language, words in said.items() if words.strip()}


def _refuse_times(notice: Notice, now: datetime) -> None:
    if notice.ends_at <= now:
        raise EndsInThePast
    if notice.ends_at <= notice.starts_at:
        raise EndsBeforeItBegins
    longest = LONGEST_CLOSED if notice.closes else LONGEST
    if notice.ends_at - notice.starts_at > longest:
        raise TooLong(longest.days)


def _record(kind: str, notice: Notice, by: Staff, now: datetime) -> None:
    said = {
        "by": by.pk,
        "notice": notice.pk,
        "starts": notice.starts_at.isoformat(),
        "ends": notice.ends_at.isoformat(),
        "closes": notice.closes,
        "promise": notice.promise_minutes,
    }
    record([Fact(kind, data=said)], now=now)
