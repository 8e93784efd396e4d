"""Home and categories."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samehand.guide import shelves
from samehand.guide.models import Came, Category
from samehand.guide.shelves import Shelf
from samehand.lib.clock import now
from samehand.lib.languages import in_language
from samehand.lib.publishing import public
from samehand.portal.guide import addresses, finding, structured
from samehand.portal.guide.frame import Head, shown
from samehand.portal.guide.lists import entries
from samehand.portal.guide.ways import ways

LANGUAGES = ("pl", "en")
MOST_TREES = 5


@require_safe
@in_language
@public
def home(request: HttpRequest, language: str) -> HttpResponse:
    wanted = shelves.most_wanted(language, now())
    head = Head(
        title=_("Help"),
        path=addresses.of("home", language),
        description=_("Answers to what customers ask most, step by step, and people who answer the rest."),
        others={code: addresses.of("home", code) for code in LANGUAGES},
        data=(structured.site(language),),
    )
    return shown(
        request,
        language,
        "home.html",
        head,
        shelves=shelves.shelves(language),
        counted=bool(wanted),
        wanted=entries(wanted or shelves.to_begin_with(language), Came.CATEGORY),
        trees=ways(language)[:MOST_TREES],
        all_trees=addresses.of("trees", language),
    )


@require_safe
@in_language
@public
def category(request: HttpRequest, language: str, category: str) -> HttpResponse:
    found = shelves.shelf_of_slug(language, category)
    if found is None:
        return finding.nothing(request, language, category)
    shelf = Shelf.of(found, language)
    crumbs = ((_("Help"), addresses.of("home", language)), (shelf.name, _address(found, language)))
    head = Head(
        title=shelf.name,
        path=_address(found, language),
        description=shelf.summary,
        others={code: _address(found, code) for code in LANGUAGES if found.slugs.get(code)},
        data=(structured.crumbs(crumbs),),
    )
    return shown(
        request,
        language,
        "category.html",
        head,
        shelf=shelf,
        crumbs=crumbs[:-1],
        entries=entries(shelves.on_shelf(found, language), Came.CATEGORY),
        elsewhere=entries(shelves.only_elsewhere(found, language), Came.CATEGORY),
    )


def _address(category: Category, language: str) -> str:
    return addresses.of("category", language, category=Shelf.of(category, language).slug)
