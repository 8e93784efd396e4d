"""The page of a case: who the customer is, all that was said, and where to answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from samehand.cases import queries
from samehand.cases.access import visible_to
from samehand.cases.models import Case, Message
from samehand.desk.lists import beside_case
from samehand.desk.showing import due_of_case, entries, rows
from samehand.lib.clock import now
from samehand.people.models import Staff
from samehand.people.queries import terms, with_shift

# Of a customer who wrote for years the page shows the latest at first; the rest is a link away.
LATEST = 60


@require_safe
@login_required
def show(request: HttpRequest, reference: str) -> HttpResponse:
    case = get_object_or_404(visible_to(request.user), reference=reference.upper())
    return render(request, "desk/case.html", of_case(request, case))


@require_safe
@login_required
def stream(request: HttpRequest, reference: str) -> HttpResponse:
    """All that changes by itself while somebody looks at the case: head, messages, what was seen."""
    case = get_object_or_404(visible_to(request.user), reference=reference.upper())
    return render(request, "desk/_case_live.html", of_case(request, case))


def of_case(request: HttpRequest, case: Case, **more: Any) -> dict[str, Any]:
    """What the case page shows; `more` brings back what was typed when an act was refused."""
    moment, bound = now(), terms()
    # What belongs to this case stands last, right above the place to answer; other cases before it, each in its time.
    history = sorted(queries.history(case), key=lambda message: message.case_id == case.pk)
    cut = 0 if "whole" in request.GET else max(len(history) - LATEST, 0)
    return {
        "view": "case",
        "case": case,
        "due": due_of_case(case, bound, moment),
        "entries": entries(history[cut:], bound, moment),
        "earlier": cut,
        "seen": queries.last_seen(case),
        "address": queries.address_of(case),
        "page_url": queries.page_url(case),
        "others": rows(_others(request, case)[:20], bound, moment),
        "addresses": list(case.customer.contact_points.order_by("id")),
        "served_by": _consultants(history),
        "colleagues": _colleagues(case, moment),
        **beside_case(request.user, case.reference, moment),
        **more,
    }


def _consultants(history: list[Message]) -> list[Staff]:
    """Who has answered this customer, the latest first."""
    answers = sorted((m for m in history if m.direction == Message.Direction.OUT), key=lambda m: m.at, reverse=True)
    return list(dict.fromkeys(answer.author for answer in answers if answer.author))


def _colleagues(case: Case, moment: datetime) -> list[Staff]:
    """To whom the case may go: those on shift first."""
    everybody = with_shift(moment).order_by("first_name", "last_name", "id")
    others = [colleague for colleague in everybody if colleague.pk != case.owner_id]
    return sorted(others, key=lambda colleague: not getattr(colleague, "on_shift", False))


def _others(request: HttpRequest, case: Case) -> QuerySet[Case]:
    others = visible_to(request.user).filter(customer=case.customer).exclude(pk=case.pk)
    return others.order_by("-touched_at", "-id")
