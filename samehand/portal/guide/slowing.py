"""How often one address may ask the guide. Many customers of a mobile network share an address: the bounds are wide."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samehand.lib.limits import Limit

SEARCHES = Limit(burst=40, per_second=10)
SUGGESTIONS = Limit(burst=80, per_second=20)
VOTES = Limit(burst=20, per_second=0.5)
MESSAGES = Limit(burst=12, per_second=0.1)


def too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    """What happened, what is safe, and whom to write to."""
    return render(request, "portal/guide/too_often.html", {"seconds": seconds, "address": settings.ADDRESS})


def nothing_yet(_request: HttpRequest, _seconds: int) -> HttpResponse:
    """A list that appears by itself says nothing when there is too much of it."""
    return HttpResponse("")
