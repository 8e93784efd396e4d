"""Moments as people say them: "14:32", "by tomorrow 8:00", "12 min"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

# The whole phrase for each day: Polish says "w środę", but "we wtorek".
ON_WEEKDAY = (
    pgettext_lazy("on which day", "on Monday"),
    pgettext_lazy("on which day", "on Tuesday"),
    pgettext_lazy("on which day", "on Wednesday"),
    pgettext_lazy("on which day", "on Thursday"),
    pgettext_lazy("on which day", "on Friday"),
    pgettext_lazy("on which day", "on Saturday"),
    pgettext_lazy("on which day", "on Sunday"),
)


@dataclass(frozen=True, slots=True)
class Due:
    """A promise as it is shown. `state`: none, open, at_risk, kept, broken, waived; `minutes` is its whole length."""

    state: str
    due_at: datetime | None
    risk_at: datetime | None = None
    minutes: int = 30
    answered_at: datetime | None = None

    def share(self, now: datetime) -> int:
        """How much of the promise is left, in hundredths."""
        if self.due_at is None:
            return 0
        left = (self.due_at - now) / timedelta(minutes=max(self.minutes, 1))
        return max(0, min(100, round(left * 100)))


def clock(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{local.hour}:{local.minute:02}"


def when(moment: datetime, now: datetime) -> str:
    """ "14:32" today, "yesterday 14:32", "3 Nov, 14:32", with the year when it is another one."""
    away = (timezone.localtime(moment).date() - timezone.localtime(now).date()).days
    if away == 0:
        return clock(moment)
    if away == -1:
        return _("yesterday %(time)s") % {"time": clock(moment)}
    if away == 1:
        return _("tomorrow %(time)s") % {"time": clock(moment)}
    return _("%(date)s, %(time)s") % {"date": day(moment, now), "time": clock(moment)}


def brief(moment: datetime, now: datetime) -> str:
    """For narrow columns: the clock today, "yesterday", else the day."""
    local, today = timezone.localtime(moment), timezone.localtime(now).date()
    away = (local.date() - today).days
    if away == 0:
        return clock(moment)
    if away == -1:
        return _("yesterday")
    # English writes months with a capital, Polish does not.
    short = pgettext("format of a short date", "j M")
    return formats.date_format(local, short if local.year == today.year else f"{short} Y")


def day(moment: datetime, now: datetime) -> str:
    local = timezone.localtime(moment)
    same_year = local.year == timezone.localtime(now).year
    return formats.date_format(local, "j E" if same_year else "j E Y")


def by(moment: datetime, now: datetime) -> str:
    """ "by 14:32", "by tomorrow 8:00"."""
    away = (timezone.localtime(moment).date() - timezone.localtime(now).date()).days
    if away == 0:
        return _("by %(time)s") % {"time": clock(moment)}
    if away == 1:
        return _("by tomorrow %(time)s") % {"time": clock(moment)}
    return _("by %(date)s, %(time)s") % {"date": day(moment, now), "time": clock(moment)}


def until(moment: datetime, now: datetime) -> str:
    """ "until 14:32", "until tomorrow 8:00": to where something lasts, not the last moment to do it."""
    away = (timezone.localtime(moment).date() - timezone.localtime(now).date()).days
    if away == 0:
        return _("until %(time)s") % {"time": clock(moment)}
    if away == 1:
        return _("until tomorrow %(time)s") % {"time": clock(moment)}
    return _("until %(date)s, %(time)s") % {"date": day(moment, now), "time": clock(moment)}


def span(length: timedelta) -> str:
    """ "12 min", "2 h 10 min", "3 days": the words of clock.js, which goes on counting."""
    minutes = abs(int(length.total_seconds())) // 60
    hours, rest = divmod(minutes, 60)
    if hours >= 48:
        days = hours // 24
        return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
    if hours and rest:
        return f"{hours} h {rest} min"
    return f"{hours} h" if hours else f"{minutes} min"


def late(length: timedelta) -> str:
    """By how much a promise was missed: a few seconds are a minute, not none."""
    return span(max(length, timedelta(minutes=1)))


def left(due_at: datetime, now: datetime) -> str:
    if due_at < now:
        return _("%(span)s late") % {"span": late(now - due_at)}
    # Rounded up: with 40 seconds to go there is still a minute, not none.
    return span(due_at - now + timedelta(seconds=59))
