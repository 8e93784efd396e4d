"""Where things of the guide stand."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from samehand.guide.models import Revision
from samehand.guide.shelves import Shelf


def of(name: str, language: str, **said: Any) -> str:
    return reverse(f"guide:{name}", kwargs={"language": language, **said})


def of_article(revision: Revision, **query: str) -> str:
    shelf = Shelf.of(revision.problem.category, revision.language)
    address = of("article", revision.language, category=shelf.slug, slug=revision.slug)
    asked = {name: value for name, value in query.items() if value}
    return f"{address}?{urlencode(asked)}" if asked else address


def maybe(name: str, language: str, **said: Any) -> str:
    """ "" for what this house does not have."""
    try:
        return of(name, language, **said)
    except NoReverseMatch:
        return ""


def whole(path: str) -> str:
    """With the host, as other sites name it."""
    return f"{settings.URL}{path}"
