"""What administrators arrange: the guide's categories, and what is true of the operator."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samehand.desk.guide import words
from samehand.desk.guide.forms import CategoryForm, named
from samehand.desk.guide.frame import VIEW, tabs
from samehand.desk.office.acting import me
from samehand.guide import actions
from samehand.guide import facts as known
from samehand.guide.models import Category, OperatorFact
from samehand.lib.clock import now
from samehand.people.access import needs_admin
from samehand.people.models import Language


@dataclass(frozen=True, slots=True)
class Shelf:
    category: Category
    name: str
    problems: int
    form: CategoryForm
    open: bool


@dataclass(frozen=True, slots=True)
class FactRow:
    """`values`: language, its name, and what articles say now."""

    key: str
    what: str
    own: bool
    values: list[tuple[str, str, str]]


@needs_admin
@require_http_methods(["GET", "HEAD", "POST"])
def categories(request: HttpRequest) -> HttpResponse:
    form = CategoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        last = Category.objects.order_by("place").last()
        return _saved(request, form, form.cleaned_data["key"], place=last.place + 1 if last else 0)
    return _shelves(request, new=form)


@needs_admin
@require_POST
def category(request: HttpRequest, key: str) -> HttpResponse:
    shelf = get_object_or_404(Category, key=key)
    if request.POST.get("then") == "remove":
        try:
            actions.remove_category(by=me(request), key=key, now=now())
        except words.REFUSALS as trouble:
            return _shelves(request, refused=words.refusal(trouble))
        messages.success(request, _("The category is gone."))
        return redirect("desk_guide:categories")
    form = CategoryForm(request.POST, of=shelf)
    if not form.is_valid():
        return _shelves(request, changed=(key, form))
    return _saved(request, form, key, place=form.cleaned_data["place"])


def _saved(request: HttpRequest, form: CategoryForm, key: str, *, place: int) -> HttpResponse:
    try:
        actions.save_category(
            by=me(request), key=key, names=form.by_language("name"), slugs=form.by_language("slug"),
            summaries=form.by_language("summary"), icon=form.cleaned_data["icon"], place=place, now=now(),
        )  # fmt: skip
    except words.REFUSALS as trouble:
        return _shelves(request, refused=words.refusal(trouble))
    messages.success(request, _("Saved."))
    return redirect("desk_guide:categories")


def _shelves(
    request: HttpRequest,
    *,
    new: CategoryForm | None = None,
    changed: tuple[str, CategoryForm] | None = None,
    refused: str = "",
) -> HttpResponse:
    faulty, form = changed or ("", None)
    rows = [
        Shelf(
            one, named(one), one.shown, form if form and one.key == faulty else CategoryForm(of=one), one.key == faulty
        )
        for one in Category.objects.annotate(shown=Count("problems"))
    ]
    wrong = bool(refused or form or (new and new.errors))
    context = {
        "view": VIEW,
        "tabs": tabs(me(request), "categories"),
        "rows": rows,
        "new": new or CategoryForm(),
        "refused": refused,
    }
    return render(request, "guide_desk/categories.html", context, status=422 if wrong else 200)


@needs_admin
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        key = request.POST.get("key", "")
        values = {one: request.POST.get(one, "") for one in Language.values}
        default = {kind.key: {one: kind.default(one) for one in Language.values} for kind in known.KINDS}
        # What is the default already stays the default, and follows it.
        said = {} if values == default.get(key) else values
        try:
            actions.state_fact(by=me(request), key=key, values=said, now=now())
        except actions.UnknownFact:
            messages.error(request, _("There is no such fact."))
        else:
            messages.success(request, _("Saved. Every article says it from now on."))
        return redirect("desk_guide:facts")
    return render(
        request, "guide_desk/facts.html", {"view": VIEW, "tabs": tabs(me(request), "facts"), "rows": _facts()}
    )


def _facts() -> list[FactRow]:
    own = set(OperatorFact.objects.values_list("key", flat=True))
    now_said = {language: known.values(language) for language in Language.values}
    return [
        FactRow(
            kind.key,
            str(kind.about),
            kind.key in own,
            [(language, str(name), now_said[language][kind.key]) for language, name in Language.choices],
        )
        for kind in known.KINDS
    ]
