"""A notice as people say it: "Awaria we Wrocławiu do ok. 18:00", "Infolinia nieczynna w sobotę"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.dates import MONTHS_ALT
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from samehand.lib.spoken import ON_WEEKDAY, span
from samehand.people.models import Notice, NoticeKind

ICONS = {
    NoticeKind.OUTAGE: "wifi-off",
    NoticeKind.WORKS: "settings",
    NoticeKind.SLOW: "hourglass",
    NoticeKind.CLOSED: "calendar-off",
    NoticeKind.NEWS: "info",
}
# Both "from Monday" and "until Monday": Polish has the same case after "od" and "do".
OF_WEEKDAY = (
    pgettext_lazy("from or until which day", "Monday"),
    pgettext_lazy("from or until which day", "Tuesday"),
    pgettext_lazy("from or until which day", "Wednesday"),
    pgettext_lazy("from or until which day", "Thursday"),
    pgettext_lazy("from or until which day", "Friday"),
    pgettext_lazy("from or until which day", "Saturday"),
    pgettext_lazy("from or until which day", "Sunday"),
)
ONE_DAY = timedelta(days=1)
# "On Saturday" is the next one: within a week nobody takes it for another.
A_WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Told:
    """A notice in the reader's language. `title` says how long as well; `effect` what it means for answers, `short` the
    same for colleagues."""

    kind: str
    icon: str
    title: str
    text: str
    effect: str
    short: str
    running: bool

    @property
    def care(self) -> str:
        """How the part `notice` shows it."""
        return "" if self.kind == NoticeKind.NEWS else "care"


def told(notices: Sequence[Notice], now: datetime, zone: ZoneInfo) -> list[Told]:
    return [tell(one, now, zone) for one in notices]


def tell(notice: Notice, now: datetime, zone: ZoneInfo) -> Told:
    language = get_language() or ""
    kind, running = NoticeKind(notice.kind), notice.starts_at <= now
    title = notice.title(language).rstrip(". ")
    # How long news stand on the pages is no news.
    until = when(notice, now, zone) if kind != NoticeKind.NEWS else ""
    return Told(
        kind=kind,
        icon=ICONS[kind],
        # Whoever wrote the time into the title said it in words of her own.
        title=title if until in title else f"{title} {until}",
        text=notice.text(language),
        effect=_effect(notice, running=running),
        short=_short(notice),
        running=running,
    )


def when(notice: Notice, now: datetime, zone: ZoneInfo) -> str:
    """How long it still lasts when it has begun, else when it will be; by the wall clock of the zone."""
    today = now.astimezone(zone).date()
    starts, ends = notice.starts_at.astimezone(zone), notice.ends_at.astimezone(zone)
    # A day that ends at midnight ends with the day before.
    last = ends.date() if ends.time() != datetime.min.time() else ends.date() - ONE_DAY
    days = starts.time() == ends.time() == datetime.min.time()
    if notice.starts_at <= now:
        return _last_day(last, today) if days else _until(ends, last, today, about=notice.about)
    if days:
        return _on(last, today) if starts.date() == last else _days(starts.date(), last, today)
    said = {"from": _clock(starts), "to": _clock(ends) if last == ends.date() else "24:00"}
    if starts.date() == last:
        return _("%(day)s from %(from)s to %(to)s") % {**said, "day": _on(last, today)}
    said |= {"first": _day(starts.date()), "last": _day(last)}
    return _("from %(first)s, %(from)s, to %(last)s, %(to)s") % said


def _effect(notice: Notice, *, running: bool) -> str:
    if notice.closes:
        return _("Nobody answers then. Do write all the same: we will answer as soon as we are back.")
    if not notice.promise_minutes:
        return ""
    within = {"span": span(timedelta(minutes=notice.promise_minutes))}
    return (_("We answer within %(span)s now.") if running else _("We answer within %(span)s then.")) % within


def _short(notice: Notice) -> str:
    if notice.closes:
        return _("nobody answers")
    if not notice.promise_minutes:
        return ""
    return _("answers within %(span)s") % {"span": span(timedelta(minutes=notice.promise_minutes))}


def _until(ends: datetime, last: date, today: date, *, about: bool) -> str:
    midnight = ends.time() == datetime.min.time()
    said = {"clock": pgettext("until", "midnight") if midnight else _clock(ends), "day": _day(last)}
    if last == today:
        return (_("until about %(clock)s") if about else _("until %(clock)s")) % said
    if last == today + ONE_DAY:
        return (_("until about %(clock)s tomorrow") if about else _("until %(clock)s tomorrow")) % said
    return (_("until %(day)s, about %(clock)s") if about else _("until %(day)s, %(clock)s")) % said


def _last_day(last: date, today: date) -> str:
    if last == today:
        return pgettext("all day", "today")
    if last == today + ONE_DAY:
        return _("until the end of tomorrow")
    return _("until the end of %(day)s") % {"day": _day(last)}


def _on(day: date, today: date) -> str:
    if day == today:
        return pgettext("all day", "today")
    if day == today + ONE_DAY:
        return pgettext("all day", "tomorrow")
    if day - today <= A_WEEK:
        return str(ON_WEEKDAY[day.weekday()])
    said = {"weekday": ON_WEEKDAY[day.weekday()], "day": day.day, "month": MONTHS_ALT[day.month]}
    return _("%(weekday)s %(day)d %(month)s") % said


def _days(first: date, last: date, today: date) -> str:
    if last - today <= A_WEEK:
        return _("from %(first)s to %(last)s") % {
            "first": OF_WEEKDAY[first.weekday()],
            "last": OF_WEEKDAY[last.weekday()],
        }
    return _("from %(first)s to %(last)s") % {"first": _day(first), "last": _day(last)}


def _day(day: date) -> str:
    said = {"weekday": OF_WEEKDAY[day.weekday()], "day": day.day, "month": MONTHS_ALT[day.month]}
    return pgettext("from or until which day", "%(weekday)s %(day)d %(month)s") % said


def _clock(local: datetime) -> str:
    return f"{local.hour}:{local.minute:02}"
