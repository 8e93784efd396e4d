"""The list of problems, narrowed to what somebody has to do with them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from samehand.desk.guide.forms import named
from samehand.desk.guide.frame import VIEW, public_home, tabs
from samehand.desk.office.acting import me
from samehand.guide import overview, queries
from samehand.guide.access import visible_to
from samehand.guide.models import Category, Revision
from samehand.lib.clock import now
from samehand.people.access import needs_staff
from samehand.people.models import Language

PAGE = 50
CHOICES = (
    ("all", _("all")),
    ("mine", _("those that I own")),
    ("due", _("those to look at again")),
    ("review", _("waiting for review")),
    ("drafts", _("being written")),
    ("translations", _("translations to do")),
    ("withdrawn", _("withdrawn")),
)


@needs_staff
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    wanted, today, language = _wanted(request), timezone.localdate(now()), get_language() or "pl"
    problems = overview.problems(wanted, me(request), today)
    if wanted.show == "translations":
        # How a translation stands is reckoned, not stored: the guide is small enough to reckon all of it.
        rows = [row for row in overview.rows(list(problems), language, today) if row.stale]
        page: Page[Any] = Paginator(rows, PAGE).get_page(request.GET.get("page"))
        shown = list(page)
    else:
        page = Paginator(problems, PAGE).get_page(request.GET.get("page"))
        shown = overview.rows(list(page), language, today)
    context = {
        "view": VIEW,
        "tabs": tabs(me(request), "list"),
        "rows": shown,
        "page": page,
        "wanted": wanted,
        "choices": CHOICES,
        "categories": [(one.key, named(one)) for one in Category.objects.all()],
        "languages": Language.choices,
        "public": public_home(language),
        "kept": urlencode({"q": wanted.words, "show": wanted.show, "category": wanted.category}),
    }
    return render(request, "guide_desk/list.html", context)


@needs_staff
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What waits for this person: what she must look at again, what came back to her, what should be translated."""
    person, today, language = me(request), timezone.localdate(now()), get_language() or "pl"
    returned = visible_to(person).filter(author=person, state=Revision.State.RETURNED)
    owned = overview.problems(overview.Wanted(show="mine"), person, today)
    context = {
        "view": VIEW,
        "tabs": tabs(person, "mine"),
        "returned": returned.select_related("problem", "reviewer").order_by("edited_at"),
        "rows": overview.rows(list(queries.due_for(person, today)), language, today),
        "stale": [row for row in overview.rows(list(owned), language, today) if row.stale],
    }
    return render(request, "guide_desk/mine.html", context)


def _wanted(request: HttpRequest) -> overview.Wanted:
    show = request.GET.get("show", "all")
    return overview.Wanted(
        words=request.GET.get("q", "").replace("\x00", "").strip()[:100],
        show=show if show in dict(CHOICES) else "all",
        category=request.GET.get("category", "").replace("\x00", "")[:60],
    )
