"""One person on one day: the shifts, what keeps her away, and the forms that change it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from samehand.core.days import Day, midnight
from samehand.desk.office.shifts.forms import AbsenceForm, ShiftForm, SplitForm, UntilForm
from samehand.desk.office.shifts.words import span
from samehand.people.access import absences_for
from samehand.people.models import Absence, Shift, Staff
from samehand.people.queries import public_holidays, service_hours

Failed = tuple[str, int, forms.Form]


@dataclass(frozen=True, slots=True)
class ShiftPanel:
    shift: Shift
    words: str
    form: forms.Form
    split: forms.Form


@dataclass(frozen=True, slots=True)
class AbsencePanel:
    absence: Absence
    words: str
    until: forms.Form
    runs: bool


def of(
    person: Staff, day: date, *, reader: Staff, now: datetime, zone: ZoneInfo, failed: Failed | None = None
) -> dict[str, Any]:
    """What the panel shows; `failed` is the act, the row and the form that was refused."""
    whole = Day(day, zone)
    touching = {"consultant": person, "starts_at__lt": whole.ends, "ends_at__gt": whole.starts}
    shifts = list(Shift.objects.filter(**touching).prefetch_related("breaks"))
    absences = list(absences_for(reader).filter(**touching))
    today = now.astimezone(zone).date()
    return {
        "person": person,
        "day": day,
        "holiday": public_holidays(service_hours().country, day.year).get(day, ""),
        "shifts": [_shift(shift, zone, failed) for shift in shifts],
        "absences": [_absence(absence, now, zone, failed) for absence in absences],
        "add": _kept(failed, "add", "add_%s") or ShiftForm(initial=_usual(person, day, zone), auto_id="add_%s"),
        "away": _kept(failed, "away", "away_%s")
        or AbsenceForm(initial={"consultant": person.pk, "first": day, "last": day}, auto_id="away_%s"),
        "may_fall_ill": day == today and not any(_runs(one, now) for one in absences),
        "failed": failed[2] if failed else None,
        "opens": failed[0] if failed else "",
    }


def _shift(shift: Shift, zone: ZoneInfo, failed: Failed | None) -> ShiftPanel:
    begin, end = shift.starts_at.astimezone(zone), shift.ends_at.astimezone(zone)
    said = {"day": begin.date(), "begin": begin.time(), "end": end.time()}
    fields = said | {"consultant": shift.consultant_id, "breaks": _pairs(shift.breaks.all(), zone)}
    ids = f"shift{shift.pk}_%s"
    return ShiftPanel(
        shift,
        span(begin, end, zone),
        _kept(failed, "edit", ids, shift.pk) or ShiftForm(initial=fields, auto_id=ids),
        _kept(failed, "split", f"split_{ids}", shift.pk) or SplitForm(initial=said, auto_id=f"split_{ids}"),
    )


def _absence(absence: Absence, now: datetime, zone: ZoneInfo, failed: Failed | None) -> AbsencePanel:
    last = (absence.ends_at.astimezone(zone) - timedelta(microseconds=1)).date()
    ids = f"until{absence.pk}_%s"
    until = _kept(failed, "until", ids, absence.pk) or UntilForm(initial={"last": last}, auto_id=ids)
    return AbsencePanel(absence, span(absence.starts_at, absence.ends_at, zone), until, _runs(absence, now))


def _runs(absence: Absence, now: datetime) -> bool:
    return absence.starts_at <= now < absence.ends_at


def _kept(failed: Failed | None, act: str, ids: str, row: int = 0) -> forms.Form | None:
    """The refused form, with what was typed, in its place."""
    if not failed or failed[0] != act or (row and failed[1] != row):
        return None
    failed[2].auto_id = ids
    return failed[2]


def _usual(person: Staff, day: date, zone: ZoneInfo) -> dict[str, Any]:
    """As the person's last shift before that day; the first one of all from eight to four."""
    last = Shift.objects.filter(consultant=person, starts_at__lt=midnight(day, zone)).order_by("-starts_at").first()
    begin, end = (time(8), time(16))
    if last:
        begin, end = (moment.astimezone(zone).time() for moment in (last.starts_at, last.ends_at))
    return {"consultant": person.pk, "day": day, "begin": begin, "end": end}


def _pairs(breaks: Iterable[Any], zone: ZoneInfo) -> list[list[str]]:
    return [[f"{moment.astimezone(zone):%H:%M}" for moment in (one.starts_at, one.ends_at)] for one in breaks]
