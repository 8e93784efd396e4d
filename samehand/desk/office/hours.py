"""When the desk answers and what it promises."""

from __future__ import annotations

from datetime import date

import holidays
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samehand.desk.office import spans
from samehand.desk.office.acting import me
from samehand.desk.office.forms import HoursForm, SpecialDayForm
from samehand.lib.clock import now
from samehand.people.access import needs_admin
from samehand.people.actions import timetable
from samehand.people.models import SpecialDay
from samehand.people.queries import service_hours


@needs_admin
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    form = HoursForm(request.POST or None, instance=service_hours())
    if request.method == "POST" and form.is_valid():
        timetable.set_hours(by=me(request), fields=form.values(), now=now())
        messages.success(request, _("Saved. It counts for every promise made from now on."))
        return redirect("office:hours")
    return _show(request, form, SpecialDayForm())


@needs_admin
@require_POST
def add_day(request: HttpRequest) -> HttpResponse:
    form = SpecialDayForm(request.POST)
    if not form.is_valid():
        return _show(request, HoursForm(instance=service_hours()), form)
    said = form.cleaned_data
    timetable.add_special_day(by=me(request), day=said["date"], name=said["name"], spans=said["spans"], now=now())
    messages.success(request, _("The day is in the calendar."))
    return redirect("office:hours")


@needs_admin
@require_POST
def drop_day(request: HttpRequest, day_id: int) -> HttpResponse:
    timetable.drop_special_day(by=me(request), day_id=day_id, now=now())
    messages.success(request, _("The day follows the week again."))
    return redirect("office:hours")


def _show(request: HttpRequest, form: HoursForm, day_form: SpecialDayForm) -> HttpResponse:
    saved = service_hours()
    today = now().astimezone(timetable.zone()).date()
    special = [(day, spans.shown(day.spans)) for day in SpecialDay.objects.filter(date__gte=date(today.year, 1, 1))]
    context = {
        "view": "office-hours",
        "form": form,
        "day_form": day_form,
        "special": special,
        "years": _holidays(saved.country, today.year, {day.date for day, _shown in special}),
        "today": today,
        "zone": saved.zone,
    }
    return render(request, "office/hours.html", context, status=422 if form.errors or day_form.errors else 200)


def _holidays(country: str, year: int, special: set[date]) -> list[tuple[int, list[tuple[date, str, bool]]]]:
    """This and the next year's public holidays in the reader's language, and whether a special day overrules each."""
    if not country:
        return []
    language = {"pl": "pl", "en": "en_US"}.get(get_language() or "")
    known = [
        (number, holidays.country_holidays(country, years=number, language=language)) for number in (year, year + 1)
    ]
    return [(number, [(day, name, day in special) for day, name in sorted(days.items())]) for number, days in known]
