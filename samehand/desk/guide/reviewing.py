"""Another pair of eyes: what changed, and out to everybody or back to its author."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samehand.desk.guide import words
from samehand.desk.guide.finding import revision_of, seen_of
from samehand.desk.guide.frame import VIEW, tabs
from samehand.desk.guide.showing import preview_of
from samehand.desk.office.acting import me
from samehand.guide import actions, marks, queries
from samehand.guide.access import visible_to
from samehand.guide.models import Revision
from samehand.guide.rendering import faults_of
from samehand.lib.clock import now
from samehand.people.access import needs_lead, needs_staff

State = Revision.State


@needs_lead
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    waiting = visible_to(me(request)).filter(state=State.REVIEW).select_related("problem", "author")
    context = {"view": VIEW, "tabs": tabs(me(request), "review"), "drafts": waiting.order_by("edited_at")}
    return render(request, "guide_desk/reviews.html", context)


@needs_staff
@require_safe
def difference(request: HttpRequest, revision_id: int) -> HttpResponse:
    """What a version changed against the one that was out before it."""
    newer = revision_of(request, revision_id)
    return render(request, "guide_desk/difference.html", _compared(newer))


@needs_lead
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, revision_id: int) -> HttpResponse:
    draft = revision_of(request, revision_id)
    if request.method != "POST":
        return _show(request, draft)
    try:
        _say(request, draft)
    except actions.Faulty as trouble:
        return _show(request, draft, faults=words.faults(trouble.faults))
    except words.REFUSALS as trouble:
        return _show(request, revision_of(request, revision_id), refused=words.refusal(trouble))
    return redirect("desk_guide:problem", draft.problem.key)


def _say(request: HttpRequest, draft: Revision) -> None:
    person, moment = me(request), now()
    if request.POST.get("verdict") == "return":
        remark = request.POST.get("remark", "").replace("\x00", "")
        actions.send_back(revision_id=draft.pk, by=person, remark=remark, now=moment)
        messages.success(request, _("Returned. It stands on its author's list."))
        return
    alone = request.POST.get("alone") == "yes"
    actions.publish(revision_id=draft.pk, by=person, seen=seen_of(request), alone=alone, now=moment)
    messages.success(request, _("Published: customers read it now."))


@needs_staff
@require_POST
def restore(request: HttpRequest, revision_id: int) -> HttpResponse:
    """A draft says again what this version said."""
    older = revision_of(request, revision_id)
    try:
        actions.revert(revision_id=older.pk, by=me(request), now=now())
    except words.REFUSALS as trouble:
        messages.error(request, words.refusal(trouble))
        return redirect("desk_guide:problem", older.problem.key)
    messages.success(request, _("A draft with the older text is ready: look at it and send it to review."))
    return redirect("desk_guide:write", older.problem.key, older.language)


def _show(request: HttpRequest, draft: Revision, **said: Any) -> HttpResponse:
    context = _compared(draft) | {
        "review": draft.state in Revision.OPEN,
        "own": me(request).pk in (draft.author_id, draft.edited_by_id),
        "seen": draft.edited_at.isoformat(),
        "faults": words.faults(faults_of(draft.title, draft.summary, draft.body)),
        "remark": request.POST.get("remark", ""),
        "shown": preview_of(draft),
        "lone_marks": words.lone(marks.lone_in(draft.problem, draft)),
    }
    return render(request, "guide_desk/difference.html", context | said, status=422 if said else 200)


def _compared(newer: Revision) -> dict[str, Any]:
    once = queries.history(newer.problem, newer.language).exclude(state=State.DISCARDED)
    older = once.filter(number__lt=newer.number, published_at__isnull=False).first()
    return {"view": VIEW, "newer": newer, "older": older, "lines": queries.difference(older, newer)}
