"""What a lead fills in to tell customers something; hours are those of the operator's wall clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samehand.core.days import midnight, moment
from samehand.core.topic_words import TOPICS
from samehand.core.topics import title_of
from samehand.desk.office.shifts.forms import ONE_DAY, DayField, HourField
from samehand.people.actions.noticing import Announcement
from samehand.people.models import Notice, NoticeKind

AT_ONCE, DAY_BEFORE, BEGINNING = "now", "day", "start"
SHOWN = (
    (AT_ONCE, _("at once")),
    (DAY_BEFORE, _("a day before it begins")),
    (BEGINNING, _("when it begins")),
)


def topics() -> Iterator[tuple[str, str]]:
    """The topics of mails in the reader's language, by name."""
    named = ((key, title_of(key, get_language() or "pl")) for key in TOPICS)
    return iter(sorted(named, key=lambda pair: pair[1].casefold()))


class NoticeForm(forms.Form):
    kind = forms.ChoiceField(label=_("What it is"), choices=NoticeKind.choices)
    title_pl = forms.CharField(
        label=_("Title in Polish"),
        max_length=120,
        help_text=_("Without the time: that is said by itself. For example: Awaria we Wrocławiu."),
        widget=forms.TextInput(attrs={"autofocus": True, "lang": "pl"}),
    )
    title_en = forms.CharField(
        label=_("Title in English"), max_length=120, required=False, widget=forms.TextInput(attrs={"lang": "en"})
    )
    text_pl = forms.CharField(
        label=_("More in Polish"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "pl"}),
    )
    text_en = forms.CharField(
        label=_("More in English"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "en"}),
    )
    first_day = DayField(label=_("From"))
    begins = HourField(label=_("Hour of the beginning"), required=False)
    last_day = DayField(label=_("Until"), required=False)
    ends = HourField(label=_("Hour of the end"), required=False)
    about = forms.BooleanField(label=_("the end is a guess: say “about”"), required=False)
    closes = forms.BooleanField(label=_("Nobody answers meanwhile: promises wait until it is over"), required=False)
    promise_minutes = forms.IntegerField(
        label=_("Answer within (minutes) meanwhile"),
        required=False,
        min_value=1,
        max_value=7 * 24 * 60,
        help_text=_("Leave empty when answers take as long as always."),
    )
    shown = forms.ChoiceField(label=_("On the pages"), choices=SHOWN, widget=forms.RadioSelect, initial=AT_ONCE)
    topics = forms.MultipleChoiceField(
        label=_("Problems it explains"), required=False, choices=topics, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("begins", "ends"):
            # Their labels would say no more than the eye sees beside the day.
            self.fields[name].widget.attrs["aria-label"] = self.fields[name].label

    def times(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in ("first_day", "begins", "last_day", "ends"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        first, last = said.get("first_day"), said.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("It ends before it begins."))
        return said

    def announcement(self, zone: ZoneInfo, now: datetime) -> Announcement:
        """What is meant, in UTC; to be called on a valid form."""
        said = self.cleaned_data
        starts_at = _moment(said["first_day"], said["begins"], zone)
        shown_from = {AT_ONCE: now, DAY_BEFORE: starts_at - ONE_DAY, BEGINNING: starts_at}[said["shown"]]
        return Announcement(
            kind=said["kind"],
            titles={"pl": said["title_pl"], "en": said["title_en"]},
            texts={"pl": said["text_pl"], "en": said["text_en"]},
            topics=said["topics"],
            shown_from=shown_from,
            starts_at=starts_at,
            ends_at=self._ends_at(zone),
            about=said["about"],
            closes=said["closes"],
            promise_minutes=said["promise_minutes"],
        )

    def _ends_at(self, zone: ZoneInfo) -> datetime:
        """Without an hour it is the end of the last day; an earlier hour of the same day is the next day."""
        said = self.cleaned_data
        last = said["last_day"] or said["first_day"]
        if not said["ends"]:
            return midnight(last + ONE_DAY, zone)
        over_night = not said["last_day"] and said["begins"] and said["ends"] <= said["begins"]
        return _moment(last + ONE_DAY if over_night else last, said["ends"], zone)


def said_by(notice: Notice, zone: ZoneInfo) -> dict[str, Any]:
    """A notice as the form shows it."""
    starts, ends = notice.starts_at.astimezone(zone), notice.ends_at.astimezone(zone)
    to_midnight = ends.time() == time()
    whole_days = to_midnight and starts.time() == time()
    return {
        **{f"title_{language}": words for language, words in notice.titles.items()},
        **{f"text_{language}": words for language, words in notice.texts.items()},
        **{name: getattr(notice, name) for name in ("kind", "about", "closes", "promise_minutes", "topics")},
        "first_day": starts.date(),
        "begins": None if whole_days else starts.time(),
        "last_day": (ends - timedelta(minutes=1)).date() if to_midnight else ends.date(),
        "ends": None if to_midnight else ends.time(),
        "shown": _shown(notice),
    }


def as_sent(initial: Mapping[str, Any]) -> dict[str, Any]:
    """What a form says at first as if it had been sent: for its preview."""
    return {name: _sent(value) for name, value in initial.items() if value not in (None, False)}


def _sent(value: Any) -> Any:
    return value.strftime("%H:%M") if isinstance(value, time) else value


def _shown(notice: Notice) -> str:
    before = notice.starts_at - notice.shown_from
    return {timedelta(0): BEGINNING, ONE_DAY: DAY_BEFORE}.get(before, AT_ONCE)


def _moment(day: date, clock: time | None, zone: ZoneInfo) -> datetime:
    return moment(day, clock.hour * 60 + clock.minute if clock else 0, zone)
