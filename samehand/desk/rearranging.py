"""A consultant puts cases in order: joins, splits, moves, undoes."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samehand.cases import actions
from samehand.cases.access import messages_visible_to, rearrangements_visible_to, visible_to
from samehand.cases.models import Case, Message, Rearrangement
from samehand.cases.rearranged import from_here_on, places
from samehand.desk.showing import rows
from samehand.lib.clock import now
from samehand.people.queries import terms

SAME, APART = "same", "apart"


@login_required
def join(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose with which case this one is joined; the choice joins them."""
    case = get_object_or_404(visible_to(request.user), reference=reference.upper())
    if case.merged_into_id:
        return redirect("desk:case", case.reference)
    if request.method != "POST":
        return _choose(request, case)
    into = _chosen(request)
    person = request.POST.get("person", "")
    if into.customer_id != case.customer_id and person not in (SAME, APART):
        return render(request, "desk/two_people.html", {"case": case, "into": into, "view": ""})
    try:
        done = actions.merge(
            case_id=case.pk, into_id=into.pk, author_id=_me(request), now=now(), same_person=person == SAME
        )
    except (actions.SameCase, actions.Joined):
        return _refused(request, case, _("Not joined: one of the two is part of the other already."))
    except actions.NotOnePerson:
        return _refused(request, case, _("Not joined: who shows a false address is never the same person."))
    return _done(done, done.into)


@login_required
def move(request: HttpRequest, message_id: int) -> HttpResponse:
    """Choose to which case a message goes; the choice moves it."""
    message = get_object_or_404(messages_visible_to(request.user), pk=message_id)
    if request.method != "POST":
        return _choose(request, message.case, message)
    try:
        done = actions.move(
            case_id=message.case_id,
            into_id=_chosen(request).pk,
            messages=[message.pk],
            author_id=_me(request),
            now=now(),
        )
    except (actions.SameCase, actions.Joined, actions.NothingToMove):
        return _refused(request, message.case, _("Not moved: it lies in that case, or lies elsewhere by now."))
    return _done(done, done.into if done.kind == Rearrangement.Kind.MERGE else done.case)


@login_required
def split(request: HttpRequest, message_id: int) -> HttpResponse:
    """The message and all below it become a case of their own; with `only`, the message alone does."""
    message = get_object_or_404(messages_visible_to(request.user), pk=message_id)
    if request.method != "POST":
        return redirect("desk:case", message.case.reference)
    chosen = [message.pk] if "only" in request.POST else from_here_on(message)
    try:
        done = actions.split(case_id=message.case_id, messages=chosen, author_id=_me(request), now=now())
    except actions.NothingLeft:
        return _refused(request, message.case, _("Not split: nothing would be left in this case."))
    except (actions.NothingToMove, actions.Joined):
        return _refused(request, message.case, _("Not split: the message lies elsewhere by now."))
    return _done(done, done.into)


@login_required
def apart(request: HttpRequest, reference: str) -> HttpResponse:
    """The case is a matter of its own, whatever was guessed."""
    case = get_object_or_404(visible_to(request.user), reference=reference.upper())
    if request.method == "POST" and not case.merged_into_id:
        actions.dismiss_hint(case_id=case.pk, author_id=_me(request), now=now())
    return redirect("desk:case", case.reference)


@login_required
def undo(request: HttpRequest, rearrangement_id: int) -> HttpResponse:
    done = get_object_or_404(
        rearrangements_visible_to(request.user).select_related("case", "into"), pk=rearrangement_id
    )
    if request.method != "POST":
        return redirect("desk:case", done.into.reference)
    try:
        actions.undo(rearrangement_id=done.pk, author_id=_me(request), now=now())
    except actions.CannotBeUndone as why:
        return _refused(request, done.into, _(str(why)))
    messages.success(request, _("Undone: everything lies where it lay."))
    return redirect("desk:case", done.case.reference)


def _me(request: HttpRequest) -> int:
    return cast(int, request.user.pk)


def _chosen(request: HttpRequest) -> Case:
    case = get_object_or_404(visible_to(request.user), reference=request.POST.get("into", "").upper())
    return case.merged_into or case


def _choose(request: HttpRequest, case: Case, message: Message | None = None) -> HttpResponse:
    query = " ".join(request.GET.get("q", "").split())[:200]
    own, others = places(request.user, case, query)
    bound, moment = terms(), now()
    context: dict[str, Any] = {
        "view": "",
        "case": case,
        "message": message,
        "query": query,
        "own": rows(own, bound, moment),
        "others": rows(others, bound, moment),
        "address": reverse("desk:move", args=[message.pk]) if message else reverse("desk:join", args=[case.reference]),
    }
    return render(request, "desk/pick.html", context)


def _done(done: Rearrangement, show: Case) -> HttpResponse:
    return redirect(f"{reverse('desk:case', args=[show.reference])}?done={done.pk}")


def _refused(request: HttpRequest, case: Case, why: str) -> HttpResponse:
    messages.error(request, why)
    return redirect("desk:case", case.reference)
