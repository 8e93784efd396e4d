"""How often one address may ask the guide. Many customers of a mobile network share an address: the bounds are wide."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, override

from samehand.lib.limits import Limit

SEARCHES = Limit(burst=20, per_second=10)
SUGGESTIONS = Limit(burst=40, per_second=20)
VOTES = Limit(burst=20, per_second=0.5)
MESSAGES = Limit(burst=12, per_second=0.1)
# Seconds that a page asks for: what is longer is the same to a person.
LONGEST = 60


def too_often(_request: HttpRequest, seconds: int) -> HttpResponse:
    """What happened, what is safe, and whom to write to."""
    return HttpResponse(_refusal(get_language() or settings.LANGUAGE_CODE, min(seconds, LONGEST)))


@lru_cache(maxsize=256)
def _refusal(language: str, seconds: int) -> str:
    """Written once: a refusal must cost less than what it refuses."""
    said = {"seconds": seconds, "address": settings.ADDRESS, "operator": settings.OPERATOR}
    with override(language):
        return render_to_string("portal/guide/too_often.html", said)


def nothing_yet(_request: HttpRequest, _seconds: int) -> HttpResponse:
    """A list that appears by itself says nothing when there is too much of it."""
    return HttpResponse("")
