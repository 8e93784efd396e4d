"""What a lead fills in to change the roster; hours are those of the operator's wall clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samehand.core.days import midnight
from samehand.desk.office.forms import SpansField
from samehand.people.models import AbsenceKind, Staff, WeekTemplate

ONE_DAY = timedelta(days=1)
Span = tuple[datetime, datetime]

if TYPE_CHECKING:
    StaffChoiceField = forms.ModelChoiceField[Staff]
else:
    StaffChoiceField = forms.ModelChoiceField


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day and not 2000 <= day.year <= 2100:
            raise ValidationError(_("That day is too far away."))
        return day


class HourField(forms.TimeField):
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class PersonField(StaffChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Staff.objects.filter(is_active=True), empty_label=_("choose a person"), **kwargs)

    def label_from_instance(self, obj: Staff) -> str:
        return obj.full_name


class ShiftForm(forms.Form):
    consultant = PersonField(label=_("Who"))
    day = DayField(label=_("Day"))
    begin = HourField(label=_("Begins"))
    end = HourField(label=_("Ends"), help_text=_("An earlier hour is the next day."))
    breaks = SpansField(label=_("Breaks"), help_text=_("For example 12:00–12:30, 15:00–15:15."))

    def moments(self, zone: ZoneInfo) -> Span:
        """Begin and end of the shift in UTC; to be called on a valid form."""
        said = self.cleaned_data
        return _moments(said["day"], said["begin"], said["end"], zone)

    def rests(self, zone: ZoneInfo) -> list[Span]:
        """The breaks in UTC; what is earlier on the clock than the shift begins is after midnight."""
        said = self.cleaned_data
        pairs = [(time.fromisoformat(begin), time.fromisoformat(end)) for begin, end in said["breaks"]]
        days = [said["day"] + (begin < said["begin"]) * ONE_DAY for begin, _end in pairs]
        return [_moments(day, begin, end, zone) for day, (begin, end) in zip(days, pairs, strict=True)]


class SplitForm(forms.Form):
    day = DayField()
    begin = HourField()
    until = HourField(label=_("Goes at"))
    again = HourField(label=_("Is back at"))

    def moments(self, zone: ZoneInfo) -> Span:
        said = self.cleaned_data
        day = said["day"] + (said["until"] < said["begin"]) * ONE_DAY
        return _moments(day, said["until"], said["again"], zone)


class AbsenceForm(forms.Form):
    consultant = PersonField(label=_("Who"))
    kind = forms.ChoiceField(label=_("Why"), choices=AbsenceKind.choices)
    first = DayField(label=_("First day"))
    last = DayField(label=_("Last day"))
    note = forms.CharField(label=_("Note"), help_text=_("Only leads read it."), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("first") and said.get("last") and said["last"] < said["first"]:
            self.add_error("last", _("The last day is before the first."))
        return said

    def moments(self, zone: ZoneInfo) -> Span:
        said = self.cleaned_data
        return midnight(said["first"], zone), midnight(said["last"] + ONE_DAY, zone)


class UntilForm(forms.Form):
    """The last day of an absence."""

    last = DayField(label=_("Away until the end of"))

    def moment(self, zone: ZoneInfo) -> datetime:
        return midnight(self.cleaned_data["last"] + ONE_DAY, zone)


class WeekForm(forms.Form):
    week = DayField()

    @property
    def monday(self) -> date:
        day: date = self.cleaned_data["week"]
        return day - timedelta(days=day.weekday())


class TemplateForm(WeekForm):
    template = forms.ModelChoiceField(label=_("Template"), queryset=WeekTemplate.objects.all())


class KeepForm(WeekForm):
    name = forms.CharField(label=_("Keep this week as"), max_length=80)


def _moments(day: date, begin: time, end: time, zone: ZoneInfo) -> Span:
    last = day if end > begin else day + ONE_DAY
    # In UTC, because two moments of one zone are compared by the clock on the wall, whatever its jumps.
    first, second = datetime.combine(day, begin, zone), datetime.combine(last, end, zone)
    return first.astimezone(UTC), second.astimezone(UTC)
