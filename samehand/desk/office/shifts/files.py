"""The roster in files: taken in after a look at every line, given out as a table, a calendar or a link."""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samehand.desk.office.acting import me
from samehand.desk.office.shifts import words
from samehand.desk.office.shifts.views import VIEW
from samehand.desk.office.shifts.weighing import Change, told, weigh
from samehand.lib.clock import now
from samehand.people.access import absences_for, needs_lead, needs_staff
from samehand.people.actions import timetable
from samehand.people.actions.rostering import Imported, import_roster, make_link
from samehand.people.actions.rostering.importing import CHANGED, NEW, SAME
from samehand.people.actions.rostering.links import person_of, token_of
from samehand.people.models import Staff
from samehand.people.rostering.files.entries import LARGEST, NotAFile, Sheet
from samehand.people.rostering.files.planned import planned
from samehand.people.rostering.files.reading import read
from samehand.people.rostering.files.table import write_rejected, write_table
from samehand.people.rostering.files.telling import write_calendar

SALT = "samehand.desk.roster-file"
SHOWN = 200
AN_HOUR = 3600


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Table (CSV) or calendar (.ics)"),
        help_text=gettext_lazy("A megabyte at the most. Nothing is saved before you have seen what it would do."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.ics,text/csv,text/calendar"}),
    )
    replace = forms.BooleanField(
        label=gettext_lazy("Take out coming shifts that the file no longer has, of its people and its days"),
        required=False,
    )


@needs_lead
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Show what a file would do, line by line."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return render(request, "office/shifts/import.html", VIEW | {"form": form})
    if form.is_valid():
        raw = form.cleaned_data["file"].read(LARGEST + 1)
        try:
            looked_at = _looked_at(request, raw, form.cleaned_data["replace"])
            return render(request, "office/shifts/import.html", VIEW | {"form": FileForm()} | looked_at)
        except NotAFile as trouble:
            form.add_error("file", str(trouble))
    return render(request, "office/shifts/import.html", VIEW | {"form": form}, status=422)


@needs_lead
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Take in what was shown."""
    zone, moment = timetable.zone(), now()
    raw, replace = _unpacked(request)
    messages.success(request, _counted(_import(request, read(raw, zone, moment), replace, zone, moment)))
    return redirect("office:shifts")


@needs_lead
@require_POST
def rejected(request: HttpRequest) -> HttpResponse:
    """The lines that would not be taken, to be mended and brought again."""
    zone, moment = timetable.zone(), now()
    raw, replace = _unpacked(request)
    sheet = read(raw, zone, moment)
    outcome = _dry(request, sheet, replace, zone, moment)[0]
    table = write_rejected(sheet, {line.number: why for line, why in outcome.troubles})
    return _file(table, "rejected.csv")


@needs_lead
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    return _file(write_table(*_rows(now(), me(request)), timetable.zone()), "roster.csv")


@needs_lead
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    return _calendar(*_rows(now(), me(request)))


@needs_staff
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Each one's own shifts and the link for other calendars."""
    zone, moment = timetable.zone(), now()
    shifts, absences = _rows(moment, me(request), own=True)
    ahead = [(shift, words.span(shift.starts_at, shift.ends_at, zone)) for shift in shifts.filter(ends_at__gt=moment)]
    away = [(one, words.span(one.starts_at, one.ends_at, zone)) for one in absences.filter(ends_at__gt=moment)]
    context = {"view": "office-mine", "shifts": ahead[:60], "absences": away, "link": _link(me(request))}
    return render(request, "office/shifts/mine.html", context)


