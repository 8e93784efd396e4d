"""What leads and administrators fill in: colleagues, shifts, hours, special days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

import holidays
from babel import Locale
from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samehand.desk.office import spans
from samehand.people.models import ServiceHours, Skill, SpecialDay, Staff, Tongue, tongues_of_the_house

# The choice of those who work on public holidays, too.
WORKING = "-"


if TYPE_CHECKING:
    PersonModelForm = forms.ModelForm[Staff]
    HoursModelForm = forms.ModelForm[ServiceHours]
    DayModelForm = forms.ModelForm[SpecialDay]
else:
    PersonModelForm = HoursModelForm = DayModelForm = forms.ModelForm


class PersonForm(PersonModelForm):
    skills = forms.MultipleChoiceField(
        label=_("Skills"), choices=Skill.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("Answers in"),
        choices=Tongue.choices,
        initial=tongues_of_the_house,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language.")},
    )

    class Meta:
        model = Staff
        fields = ("email", "first_name", "last_name", "role", "skills", "languages", "language")
        labels = {"language": _("Reads these pages in")}
        help_texts = {"first_name": _("Customers see the first name, never the last one.")}

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if Staff.objects.filter(email=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Somebody already signs in with this address."))
        return email


class SpansField(forms.CharField):
    """Opening hours in words; its value is the stored pairs."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=200, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return spans.shown(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> spans.Pairs:
        return spans.parse(super().clean(value))


class HoursForm(HoursModelForm):
    class Meta:
        model = ServiceHours
        fields = (
            "promise_minutes", "risk_minutes", "receipts", "customers_may_wait", "hands_out", "silence_minutes", "zone",
            "country",
        )  # fmt: skip
        labels = {"risk_minutes": _("At risk in the last (minutes)")}
        help_texts = {
            "promise_minutes": _("Counted in opening hours only."),
            "receipts": _("Only customers who proved their address or whom you have answered before, once in a case."),
            "customers_may_wait": _(
                "They read on the page of their case when their consultant is back. What they choose is counted apart."
            ),
            "hands_out": _(
                "Each consultant gets a mail to answer, and the next one with her answer: a customer's own person "
                "comes first, then who knows the case, and in time somebody else. Switched off, everybody chooses "
                "from the queue."
            ),
            "silence_minutes": _(
                "Whose desk gives no sign for so long is taken for absent; what they have in hand goes back into line."
            ),
            "zone": _("For example Europe/Warsaw."),
            "country": _("On public holidays the desk is closed, unless a special day says otherwise."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"] = forms.ChoiceField(
            label=_("Public holidays"),
            choices=countries,
            help_text=self.Meta.help_texts["country"],
        )
        self.fields["silence_minutes"].required = False
        self.initial["country"] = self.instance.country or WORKING
        for day in range(7):
            self.fields[f"day_{day}"] = SpansField(label=WEEKDAYS[day], initial=self.instance.week[day])

    def days(self) -> Iterator[forms.BoundField]:
        return (self[f"day_{day}"] for day in range(7))

    def rest(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in self.Meta.fields)

    def clean_country(self) -> str:
        country = str(self.cleaned_data["country"])
        return "" if country == WORKING else country

    def clean_zone(self) -> str:
        zone = str(self.cleaned_data["zone"])
        if zone not in available_timezones():
            raise ValidationError(_("There is no such time zone. Write it like Europe/Warsaw."))
        return zone

    def clean_silence_minutes(self) -> int:
        # A page tells of itself every thirty seconds; one sign may be lost.
        said = self.cleaned_data["silence_minutes"]
        return _between(self.instance.silence_minutes if said is None else said, 2, 120)

    def clean_promise_minutes(self) -> int:
        return _between(self.cleaned_data["promise_minutes"], 1, 7 * 24 * 60)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("risk_minutes", 0) >= said.get("promise_minutes", 1_000_000):
            self.add_error("risk_minutes", _("The warning has to come before the promise ends: choose fewer minutes."))
        if not self.errors and not any(said[f"day_{day}"] for day in range(7)):
            raise ValidationError(_("A week without a single opening hour: then nobody could ever be answered."))
        return said

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {name: said[name] for name in self.Meta.fields} | {"week": [said[f"day_{day}"] for day in range(7)]}


class SpecialDayForm(DayModelForm):
    spans = SpansField(label=_("Hours of that day"), help_text=_("Leave empty when the desk is closed all day."))

    class Meta:
        model = SpecialDay
        fields = ("date", "name", "spans")
        widgets = {"date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


def countries() -> list[tuple[str, str]]:
    """Countries whose holidays are known, in the reader's words and order; the first choice is none."""
    names = Locale.parse(get_language() or "pl").territories
    known = [(code, names[code]) for code in holidays.list_supported_countries(include_aliases=False) if code in names]
    return [(WORKING, str(_("open on public holidays"))), *sorted(known, key=lambda pair: pair[1])]


def _between(value: int, least: int, most: int) -> int:
    if not least <= value <= most:
        raise ValidationError(_("Choose between %(least)d and %(most)d.") % {"least": least, "most": most})
    return value
