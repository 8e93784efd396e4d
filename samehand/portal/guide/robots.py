"""For search engines: what there is, in which languages, and what is not theirs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samehand.guide import shelves, trees
from samehand.lib.publishing import public
from samehand.portal.guide import addresses
from samehand.portal.guide.pages import LANGUAGES

# Signed links, the desk, and searches without end.
NOT_THEIRS = ("/s/", "/f/", "/desk/", "/account/")


@require_safe
@public
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page that is the same for everybody, with its translations beside it."""
    pages = [{"at": shelves.changed_at(), "versions": _whole({code: addresses.of("home", code) for code in LANGUAGES})}]
    pages += [{"at": None, "versions": _whole(paths)} for paths in (*_categories(), *_beside())]
    for _key, versions in groupby(shelves.everything(), lambda one: one.problem.key):
        told = list(versions)
        there = _whole({one.language: addresses.of_article(one) for one in told})
        pages.append({"at": max(one.published_at for one in told if one.published_at), "versions": there})
    return render(request, "portal/guide/sitemap.xml", {"pages": pages}, content_type="application/xml")


def _categories() -> Iterator[dict[str, str]]:
    there: dict[str, dict[str, str]] = {}
    for code in LANGUAGES:
        for shelf in shelves.shelves(code):
            if shelf.count:
                there.setdefault(shelf.key, {})[code] = addresses.of("category", code, category=shelf.slug)
    yield from there.values()


def _beside() -> Iterator[dict[str, str]]:
    """What stands beside the articles, as far as this house has it."""
    asked = [{"tree": tree.key} for tree in trees.published()]
    for name, said in (("contact", {}), ("phone", {}), ("trees", {}), *(("tree", one) for one in asked)):
        paths = {code: addresses.maybe(name, code, **said) for code in LANGUAGES}
        if all(paths.values()):
            yield paths


@require_safe
@public
def robots(request: HttpRequest) -> HttpResponse:
    searches = [addresses.of("search", code) for code in LANGUAGES]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in (*NOT_THEIRS, *searches))]
    lines.append(f"Sitemap: {addresses.whole('/sitemap.xml')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _whole(paths: dict[str, str]) -> dict[str, str]:
    return {language: addresses.whole(path) for language, path in paths.items()}
