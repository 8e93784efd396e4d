"""Guided questions: one a page, the answers in the address, walked anew from the start each time."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samehand.core.trees import LostWay, Tree, Walk, split, walk
from samehand.guide import actions, trees, walks
from samehand.lib.clock import now
from samehand.lib.languages import in_language
from samehand.lib.limits import limited
from samehand.lib.publishing import private, public
from samehand.portal.guide import addresses, reader
from samehand.portal.guide.frame import Head, shown
from samehand.portal.guide.slowing import SEARCHES, too_often
from samehand.portal.guide.ways import ways
from samehand.portal.own_phone import scope_of
from samehand.portal.solver.page import Page


@require_safe
@in_language
@public
def listing(request: HttpRequest, language: str) -> HttpResponse:
    head = Head(
        title=_("Step by step"),
        path=addresses.of("trees", language),
        description=_("A few questions, and you know what to do."),
        others={code: addresses.of("trees", code) for code in ("pl", "en")},
    )
    return shown(request, language, "solver/list.html", head, ways=ways(language), crumbs=crumbs(language)[:1])


@require_safe
@in_language
@limited(SEARCHES, too_often)
@public
def ask(request: HttpRequest, language: str, tree: str) -> HttpResponse:
    found = trees.published_tree(tree)
    if found is None:
        return _lost(request, language, None)
    try:
        way = walk(found, split(request.GET.get("answers", "")[: walks.LONGEST]))
    except LostWay:
        return _lost(request, language, found)
    if way.end and _comes_from(request, found):
        actions.count_ending(key=found.key, end=way.end, now=now())
    page = Page(way, language, scope_of(request, reader.of(request).customer))
    response = shown(
        request, language, "solver/ask.html", _head(way, page, language), page=page, crumbs=crumbs(language)
    )
    # A page that is counted is asked for each time.
    return private(response) if way.end else response


def crumbs(language: str) -> tuple[tuple[str, str], ...]:
    return ((_("Help"), addresses.of("home", language)), (_("Step by step"), addresses.of("trees", language)))


def _head(way: Walk, page: Page, language: str) -> Head:
    return Head(
        title=f"{page.heading} · {page.title}" if way.steps else page.title,
        path=page.here,
        description=page.summary,
        others={code: page.address_of(way.answers, code) for code in ("pl", "en")},
        hidden=bool(way.steps),
    )


def _lost(request: HttpRequest, language: str, tree: Tree | None) -> HttpResponse:
    """The answers are of another version of the questions, or nobody's."""
    head = Head(title=_("These questions have changed"), path=addresses.of("trees", language), hidden=True)
    again = addresses.of("tree", language, tree=tree.key) if tree else ""
    page = shown(
        request, language, "solver/lost.html", head, status=404, again=again, ways=ways(language),
        title=walks.title_of(tree, language) if tree else "", crumbs=crumbs(language),
    )  # fmt: skip
    return private(page)


def _comes_from(request: HttpRequest, tree: Tree) -> bool:
    """Whether somebody answered her way here; who opens a link that she was sent has not."""
    path = urlsplit(request.headers.get("Referer", "")).path
    return request.method == "GET" and path in {addresses.of("tree", code, tree=tree.key) for code in ("pl", "en")}
