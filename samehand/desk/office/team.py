"""The team: who works here, in which role, with which skills, and who no longer does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samehand.desk.office.acting import me
from samehand.desk.office.forms import PersonForm
from samehand.lib.clock import now
from samehand.people.access import needs_admin
from samehand.people.actions import staffing
from samehand.people.models import Skill, Staff, Tongue
from samehand.people.queries import on_shift

VIEW = "office-team"


@needs_admin
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    here = set(on_shift(now()).values_list("pk", flat=True))
    people = Staff.objects.order_by("-is_active", "first_name", "last_name", "pk")
    rows = [
        (person, _named(Skill.choices, person.skills), _named(Tongue.choices, person.languages), person.pk in here)
        for person in people
    ]
    return render(request, "office/team.html", {"view": VIEW, "rows": rows})


@needs_admin
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _invited(request, staffing.add(by=me(request), fields=form.cleaned_data, now=now()))
    return _form(request, form)


@needs_admin
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, person_id: int) -> HttpResponse:
    person = get_object_or_404(Staff, pk=person_id)
    form = PersonForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        try:
            staffing.edit(by=me(request), person_id=person_id, fields=form.cleaned_data, now=now())
        except staffing.LastAdmin:
            form.add_error("role", _last_admin())
        else:
            messages.success(request, _("Saved."))
            return redirect("office:team")
    return _form(request, form, get_object_or_404(Staff, pk=person_id))


@needs_admin
@never_cache
@require_POST
def invite(request: HttpRequest, person_id: int) -> HttpResponse:
    return _invited(request, get_object_or_404(Staff, pk=person_id, is_active=True))


@needs_admin
@require_POST
def deactivate(request: HttpRequest, person_id: int) -> HttpResponse:
    person = get_object_or_404(Staff, pk=person_id)
    try:
        staffing.deactivate(by=me(request), person_id=person.pk, now=now())
    except staffing.LastAdmin:
        messages.error(request, _last_admin())
        return redirect("office:team_edit", person_id)
    messages.success(request, _("%(name)s can no longer sign in.") % {"name": person.full_name})
    return redirect("office:team")


@needs_admin
@require_POST
def activate(request: HttpRequest, person_id: int) -> HttpResponse:
    person = staffing.activate(by=me(request), person_id=get_object_or_404(Staff, pk=person_id).pk, now=now())
    messages.success(request, _("%(name)s can sign in again.") % {"name": person.full_name})
    return redirect("office:team")


def _named(choices: Sequence[tuple[Any, Any]], chosen: list[str]) -> list[str]:
    names = dict(choices)
    return [str(names.get(one, one)) for one in chosen]


def _form(request: HttpRequest, form: PersonForm, person: Staff | None = None) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "office/team_form.html", {"view": VIEW, "form": form, "person": person}, status=status)


def _invited(request: HttpRequest, person: Staff) -> HttpResponse:
    """The link is shown in this one answer and nowhere else; it is not kept."""
    link = settings.URL + staffing.invitation(person)
    return render(request, "office/invited.html", {"view": VIEW, "person": person, "link": link})


def _last_admin() -> str:
    return _("This is the last administrator. Make somebody else one first.")
