"""One problem: how each language stands, its versions, its solutions, and who looks after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samehand.desk.guide import words
from samehand.desk.guide.finding import problem_of
from samehand.desk.guide.forms import KeepForm, named
from samehand.desk.guide.frame import VIEW
from samehand.desk.office.acting import me
from samehand.guide import actions, marks, overview, queries
from samehand.guide.access import reviews
from samehand.guide.models import Problem, Revision, Solution, SolutionText
from samehand.guide.rendering import address
from samehand.lib.clock import now
from samehand.people.access import needs_lead, needs_staff
from samehand.people.models import Language


@dataclass(frozen=True, slots=True)
class Side:
    """A language of the problem as the page shows it; `address`: where customers read it."""

    name: str
    cell: overview.Cell
    open: Revision | None
    history: list[Revision]
    translates: bool
    address: str


@dataclass(frozen=True, slots=True)
class Named:
    solution: Solution
    title: str


@needs_staff
@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    return _show(request, problem_of(key))


@needs_staff
@require_POST
def looked(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody has read it and found it true."""
    actions.look_at(problem_id=problem_of(key).pk, by=me(request), now=now())
    messages.success(request, _("Noted. It comes back when its time is over."))
    return redirect("desk_guide:mine") if request.POST.get("back") == "mine" else redirect("desk_guide:problem", key)


@needs_staff
@require_POST
def confirm(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """The translation says the same as the newest version of its source, without a change."""
    try:
        actions.confirm(problem_id=problem_of(key).pk, language=language, by=me(request), now=now())
    except words.REFUSALS as trouble:
        messages.error(request, words.refusal(trouble))
    else:
        messages.success(request, _("Noted: the translation follows its source."))
    return redirect("desk_guide:problem", key)


@needs_lead
@require_POST
def keep(request: HttpRequest, key: str) -> HttpResponse:
    problem = problem_of(key)
    form = KeepForm(request.POST)
    if not form.is_valid():
        return _show(request, problem, form)
    said, moment = form.cleaned_data, now()
    actions.describe(
        problem_id=problem.pk, by=me(request), kind=said["kind"], category=said["category"], topic=problem.topic,
        related=problem.related, review_every=said["review_every"], now=moment,
    )  # fmt: skip
    if said["owner"] != problem.owner:
        actions.give(problem_id=problem.pk, to=said["owner"], by=me(request), now=moment)
    messages.success(request, _("Saved."))
    return redirect("desk_guide:problem", key)


@needs_lead
@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    problem = problem_of(key)
    if request.POST.get("back"):
        actions.bring_back(problem_id=problem.pk, by=me(request), now=now())
        messages.success(request, _("Customers find it again."))
    else:
        actions.withdraw(problem_id=problem.pk, by=me(request), now=now())
        messages.success(request, _("Withdrawn. Customers no longer find it; nothing is lost."))
    return redirect("desk_guide:problem", key)


def _show(request: HttpRequest, problem: Problem, form: KeepForm | None = None) -> HttpResponse:
    language = get_language() or "pl"
    row = overview.rows([problem], language, timezone.localdate(now()))[0]
    context: dict[str, Any] = {
        "view": VIEW,
        "problem": problem,
        "category": named(problem.category),
        "row": row,
        "sides": [_side(problem, cell) for cell in row.cells],
        "solutions": _solutions(problem, language),
        "lone_marks": words.lone(marks.lone_in(problem)),
        "form": form or KeepForm(initial=_kept(problem)),
        "may_review": reviews(me(request)),
    }
    return render(request, "guide_desk/problem.html", context, status=422 if form else 200)


def _side(problem: Problem, cell: overview.Cell) -> Side:
    history = list(queries.history(problem, cell.language).defer("body"))
    translates = cell.language != problem.source_language
    return Side(
        capfirst(str(Language(cell.language).label)), cell, cell.open, history, translates, _address(problem, cell)
    )


def _address(problem: Problem, cell: overview.Cell) -> str:
    """Where customers read it; empty when they do not."""
    if cell.published is None or problem.withdrawn_at:
        return ""
    category = problem.category.slugs.get(cell.language, problem.category.key)
    return address("article", cell.language, category=category, slug=cell.published.slug)


def _solutions(problem: Problem, language: str) -> list[Named]:
    order = dict.fromkeys((language, problem.source_language, *Language.values))
    titles = {
        (text.solution_id, text.language): text.title for text in SolutionText.objects.filter(solution__problem=problem)
    }
    return [
        Named(one, next((titles[one.pk, each] for each in order if titles.get((one.pk, each))), one.key))
        for one in problem.solutions.all()
    ]


def _kept(problem: Problem) -> dict[str, Any]:
    return {
        "owner": problem.owner,
        "review_every": problem.review_every,
        "category": problem.category.key,
        "kind": problem.kind,
    }
