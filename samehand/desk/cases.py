"""The page of a case: who the customer is, all that was said, and where to answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from samehand.cases import actions, queries
from samehand.cases.access import visible_to
from samehand.cases.models import Case, Rearrangement
from samehand.cases.rearranged import rearrangements_of
from samehand.cases.recipients import PARTICIPANT, recipients, strangers_in_copy
from samehand.cases.senders import sender_for
from samehand.cases.waiting_for import chosen_of
from samehand.desk.briefs import brief_of
from samehand.desk.devices import device_of, told_of
from samehand.desk.hints import hint_of
from samehand.desk.lists import beside_case
from samehand.desk.notice_hints import hints_of
from samehand.desk.numbers import number
from samehand.desk.read_before import read_before
from samehand.desk.showing import due_of_case, entries, rows, with_rearrangements
from samehand.desk.solutions.showing import panel
from samehand.desk.trust import warning
from samehand.desk.turns import sentences
from samehand.lib.clock import now
from samehand.people.models import Staff
from samehand.people.queries import sending_addresses, terms, with_shift

# Of a customer who wrote for years the page shows the latest at first; the rest is a link away.
LATEST = 60


@require_safe
@login_required
def show(request: HttpRequest, reference: str) -> HttpResponse:
    case = get_object_or_404(visible_to(request.user), reference=reference.upper())
    if case.merged_into:
        return redirect("desk:case", case.merged_into.reference)
    return render(request, "desk/case.html", of_case(request, case))


@require_safe
@login_required
def stream(request: HttpRequest, reference: str) -> HttpResponse:
    """All that changes by itself while somebody looks at the case: head, messages, what was seen."""
    case = get_object_or_404(visible_to(request.user), reference=reference.upper())
    return render(request, "desk/_case_live.html", of_case(request, case))


@require_safe
@login_required
def notice_hint(request: HttpRequest, reference: str) -> HttpResponse:
    """What explains the case at the moment: a notice was announced or taken back."""
    case = get_object_or_404(visible_to(request.user), reference=reference.upper())
    return render(request, "desk/_notice_hint.html", {"case": case, "hints": hints_of(case, now())})


def of_case(request: HttpRequest, case: Case, **more: Any) -> dict[str, Any]:
    """What the case page shows; `more` brings back what was typed when an act was refused."""
    moment, bound = now(), terms()
    address = queries.address_of(case)
    latest = None if "whole" in request.GET else LATEST
    history = queries.history(case, latest)
    device = device_of(case)
    return {
        "view": "case",
        "line": sentences([case], cast(Staff, request.user), moment).get(case.pk, ""),
        "case": case,
        "due": due_of_case(case, bound, moment),
        "entries": with_rearrangements(entries(history, bound, moment), rearrangements_of(request.user, case), case),
        **brief_of(case, cast(Staff, request.user), moment),
        "waits_for": chosen_of(case),
        "hint": hint_of(request.user, case),
        "done": _just_done(request, case),
        "earlier": max(queries.length_of_history(case) - len(history), 0),
        # Of what is shown, not asked anew: what comes between two queries was not seen.
        "seen": max((message.pk for message in history if message.case_id == case.pk), default=0),
        **_writing_to(case),
        **_tried(case),
        "unreached": queries.unreached(case, address),
        **_senders(case),
        "page_url": queries.page_url(case),
        "others": rows(_others(request, case)[:20], bound, moment),
        "addresses": list(case.customer.contact_points.order_by("id")),
        "read_before": read_before(case),
        "device": device,
        "told_device": None if device else told_of(history),
        "served_by": list(queries.served_by(case)),
        "colleagues": _colleagues(case, moment),
        **beside_case(request.user, case.reference, moment),
        **more,
    }


def _just_done(request: HttpRequest, case: Case) -> Rearrangement | None:
    """What the reader has just joined, split or moved, and may undo."""
    done = number(request.GET.get("done"))
    return next((one for one in rearrangements_of(request.user, case) if one.pk == done), None)


def _writing_to(case: Case) -> dict[str, Any]:
    """Who may be answered, who else is in the mails, and what to think of before."""
    among = recipients(case)
    return {
        "address": among[0].address if among else "",
        "recipients": among,
        "participants": [one.address for one in among if one.kind == PARTICIPANT],
        "in_copy": strangers_in_copy(case),
        "warning": warning(queries.trust_of([case]).get(case.pk, "")),
    }


def _tried(case: Case) -> dict[str, Any]:
    """The problem is guessed when somebody looks at the case: filing a thousand mails costs nothing by it."""
    actions.guess_problem(case)
    return panel(case)


def _senders(case: Case) -> dict[str, Any]:
    """From which addresses she may write, when there are several, and which one fits."""
    ours = sending_addresses()
    return {"senders": ours, "leaves_from": sender_for(case).address} if len(ours) > 1 else {}


def _colleagues(case: Case, moment: datetime) -> list[Staff]:
    """To whom the case may go: those on shift first."""
    everybody = with_shift(moment).order_by("first_name", "last_name", "id")
    others = [colleague for colleague in everybody if colleague.pk != case.owner_id]
    return sorted(others, key=lambda colleague: not getattr(colleague, "on_shift", False))


def _others(request: HttpRequest, case: Case) -> QuerySet[Case]:
    others = visible_to(request.user).filter(customer=case.customer, merged_into=None).exclude(pk=case.pk)
    return others.order_by("-touched_at", "-id")