@needs_staff
@require_POST
def link(request: HttpRequest) -> HttpResponse:
    """A new link; the old one ends."""
    make_link(by=me(request), person_id=me(request).pk, now=now())
    messages.success(request, _("Here is your new link. One that you had before no longer works."))
    return redirect("office:shifts_mine")


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What another calendar reads behind the link: it cannot sign in."""
    person = person_of(token)
    if person is None:
        raise Http404
    return _calendar(*_rows(now(), person, own=True), own=True)


def _looked_at(request: HttpRequest, raw: bytes, replace: bool) -> dict[str, Any]:
    zone, moment = timetable.zone(), now()
    sheet = read(raw, zone, moment)
    outcome, consequences = _dry(request, sheet, replace, zone, moment)
    states = {NEW: _("new"), CHANGED: _("breaks change"), SAME: _("is there already")}
    lines = [(line, states[state], True) for line, state in outcome.states if state != SAME]
    lines += [(line, why, False) for line, why in outcome.troubles]
    return {
        "sheet": sheet,
        "counted": _counted(outcome),
        "lines": sorted(lines, key=lambda row: (row[2], row[0].number))[:SHOWN],
        "more": max(0, len(lines) - SHOWN),
        "troubles": len(outcome.troubles),
        "changes": outcome.count(NEW) + outcome.count(CHANGED) + outcome.taken_out,
        "kept": replace and any(line.entry is None for line in sheet.lines),
        "told": consequences,
        "packed": signing.dumps([b64encode(raw).decode(), replace], salt=SALT, compress=True),
    }


def _dry(request: HttpRequest, sheet: Sheet, replace: bool, zone: ZoneInfo, moment: datetime) -> tuple[Imported, Any]:
    outcomes: list[Imported] = []
    until = max((line.entry.ends_at for line in sheet.lines if line.entry), default=moment)
    change = Change(lambda: outcomes.append(_import(request, sheet, replace, zone, moment)), until, "")
    found = weigh(change, now=moment, zone=zone)
    return outcomes[0], told(found, zone)


def _import(request: HttpRequest, sheet: Sheet, replace: bool, zone: ZoneInfo, moment: datetime) -> Imported:
    return import_roster(
        by=me(request),
        sheet=sheet,
        explain=lambda one: words.refused(one, zone),
        zone=zone,
        replace=replace,
        now=moment,
    )


def _unpacked(request: HttpRequest) -> tuple[bytes, bool]:
    """What was shown comes back signed, so that it is what was looked at, and no bomb."""
    try:
        packed, replace = signing.loads(request.POST.get("packed", ""), salt=SALT, max_age=AN_HOUR)
        return b64decode(packed), replace
    except signing.BadSignature:
        raise Http404 from None


def _counted(outcome: Imported) -> str:
    new, changed, same = (outcome.count(state) for state in (NEW, CHANGED, SAME))
    said = [
        ngettext("%(count)d new", "%(count)d new", new) % {"count": new},
        ngettext("%(count)d changed", "%(count)d changed", changed) % {"count": changed},
        ngettext("%(count)d as before", "%(count)d as before", same) % {"count": same},
    ]
    out, refused = outcome.taken_out, len(outcome.troubles)
    said += [ngettext("%(count)d taken out", "%(count)d taken out", out) % {"count": out}] if out else []
    said += [ngettext("%(count)d rejected", "%(count)d rejected", refused) % {"count": refused}] if refused else []
    return ", ".join(said)


def _rows(moment: datetime, reader: Staff, *, own: bool = False) -> tuple[Any, Any]:
    return planned(absences_for(reader), moment, reader if own else None)


def _link(person: Staff) -> str:
    token = token_of(person)
    return settings.URL + reverse("office:shifts_feed", args=[token]) if token else ""


def _calendar(shifts: Any, absences: Any, *, own: bool = False) -> HttpResponse:
    host = urlsplit(settings.URL).hostname or "samehand"
    raw = write_calendar(shifts, absences, host=host, zone=timetable.zone(), now=now(), own=own)
    return _sent(raw, "text/calendar; charset=utf-8", "roster.ics")


def _file(text: str, name: str) -> HttpResponse:
    # The mark at the beginning tells Excel that this is UTF-8.
    return _sent(b"\xef\xbb\xbf" + text.encode(), "text/csv; charset=utf-8", name)


def _sent(raw: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(raw, content_type=kind, headers=headers)
