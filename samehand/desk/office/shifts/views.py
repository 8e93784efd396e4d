"""The week of the team, and each change of it: weighed first, then saved."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from samehand.desk.numbers import number
from samehand.desk.office.acting import me
from samehand.desk.office.shifts import panel, words
from samehand.desk.office.shifts.changes import FORMS, Acts, form_of
from samehand.desk.office.shifts.week import week as painted
from samehand.desk.office.shifts.weighing import Change, told, was_seen, weigh
from samehand.lib.clock import now
from samehand.people.access import needs_lead
from samehand.people.actions import timetable
from samehand.people.actions.rostering import Refused
from samehand.people.actions.rostering.refusals import Gone
from samehand.people.models import Staff, WeekTemplate

WEEK = timedelta(days=7)
FAR = 50
VIEW = {"view": "office-shifts"}
# Not the lead's words: they are asked for anew on each page.
OURS = {"csrfmiddlewaretoken", "seen"}


@needs_lead
@require_safe
def week(request: HttpRequest) -> HttpResponse:
    zone = timetable.zone()
    today = now().astimezone(zone).date()
    monday = monday_of(request.GET.get("week", ""), today)
    context = VIEW | {
        "week": painted(monday, reader=me(request), now=now(), zone=zone),
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "before": monday - WEEK,
        "after": monday + WEEK,
        "this_week": monday_of("", today),
        "zone": zone,
    }
    return render(request, "office/shifts/week.html", context)


@needs_lead
@require_safe
def day(request: HttpRequest) -> HttpResponse:
    """One person on one day, to be changed."""
    zone = timetable.zone()
    today = now().astimezone(zone).date()
    person = get_object_or_404(Staff, pk=number(request.GET.get("person")) or 0)
    chosen = _day(request.GET.get("day", ""), today)
    return _show(request, panel.of(person, chosen, reader=me(request), now=now(), zone=zone))


@needs_lead
@require_safe
def whole(request: HttpRequest) -> HttpResponse:
    """What is done to a whole week: copied, planned after a template, carried to other programs."""
    today = now().astimezone(timetable.zone()).date()
    monday = monday_of(request.GET.get("week", ""), today)
    context = {"monday": monday, "before": monday - WEEK, "templates": WeekTemplate.objects.all()}
    return _show(request, context, "office/shifts/_whole.html")


@needs_lead
@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Do it, when it harms nobody or its harm has been seen; else show the harm."""
    name, zone, moment = request.POST.get("act", ""), timetable.zone(), now()
    if name not in FORMS:
        raise Http404
    form = form_of(name, request.POST)
    if not form.is_valid():
        return _again(request, name, form, zone)
    acts = Acts(me(request), moment, zone)
    try:
        change: Change = getattr(acts, name)(form, number(request.POST.get("row")) or 0)
        found = weigh(change, now=moment, zone=zone)
        if not was_seen(found, request.POST.get("seen", "")):
            return _show(request, _harm(request, told(found, zone)), "office/shifts/_harm.html")
        change.act()
    except (Refused, Gone) as refusal:
        form.add_error(None, words.refused(refusal, zone))
        return _again(request, name, form, zone)
    messages.success(request, acts.said(change))
    return _done(request)


def monday_of(text: str, today: date) -> date:
    chosen = _day(text, today)
    return chosen - timedelta(days=chosen.weekday())


def _harm(request: HttpRequest, consequences: Any) -> dict[str, Any]:
    fields = [(key, value) for key, value in request.POST.items() if key not in OURS]
    return {"told": consequences, "fields": fields, "back": _back(request)}


def _again(request: HttpRequest, name: str, form: forms.Form, zone: ZoneInfo) -> HttpResponse:
    """The panel with what was typed and what is wrong with it."""
    person = Staff.objects.filter(pk=number(request.POST.get("person")) or 0).first()
    if person is None:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return _done(request)
    chosen = _day(request.POST.get("on", ""), now().astimezone(zone).date())
    row = number(request.POST.get("row")) or 0
    context = panel.of(person, chosen, reader=me(request), now=now(), zone=zone, failed=(name, row, form))
    return _show(request, context, status=422)


def _show(
    request: HttpRequest, context: dict[str, Any], part: str = "office/shifts/_day.html", status: int = 200
) -> HttpResponse:
    """The panel alone for the dialog, a page of its own without it."""
    if request.headers.get("HX-Request"):
        # htmx leaves answers of 4xx unread; the panel says itself what is wrong.
        return render(request, part, context)
    return render(request, "office/shifts/page.html", VIEW | context | {"part": part}, status=status)


def _done(request: HttpRequest) -> HttpResponse:
    address = f"{reverse('office:shifts')}?{urlencode({'week': _week_of(request)})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _back(request: HttpRequest) -> str:
    """Where the lead was: the panel of the day, or the week."""
    if person := number(request.POST.get("person")):
        return f"{reverse('office:shifts_day')}?{urlencode({'person': person, 'day': request.POST.get('on', '')})}"
    return f"{reverse('office:shifts')}?{urlencode({'week': _week_of(request)})}"


def _week_of(request: HttpRequest) -> str:
    posted = request.POST
    said = posted.get("week") or posted.get("on") or posted.get("day") or posted.get("first") or ""
    return monday_of(said, now().astimezone(timetable.zone()).date()).isoformat()


def _day(text: str, today: date) -> date:
    try:
        chosen = date.fromisoformat(text)
    except ValueError:
        return today
    return chosen if abs(chosen.year - today.year) <= FAR else today
