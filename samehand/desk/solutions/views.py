"""What a consultant does with the ledger of a case."""

from __future__ import annotations

from datetime import UTC, datetime

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.validators import MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samehand.cases import actions
from samehand.cases.access import visible_to
from samehand.cases.actions.offering.sending import warned_in
from samehand.cases.drafts import draft_of
from samehand.cases.models import Case, Offer, Outcome
from samehand.desk.numbers import number
from samehand.desk.office.acting import me
from samehand.desk.solutions.showing import choices, title_of
from samehand.guide.models import Problem
from samehand.lib.clock import now

# Before it nobody had a mobile phone: whoever types the year 2 means another one.
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


class TriedForm(forms.Form):
    solution = forms.IntegerField(required=False, min_value=1)
    text = forms.CharField(required=False, max_length=2_000)
    channel = forms.CharField(max_length=20)
    outcome = forms.ChoiceField(choices=Outcome.choices, required=False)
    day = forms.DateTimeField(
        required=False, input_formats=["%Y-%m-%dT%H:%M"], validators=[MinValueValidator(EARLIEST)]
    )


@require_POST
@login_required
def again(request: HttpRequest, reference: str) -> HttpResponse:
    """While she writes: what of the draft was tried before."""
    case = _case(request, reference)
    draft = draft_of(request.POST.get("text", ""), inserted_in(request))
    failed, unknown = warned_in(case, draft, now())
    return render(request, "desk/_again.html", {"failed_again": failed, "unknown_again": unknown})


@require_POST
@login_required
def note_tried(request: HttpRequest, reference: str) -> HttpResponse:
    case, form = _case(request, reference), TriedForm(request.POST)
    if "day" in form.errors:
        messages.error(request, _("Not noted: that is no day on which it can have been tried."))
        return _back(case)
    try:
        if not form.is_valid():
            raise actions.NothingOffered
        said = form.cleaned_data
        actions.record_offer(
            case_id=case.pk, by_id=me(request).pk, channel=said["channel"], now=now(), solution_id=said["solution"],
            text=said["text"], outcome=said["outcome"] or Outcome.UNKNOWN, offered_at=said["day"],
        )  # fmt: skip
    except actions.NothingOffered:
        messages.error(request, _("Not noted: choose what was tried, or write it."))
    else:
        messages.success(request, _("Noted: nobody offers it again if it did not help."))
    return _back(case)


@require_POST
@login_required
def outcome(request: HttpRequest, offer_id: int) -> HttpResponse:
    offer = _offer(request, offer_id)
    try:
        actions.set_outcome(
            offer_id=offer.pk, outcome=request.POST.get("outcome", ""), how="staff", now=now(), by_id=me(request).pk
        )
    except actions.NoOutcome:
        messages.error(request, _("Nothing changed: that is no outcome."))
    return _back_from(request, offer)


@require_POST
@login_required
def undo(request: HttpRequest, offer_id: int) -> HttpResponse:
    offer = _offer(request, offer_id)
    seen = request.POST.get("outcome", "")
    actions.undo_outcome(offer_id=offer.pk, outcome=seen, by_id=me(request).pk, now=now())
    return _back_from(request, offer)


@login_required
def problem(request: HttpRequest, reference: str) -> HttpResponse:
    """Which problem of the guide it is: the choice on a page of its own, and the choosing."""
    case = _case(request, reference)
    if request.method != "POST":
        shown = {"view": "case", "case": case, "shelves": choices(), "named": title_of(case.problem)}
        return render(request, "desk/problem.html", shown)
    key = request.POST.get("problem", "").replace("\x00", "")
    chosen = get_object_or_404(Problem, key=key) if key else None
    actions.name_problem(case_id=case.pk, problem=chosen, by_id=me(request).pk, now=now())
    return _back(case)


def inserted_in(request: HttpRequest) -> list[int]:
    """The solutions that the composer put into the draft."""
    return [found for one in request.POST.getlist("inserted")[:50] if (found := number(one))]


def _case(request: HttpRequest, reference: str) -> Case:
    return get_object_or_404(visible_to(request.user), reference=reference.upper())


def _offer(request: HttpRequest, offer_id: int) -> Offer:
    """An offer to a customer whose case she may see."""
    customers = visible_to(request.user).values("customer")
    return get_object_or_404(Offer.objects.filter(customer__in=customers), pk=offer_id)


def _back_from(request: HttpRequest, offer: Offer) -> HttpResponse:
    """To the case that she came from; the offer may have been made in another one."""
    came = visible_to(request.user).filter(reference=request.POST.get("case", "").upper(), customer=offer.customer_id)
    case = came.first() or offer.case
    return _back(case) if case else redirect("desk:queue")


def _back(case: Case) -> HttpResponse:
    return redirect(f"{reverse('desk:case', args=[case.reference])}?tried#tried")
