"""Looking for an answer: the page of results, and suggestions while somebody types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samehand.core.search.words import words
from samehand.guide import searching, shelves
from samehand.guide.actions.asking import ask
from samehand.guide.models import Came
from samehand.lib.clock import now
from samehand.lib.languages import in_language
from samehand.lib.limits import limited
from samehand.lib.publishing import public
from samehand.portal.guide import addresses
from samehand.portal.guide.frame import Head, shown
from samehand.portal.guide.lists import entries
from samehand.portal.guide.results import results as results_of
from samehand.portal.guide.results import suggested
from samehand.portal.guide.slowing import SEARCHES, SUGGESTIONS, nothing_yet, too_often

LONGEST = 200


@require_safe
@in_language
@limited(SEARCHES, too_often)
@public
def results(request: HttpRequest, language: str) -> HttpResponse:
    query = asked(request)
    found = searching.search(query, language) if query else None
    said = results_of(found.hits, query, language) if found else []
    if query and request.method == "GET":
        ask(query=query, language=language, where=Came.SEARCH, found=len(said), now=now())
    head = Head(
        title=_("Search: %(query)s") % {"query": query} if query else _("Search"),
        path=addresses.of("search", language),
        others={code: addresses.of("search", code) for code in ("pl", "en")},
        hidden=True,
    )
    return shown(
        request,
        language,
        "search.html",
        head,
        query=query,
        results=said,
        meant=_other_words(found.meant, query) if found else "",
        wanted=[] if said else entries(shelves.to_begin_with(language), Came.CATEGORY),
    )


def _other_words(meant: str, query: str) -> str:
    """Who types without Polish marks finds the same: there is nothing to ask her."""
    same = [word.folded for word in words(meant)] == [word.folded for word in words(query)]
    return "" if same else meant


@require_safe
@in_language
@limited(SUGGESTIONS, nothing_yet)
@public
def suggestions(request: HttpRequest, language: str) -> HttpResponse:
    """The options of the search field's list: a fragment."""
    typed = asked(request)
    offered = suggested(searching.suggest(typed, language), typed, language) if typed else []
    return render(request, "portal/guide/_suggestions.html", {"offered": offered})


def asked(request: HttpRequest) -> str:
    """What is looked for, on one line; what is longer than anybody types is cut."""
    return " ".join(request.GET.get("q", "")[: LONGEST * 4].replace("\x00", "").split())[:LONGEST]
