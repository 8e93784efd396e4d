"""Writing: a new problem, a draft with its preview beside it, and where it goes from there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samehand.core.scopes import WORDS
from samehand.desk.guide import words
from samehand.desk.guide.finding import known_language, open_draft, problem_of, seen_of
from samehand.desk.guide.forms import DraftForm, ProblemForm, slug_of
from samehand.desk.guide.frame import VIEW
from samehand.desk.guide.showing import preview_of
from samehand.desk.office.acting import me
from samehand.guide import actions, facts, queries
from samehand.guide.models import Problem, Revision
from samehand.guide.rendering import faults_of
from samehand.lib.clock import now
from samehand.people.access import needs_staff
from samehand.people.models import Language


@needs_staff
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = ProblemForm(request.POST or None, initial={"source_language": get_language()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        text = actions.Text(said["title"], slug_of(said["title"]), "")
        try:
            draft = actions.make_problem(
                by=me(request), key=said["key"], kind=said["kind"], category=said["category"],
                language=said["source_language"], text=text, now=now(),
            )  # fmt: skip
        except words.REFUSALS as trouble:
            form.add_error(None, words.refusal(trouble))
        else:
            return redirect("desk_guide:write", draft.problem.key, draft.language)
    return render(request, "guide_desk/new.html", {"view": VIEW, "form": form}, status=422 if form.errors else 200)


@needs_staff
@require_POST
def start(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """A draft begins with what is published; a first translation with its source."""
    problem = problem_of(key)
    known_language(language)
    try:
        actions.start(problem_id=problem.pk, language=language, by=me(request), now=now())
    except actions.DraftOpen:
        messages.info(request, _("Somebody is writing a new version already: go on with that one."))
    except words.REFUSALS as trouble:
        messages.error(request, words.refusal(trouble))
        return redirect("desk_guide:problem", key)
    return redirect("desk_guide:write", key, language)


@needs_staff
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, key: str, language: str) -> HttpResponse:
    problem = problem_of(key)
    draft = open_draft(request, problem, language)
    if draft is None:
        messages.info(request, _("No version is being written in this language."))
        return redirect("desk_guide:problem", key)
    if request.method != "POST":
        return _show(request, problem, draft, DraftForm(initial=_filled(draft)))
    if request.POST.get("then") == "discard":
        return _discard(request, problem, draft)
    return _save(request, problem, draft)


def _discard(request: HttpRequest, problem: Problem, draft: Revision) -> HttpResponse:
    try:
        actions.discard(revision_id=draft.pk, by=me(request), seen=seen_of(request), now=now())
    except words.REFUSALS as trouble:
        messages.error(request, words.refusal(trouble))
        return redirect("desk_guide:write", problem.key, draft.language)
    messages.success(request, _("The draft is discarded; it stays in the history."))
    return redirect("desk_guide:problem", problem.key)


def _save(request: HttpRequest, problem: Problem, draft: Revision) -> HttpResponse:
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _show(request, problem, draft, form, seen=request.POST.get("seen", ""))
    said, person, moment = form.cleaned_data, me(request), now()
    source = _source(problem, draft)
    try:
        saved = actions.save(
            revision_id=draft.pk, by=person, text=form.text(), seen=seen_of(request), note=said["note"],
            significance=said["significance"], follows=source if said["follows"] else None, now=moment,
        )  # fmt: skip
    except actions.EditedMeanwhile as trouble:
        return _show(request, problem, trouble.current, form, conflict=trouble.current)
    except actions.Faulty as trouble:
        return _show(request, problem, draft, form, faults=words.faults(trouble.faults))
    except words.REFUSALS as trouble:
        form.add_error(None, words.refusal(trouble))
        return _show(request, problem, draft, form)
    return _after(request, problem, saved)


def _after(request: HttpRequest, problem: Problem, saved: Revision) -> HttpResponse:
    """Saved; and handed over to a reviewer, when she wants that and the text is whole."""
    if request.POST.get("then") != "review":
        messages.success(request, _("The draft is saved."))
        return redirect("desk_guide:write", problem.key, saved.language)
    try:
        actions.submit(revision_id=saved.pk, by=me(request), now=now())
    except actions.Faulty as trouble:
        form = DraftForm(initial=_filled(saved))
        return _show(request, problem, saved, form, faults=words.faults(trouble.faults))
    except words.REFUSALS as trouble:
        messages.error(request, words.refusal(trouble))
        return redirect("desk_guide:write", problem.key, saved.language)
    messages.success(request, _("Saved. A team lead or an administrator reads it now."))
    return redirect("desk_guide:problem", problem.key)


@needs_staff
@require_POST
def preview(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """The text as customers would read it, with what keeps it from being published."""
    known_language(language)
    title, body = request.POST.get("title", ""), request.POST.get("body", "").replace("\r\n", "\n")
    draft = Revision(problem=problem_of(key), language=language, title=title, body=body)
    context = {"faults": words.faults(faults_of(title, "", body)), "shown": preview_of(draft)}
    return render(request, "guide_desk/_preview.html", context)


def _show(
    request: HttpRequest,
    problem: Problem,
    draft: Revision,
    form: DraftForm,
    *,
    conflict: Revision | None = None,
    faults: list[str] | None = None,
    seen: str | None = None,
) -> HttpResponse:
    """`seen`: what she still has before her, when that is not the draft as it stands."""
    source = _source(problem, draft)
    if not source:
        del form.fields["follows"]
    context = {
        "view": VIEW,
        "problem": problem,
        "draft": draft,
        "form": form,
        "language": draft.language,
        "language_name": Language(draft.language).label,
        "title": draft.title or problem.key,
        "seen": draft.edited_at.isoformat() if seen is None else seen,
        "conflict": conflict,
        "faults": faults,
        "source": source,
        "changes": _changes(draft, source),
        "shown": preview_of(draft),
        "scope_words": WORDS,
        "fact_keys": sorted(facts.KEYS),
    }
    return render(request, "guide_desk/write.html", context, status=422 if form.errors or conflict or faults else 200)


def _filled(draft: Revision) -> dict[str, Any]:
    named = ("title", "slug", "summary", "keywords", "body", "note", "significance")
    return {name: getattr(draft, name) for name in named} | {"follows": True}


def _source(problem: Problem, draft: Revision) -> Revision | None:
    """What a translation is made from; None for the source language itself."""
    if draft.language == problem.source_language:
        return None
    return queries.published(problem.source_language).filter(problem=problem).first()


def _changes(draft: Revision, source: Revision | None) -> list[Any]:
    """What the source has become since the version that the translation follows."""
    if source is None or draft.based_on is None or draft.based_on_id == source.pk:
        return []
    return queries.difference(draft.based_on, source)
