"""An address that leads to nothing: what it may have meant is looked for by its words."""

from __future__ import annotations

import re
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samehand.guide import searching
from samehand.guide.models import Came
from samehand.lib.languages import in_language
from samehand.lib.publishing import public
from samehand.portal.guide import addresses, frame
from samehand.portal.guide.frame import Head
from samehand.portal.guide.results import results
from samehand.portal.guide.slowing import SEARCHES

BETWEEN_WORDS = re.compile(r"[\W_]+")
LONGEST = 100


@require_safe
@in_language
@public
def nothing_here(request: HttpRequest, language: str, lost: str) -> HttpResponse:
    return nothing(request, language, lost)


def nothing(request: HttpRequest, language: str, lost: str) -> HttpResponse:
    """404, with what the words of the address find; who comes upon too many is told no more than that."""
    words = BETWEEN_WORDS.sub(" ", lost)[:LONGEST].strip()
    # A search like any other, though nobody asked for it: it counts among hers.
    found = searching.search(words, language, limit=5) if words and not SEARCHES.wait(request) else None
    head = Head(title=_("There is nothing here"), path=addresses.of("home", language), hidden=True)
    return frame.shown(
        request,
        language,
        "nothing.html",
        head,
        status=HTTPStatus.NOT_FOUND,
        words=words,
        results=results(found.hits, words, language, Came.SEARCH) if found else [],
    )
