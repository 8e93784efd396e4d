"""The board's page, its panels alone, and the wish for a new forecast."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from samehand.desk.board.panels import panels
from samehand.desk.tasks import forecast_soon
from samehand.lib.clock import now
from samehand.people.access import needs_lead

VIEW = "board"


@needs_lead
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return render(request, "board/board.html", _board())


@needs_lead
@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    """The panels alone: what the live line fetches again."""
    return render(request, "board/_panels.html", _board())


@needs_lead
@require_POST
def again(request: HttpRequest) -> HttpResponse:
    forecast_soon()
    return redirect("board:show")


def _board() -> dict[str, Any]:
    moment = now()
    return {"view": VIEW, "now": moment, "panels": panels(moment)}
