"""What a lead may do to the roster: the form of each act, and the change that it makes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samehand.core.days import Day, midnight
from samehand.desk.office.shifts.forms import (
    AbsenceForm,
    KeepForm,
    ShiftForm,
    SplitForm,
    TemplateForm,
    UntilForm,
    WeekForm,
)
from samehand.desk.office.shifts.weighing import Change
from samehand.people.actions import rostering
from samehand.people.actions.rostering.refusals import Gone
from samehand.people.actions.rostering.weeks import Repeated
from samehand.people.models import Absence, Shift, Staff

WEEK = timedelta(days=7)


class Acts:
    """The acts of one lead at one moment: each takes its valid form and the number of the row that it concerns."""

    def __init__(self, by: Staff, now: datetime, zone: ZoneInfo) -> None:
        self.by, self.now, self.zone = by, now, zone
        self.result: object = None

    def add(self, form: ShiftForm, _row: int) -> Change:
        begin, end = form.moments(self.zone)
        person, breaks = form.cleaned_data["consultant"].pk, form.rests(self.zone)
        act = self._act(rostering.add_shift, person_id=person, starts_at=begin, ends_at=end, breaks=breaks)
        return Change(act, end, _("The shift is in."))

    def edit(self, form: ShiftForm, row: int) -> Change:
        shift = _shift(row)
        begin, end = form.moments(self.zone)
        act = self._act(
            rostering.edit_shift,
            shift_id=row,
            person_id=form.cleaned_data["consultant"].pk,
            starts_at=begin,
            ends_at=end,
            breaks=form.rests(self.zone),
        )
        return Change(act, max(end, shift.ends_at), _("The shift is changed."))

    def split(self, form: SplitForm, row: int) -> Change:
        until, again = form.moments(self.zone)
        act = self._act(rostering.split_shift, shift_id=row, until=until, again_at=again)
        return Change(act, _shift(row).ends_at, _("The shift is split."))

    def drop(self, _form: forms.Form, row: int) -> Change:
        return Change(self._act(rostering.drop_shift, shift_id=row), _shift(row).ends_at, _("The shift is out."))

    def away(self, form: AbsenceForm, _row: int) -> Change:
        begin, end = form.moments(self.zone)
        said = form.cleaned_data
        act = self._act(
            rostering.add_absence,
            person_id=said["consultant"].pk,
            kind=said["kind"],
            note=said["note"],
            starts_at=begin,
            ends_at=end,
        )
        return Change(act, end, _("The absence is in."))

    def ill(self, _form: forms.Form, row: int) -> Change:
        """`row` is the person."""
        until = Day.of(self.now, self.zone).ago(-2).starts
        act = self._act(rostering.ill_today, person_id=row, zone=self.zone)
        return Change(act, until, _("Get well soon. The shift stays in the plan."))

    def back(self, _form: forms.Form, row: int) -> Change:
        act = self._act(rostering.end_absence, absence_id=row, ends_at=self.now)
        return Change(act, _absence(row).ends_at, _("Welcome back."))

    def until(self, form: UntilForm, row: int) -> Change:
        end = form.moment(self.zone)
        act = self._act(rostering.end_absence, absence_id=row, ends_at=end)
        return Change(act, max(end, _absence(row).ends_at), _("The absence is changed."))

    def here(self, _form: forms.Form, row: int) -> Change:
        act = self._act(rostering.drop_absence, absence_id=row)
        return Change(act, _absence(row).ends_at, _("The absence is out."))

    def copy(self, form: WeekForm, _row: int) -> Change:
        act = self._act(rostering.copy_week, monday=form.monday, zone=self.zone)
        return Change(act, self._sunday(form.monday), "")

    def apply(self, form: TemplateForm, _row: int) -> Change:
        template = form.cleaned_data["template"].pk
        act = self._act(rostering.apply_template, template_id=template, monday=form.monday, zone=self.zone)
        return Change(act, self._sunday(form.monday), "")

    def keep(self, form: KeepForm, _row: int) -> Change:
        name = form.cleaned_data["name"]
        act = self._act(rostering.save_template, name=name, monday=form.monday, zone=self.zone)
        return Change(act, self.now, _("The week is kept as “%(name)s”.") % {"name": name})

    def forget(self, form: TemplateForm, _row: int) -> Change:
        act = self._act(rostering.drop_template, template_id=form.cleaned_data["template"].pk)
        return Change(act, self.now, _("The template is gone."))

    def said(self, change: Change) -> str:
        """What to tell when it is done; of whole weeks, how much of them."""
        return repeated(self.result) if isinstance(self.result, Repeated) else change.said

    def _act(self, function: Callable[..., object], **fields: object) -> Callable[[], object]:
        def act() -> None:
            self.result = function(by=self.by, now=self.now, **fields)

        return act

    def _sunday(self, monday: date) -> datetime:
        return midnight(monday + WEEK, self.zone)


FORMS: dict[str, type[forms.Form]] = {
    "add": ShiftForm,
    "edit": ShiftForm,
    "split": SplitForm,
    "drop": forms.Form,
    "away": AbsenceForm,
    "ill": forms.Form,
    "back": forms.Form,
    "until": UntilForm,
    "here": forms.Form,
    "copy": WeekForm,
    "apply": TemplateForm,
    "keep": KeepForm,
    "forget": TemplateForm,
}


def form_of(act: str, posted: QueryDict) -> forms.Form:
    return FORMS[act](posted)


def repeated(result: Repeated) -> str:
    if not result.made:
        return _("There was nothing to plan: the shifts are here already, or there are none.")
    said = ngettext("%(count)d shift planned.", "%(count)d shifts planned.", result.made) % {"count": result.made}
    if not result.left_out:
        return said
    left = ngettext(
        "%(count)d was left out, because something is there or the person has gone.",
        "%(count)d were left out, because something is there or the person has gone.",
        result.left_out,
    )
    return f"{said} {left % {'count': result.left_out}}"


def _shift(row: int) -> Shift:
    shift = Shift.objects.filter(pk=row).first()
    if not shift:
        raise Gone
    return shift


def _absence(row: int) -> Absence:
    absence = Absence.objects.filter(pk=row).first()
    if not absence:
        raise Gone
    return absence
