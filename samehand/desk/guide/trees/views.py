"""Leads see to the guided questions: which there are, what they ask, where people come out."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samehand.core import trees as core
from samehand.core.trees import Faulty
from samehand.desk.guide.finding import seen_of
from samehand.desk.guide.trees.drawing import counts_of, drawn
from samehand.desk.guide.trees.forms import TreeForm
from samehand.desk.office.acting import me
from samehand.guide import actions, trees
from samehand.guide.models import Tree
from samehand.guide.tree_faults import words_of
from samehand.lib.clock import now
from samehand.people.access import needs_lead

NEW = """key: new-tree
problem: no-internet
titles: {pl: "", en: ""}
start: first
nodes:
  first:
    question: {pl: "", en: ""}
    help: {pl: "", en: ""}
    answers:
      - {key: "yes", words: {pl: "Tak", en: "Yes"}, next: way-out}
      - {key: "no", words: {pl: "Nie", en: "No"}, next: us}
  way-out: {end: solution, solution: no-internet#set-apn, words: {pl: "", en: ""}}
  us: {end: case, words: {pl: "", en: ""}, topic: no-internet}
"""


@needs_lead
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    language, today = _language(), timezone.localdate(now())
    rows = [
        (row, trees.of(row).titles[language], len(row.definition["nodes"]), sum(counts_of(row.pk, today).values()))
        for row in Tree.objects.select_related("edited_by")
    ]
    return render(request, "guide_trees/list.html", {"view": "guide", "rows": rows})


@needs_lead
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _save(request, None)
    return _show(request, None, TreeForm(initial={"definition": NEW}))


@needs_lead
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, tree_id: int) -> HttpResponse:
    row = get_object_or_404(Tree, pk=tree_id)
    if request.method == "POST":
        return _save(request, row)
    return _show(request, row, TreeForm(initial={"definition": trees.written(trees.plain(trees.of(row)))}))


@needs_lead
@require_POST
def publish(request: HttpRequest, tree_id: int) -> HttpResponse:
    row = get_object_or_404(Tree, pk=tree_id)
    actions.publish_tree(tree_id=row.pk, published=request.POST.get("published") == "yes", by=me(request), now=now())
    return redirect("desk_guide_trees:edit", tree_id=row.pk)


def _save(request: HttpRequest, row: Tree | None) -> HttpResponse:
    form = TreeForm(request.POST)
    if not form.is_valid():
        return _show(request, row, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        definition = trees.read(form.cleaned_data["definition"])
        if "look" in request.POST:
            return _show(request, row, form, tree=core.checked(definition))
        # A new tree is shown to nobody until somebody says so.
        saved = actions.save_tree(
            definition=definition, by=me(request), now=now(), tree_id=row.pk if row else None,
            seen=seen_of(request) if row else None, published=False,
        )  # fmt: skip
    except Faulty as refused:
        said = [words_of(fault) for fault in refused.faults]
        return _show(request, row, form, faults=said, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except actions.TreeChanged as changed:
        form.add_error(
            None, _("Somebody has saved these questions since you opened them. The drawing shows how they stand now.")
        )
        seen = changed.tree.edited_at.isoformat()
        return _show(request, changed.tree, form, seen=seen, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except actions.KeyTaken as taken:
        form.add_error("definition", _("There is another tree with the key %(key)s.") % {"key": taken})
        return _show(request, row, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("Saved."))
    return redirect("desk_guide_trees:edit", tree_id=saved.pk)


def _show(
    request: HttpRequest,
    row: Tree | None,
    form: TreeForm,
    *,
    tree: core.Tree | None = None,
    faults: Sequence[str] = (),
    seen: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """`seen`: what she has before her from now on, when it is another than what she began with."""
    shown = tree or (trees.of(row) if row else None)
    counts = counts_of(row.pk, timezone.localdate(now())) if row else {}
    context = {
        "view": "guide",
        "row": row,
        "seen": seen or request.POST.get("seen") or (row.edited_at.isoformat() if row else ""),
        "form": form,
        "faults": faults,
        "title": shown.titles[_language()] if shown else _("New guided questions"),
        "outline": drawn(shown, _language(), counts) if shown else [],
        "nowhere": trees.leads_nowhere(shown) if shown else [],
    }
    return render(request, "guide_trees/edit.html", context, status=status)


def _language() -> str:
    return "en" if get_language() == "en" else "pl"
