"""The office's front page: what needs a lead's eye, and the way to everything else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samehand.desk.office import menu
from samehand.desk.office.acting import me
from samehand.desk.office.beginning import steps
from samehand.lib.clock import now
from samehand.lib.health import findings
from samehand.people.access import needs_lead

VIEW = "office-home"


@needs_lead
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "view": VIEW,
        "findings": findings(now()),
        "steps": steps(me(request)),
        "items": [item for item in menu.items(me(request)) if item.view != VIEW],
    }
    return render(request, "office/home.html", context)


@needs_lead
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """The strip alone, to be shown on other pages; empty when all is well."""
    return render(request, "office/_health.html", {"findings": findings(now())})
