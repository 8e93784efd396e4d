"""The page for leads: ask, see how far it is, read the answer. Nothing here computes; a job does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samehand.desk.models import Reckoning
from samehand.desk.office.acting import me
from samehand.desk.staffing import bad_days, reckonings, showing
from samehand.desk.staffing.forms import IllForm, OutageForm, PeopleForm
from samehand.desk.staffing.words import plain
from samehand.lib.clock import now
from samehand.people.access import needs_lead
from samehand.people.actions import timetable
from samehand.people.queries import service_hours

KINDS = tuple(Reckoning.Kind.values)
FULL_SLIDER, SHORT_SLIDER = 40, 6


@needs_lead
@require_safe
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    reckonings.give_up_dead(now=now())
    pieces = {f"piece_{kind}": _piece(kind) for kind in KINDS}
    return render(request, "staffing/page.html", {"view": "staffing", **pieces})


@needs_lead
@require_safe
@never_cache
def piece(request: HttpRequest, kind: str) -> HttpResponse:
    """How far a question is, while it is under way; then the question with its answer."""
    reckonings.give_up_dead(now=now())
    found = _piece(_known(kind))
    if found["running"]:
        # The form beside it stays: somebody may be filling it in.
        return render(request, "staffing/_state.html", {"piece": found})
    response = render(request, f"staffing/_{kind}.html", {"piece": found})
    response["HX-Retarget"], response["HX-Reswap"] = f"#{kind}", "outerHTML"
    if kind == Reckoning.Kind.PEOPLE:
        # The bad days stand on this answer: their pieces hear it and fetch themselves.
        response["HX-Trigger-After-Swap"] = "staffing-people"
    return response


@needs_lead
@require_POST
def ask(request: HttpRequest, kind: str) -> HttpResponse:
    form = _form(_known(kind), None, reckonings.latest(Reckoning.Kind.PEOPLE), request.POST)
    if not form.is_valid():
        return _shown(request, kind, {**_piece(kind), "form": form}, status=422)
    said = ""
    try:
        reckonings.ask(kind=kind, inputs=form.inputs(), by=me(request), again="again" in request.POST, now=now())
    except reckonings.Busy as busy:
        said = _busy(busy.reckoning)
    except reckonings.NothingToStandOn:
        said = _("First ask how many people you need: the bad days stand on that answer.")
    if request.headers.get("HX-Request"):
        return _shown(request, kind, {**_piece(kind), "form": form, "said": said})
    if said:
        messages.warning(request, said)
    return redirect(f"{reverse('staffing:page')}#{kind}")


@needs_lead
@require_POST
def cancel(request: HttpRequest, reckoning_id: int) -> HttpResponse:
    asked = Reckoning.objects.filter(pk=reckoning_id).first()
    reckonings.cancel(reckoning_id=reckoning_id, now=now())
    kind = asked.kind if asked else Reckoning.Kind.PEOPLE
    if request.headers.get("HX-Request"):
        return _shown(request, kind, _piece(kind))
    return redirect(f"{reverse('staffing:page')}#{kind}")


def _shown(request: HttpRequest, kind: str, piece: dict[str, Any], status: int = 200) -> HttpResponse:
    if request.headers.get("HX-Request"):
        # htmx shows nothing of an answer that says 422.
        return render(request, f"staffing/_{kind}.html", {"piece": piece})
    pieces = {f"piece_{each}": _piece(each) for each in KINDS} | {f"piece_{kind}": piece}
    return render(request, "staffing/page.html", {"view": "staffing", **pieces}, status=status)


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise Http404
    return kind


def _piece(kind: str) -> dict[str, Any]:
    """The form as it was last filled in, what is under way, the latest answer and what went wrong since."""
    running, people = reckonings.under_way(), reckonings.latest(Reckoning.Kind.PEOPLE)
    done = people if kind == Reckoning.Kind.PEOPLE else people and reckonings.latest_bad_day(kind, people)
    return {
        "kind": kind,
        "form": _form(kind, running if running and running.kind == kind else done, people),
        "running": running if running and running.kind == kind else None,
        # As a number of HTML, not of the reader's language.
        "share": f"{running.progress:.3f}" if running else "0",
        "percent": round(100 * running.progress) if running else 0,
        "trouble": reckonings.last_trouble(kind),
        "found": done and (showing.people(done) if kind == Reckoning.Kind.PEOPLE else bad_days.bad_day(done)),
        "stands": people is not None,
    }


def _form(
    kind: str, last: Reckoning | None, people: Reckoning | None, data: QueryDict | None = None
) -> PeopleForm | IllForm | OutageForm:
    """Each has ids of its own: all three stand on one page, and htmx finds the focus again by them."""
    given = {name: plain(value) for name, value in last.inputs.items()} if last else {}
    auto_id = f"{kind}_%s"
    if kind == Reckoning.Kind.PEOPLE:
        start = {"within": service_hours().promise_minutes, **given}
        start["target"] = plain(round(100 * start.get("target", 0.995), 2))
        return PeopleForm(data, initial=start, auto_id=auto_id)
    start = {"weekday": (now().astimezone(timetable.zone()) + timedelta(days=1)).weekday(), **given}
    if kind == Reckoning.Kind.ILL:
        return IllForm(data, initial=start, most=_crew(people), auto_id=auto_id)
    if "deflects" in given:
        start["deflects"] = round(100 * last.inputs["deflects"]) if last else 0
    return OutageForm(data, initial=start, auto_id=auto_id)


def _crew(people: Reckoning | None) -> int:
    """How far the slider goes: all who are ever there together, but not so far that a pixel is a person."""
    answer = people.answer if people else None
    most = max(answer["rostered"] or answer["there"]) if answer else 0.0
    return int(min(FULL_SLIDER, max(SHORT_SLIDER, most)))


def _busy(other: Reckoning) -> str:
    name = other.asked_by.first_name if other.asked_by else "?"
    return _("%(name)s's question is being answered, %(percent)d%% of it. Yours can follow; or cancel that one.") % {
        "name": name,
        "percent": round(100 * other.progress),
    }
