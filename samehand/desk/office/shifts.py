"""Who is on duty, week by week, in the operator's time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from samehand.desk.office.acting import me
from samehand.desk.office.forms import ShiftForm
from samehand.lib.clock import now
from samehand.people.access import needs_lead
from samehand.people.actions import timetable
from samehand.people.models import Shift

WEEK = timedelta(days=7)
FAR = 50


@needs_lead
@require_http_methods(["GET", "HEAD", "POST"])
def week(request: HttpRequest) -> HttpResponse:
    zone = timetable.zone()
    today = now().astimezone(zone).date()
    monday = _monday(request.GET.get("week", ""), today)
    if request.method == "POST":
        form = ShiftForm(request.POST)
        if _added(request, form):
            messages.success(request, _("The shift is in."))
            return _back(form.cleaned_data["day"])
    else:
        form = ShiftForm(initial={"day": max(monday, today) if today < monday + WEEK else monday})
    context = {
        "view": "office-shifts",
        "form": form,
        "days": _days(monday, today),
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "before": monday - WEEK,
        "after": monday + WEEK,
        "this_week": _monday("", today),
        "zone": zone,
    }
    return render(request, "office/shifts.html", context, status=422 if form.errors else 200)


@needs_lead
@require_POST
def copy(request: HttpRequest) -> HttpResponse:
    monday = _monday(request.POST.get("week", ""), now().astimezone(timetable.zone()).date())
    count = timetable.copy_week(by=me(request), monday=monday, now=now())
    said = ngettext("%(count)d shift copied.", "%(count)d shifts copied.", count) % {"count": count}
    messages.success(
        request, said if count else _("There was nothing to copy: the week before is empty or is here already.")
    )
    return _back(monday)


@needs_lead
@require_POST
def drop(request: HttpRequest, shift_id: int) -> HttpResponse:
    shift = Shift.objects.filter(pk=shift_id).first()
    timetable.drop_shift(by=me(request), shift_id=shift_id, now=now())
    messages.success(request, _("The shift is out."))
    return _back(shift.starts_at.astimezone(timetable.zone()).date() if shift else now().date())


def _added(request: HttpRequest, form: ShiftForm) -> bool:
    if not form.is_valid():
        return False
    starts_at, ends_at = form.moments(timetable.zone())
    if starts_at >= ends_at:
        # 2:30 to 3:10 on the night in March that has no hour between 2 and 3.
        form.add_error("end", _("On that night the clocks jump over this hour."))
        return False
    person = form.cleaned_data["consultant"]
    try:
        timetable.add_shift(by=me(request), person=person, starts_at=starts_at, ends_at=ends_at, now=now())
    except timetable.Overlaps:
        form.add_error(None, _("%(name)s already has a shift at that time.") % {"name": person.first_name})
        return False
    return True


def _days(monday: date, today: date) -> list[tuple[date, list[tuple[Shift, datetime, datetime]], bool]]:
    zone = timetable.zone()
    local = [
        (shift, shift.starts_at.astimezone(zone), shift.ends_at.astimezone(zone))
        for shift in timetable.shifts_of(monday)
    ]
    days = [monday + timedelta(days=number) for number in range(7)]
    return [(day, [row for row in local if row[1].date() == day], day == today) for day in days]


def _monday(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = today
    if abs(day.year - today.year) > FAR:
        day = today
    return day - timedelta(days=day.weekday())


def _back(day: date) -> HttpResponse:
    return redirect(f"{reverse('office:shifts')}?week={_monday('', day).isoformat()}")
