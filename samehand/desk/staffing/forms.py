"""What a lead asks: the target, people who are ill, an outage."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

DAYS = list(WEEKDAYS.items())


class Slider(forms.NumberInput):
    """A range; `slider.js` says its value beside it, without script the browser's own control does."""

    input_type = "range"


class PeopleForm(forms.Form):
    target = forms.FloatField(
        label=_("Answered in time (per cent)"), min_value=50, max_value=99.95, initial=99.5,
        widget=forms.NumberInput(attrs={"step": "0.05"}),
    )  # fmt: skip
    within = forms.IntegerField(label=_("within (minutes)"), min_value=1, max_value=720)
    hour_cost = forms.FloatField(
        label=_("An hour of work costs"), min_value=0, max_value=100_000, required=False,
        widget=forms.NumberInput(attrs={"step": "any"}),
    )  # fmt: skip
    mails = forms.FloatField(
        label=_("Mails a day"), min_value=1, max_value=100_000, required=False,
        help_text=_("Empty: as many as your history has."), widget=forms.NumberInput(attrs={"step": "any"}),
    )  # fmt: skip

    def inputs(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "target": round(given["target"] / 100, 6),
            "within": given["within"],
            "hour_cost": given["hour_cost"],
            "mails": given["mails"],
        }


class IllForm(forms.Form):
    people = forms.IntegerField(label=_("People who are ill"), min_value=0, max_value=500, initial=2, widget=Slider)
    weekday = forms.TypedChoiceField(label=_("Day"), choices=DAYS, coerce=int)

    def __init__(self, *args: Any, most: int = 20, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].widget.attrs["max"] = most

    def inputs(self) -> dict[str, Any]:
        return {"people": self.cleaned_data["people"], "weekday": self.cleaned_data["weekday"]}


class OutageForm(forms.Form):
    factor = forms.FloatField(label=_("Times the usual mail"), min_value=1, max_value=30, initial=8, widget=Slider)
    at = forms.TypedChoiceField(
        label=_("From"), choices=[(hour * 60, f"{hour}:00") for hour in range(24)], coerce=int, initial=600
    )
    minutes = forms.IntegerField(
        label=_("for (minutes)"), min_value=15, max_value=480, initial=60, widget=Slider(attrs={"step": "15"})
    )
    deflects = forms.IntegerField(
        label=_("Share that heeds a banner (per cent)"), min_value=0, max_value=100, initial=50,
        widget=Slider(attrs={"step": "5"}),
    )  # fmt: skip
    banner_after = forms.IntegerField(
        label=_("The banner is up after (minutes)"), min_value=0, max_value=480, initial=10,
        widget=Slider(attrs={"max": "120", "step": "5"}),
    )  # fmt: skip
    answer_after = forms.IntegerField(
        label=_("The mass answer leaves after (minutes)"), min_value=0, max_value=480, initial=20,
        widget=Slider(attrs={"max": "120", "step": "5"}),
    )  # fmt: skip
    weekday = forms.TypedChoiceField(label=_("Day"), choices=DAYS, coerce=int)

    def inputs(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return {**given, "deflects": given["deflects"] / 100}
