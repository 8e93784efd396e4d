"""Whom a page of the guide knows: a customer who asked for it on her own page. Her browser carries a signed mark.

The mark names her case and the turn of its key, so it loses its force with the link to her page.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from samehand.cases.keys import signer
from samehand.cases.models import Case
from samehand.lib.languages import in_language
from samehand.lib.origins import is_ours
from samehand.people.models import Customer

COOKIE = "samehand_reader"
SALT = "samehand.portal.guide.reader"
SECONDS = 30 * 24 * 3600
PATH = "/"


@dataclass(frozen=True, slots=True)
class Reader:
    customer: Customer | None = None
    case: Case | None = None


NOBODY = Reader()


def of(request: HttpRequest) -> Reader:
    """Who reads; nobody without a mark, with an altered or old one, and with that of a link which was changed."""
    if not (mark := request.COOKIES.get(COOKIE, "")):
        return NOBODY
    known: Reader | None = getattr(request, "_reader", None)
    if known is None:
        known = request._reader = _opened(mark)  # type: ignore[attr-defined]
    return known


def _opened(mark: str) -> Reader:
    try:
        reference, turn = signing.loads(mark, salt=SALT, max_age=SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return NOBODY
    case = Case.objects.select_related("customer").filter(reference=reference, page_turn=turn).first()
    # Somebody who only shows an address is nobody's customer: what was tried with its owner is not his to read.
    return Reader(case.customer, case) if case and not case.customer.claimed_address else NOBODY


def remember(response: HttpResponse, token: str) -> None:
    """The mark for whoever has the link; call it where the link has opened a case."""
    mark = signing.dumps(list(signer().page_of(token)), salt=SALT)
    response.set_cookie(COOKIE, mark, max_age=SECONDS, path=PATH, secure=settings.SECURE, httponly=True, samesite="Lax")


@csrf_exempt
@require_POST
@in_language
def forget(request: HttpRequest, language: str) -> HttpResponse:
    """Not me: this browser carries no mark any more."""
    if not is_ours(request):
        return HttpResponseForbidden()
    response = redirect("guide:home", language=language)
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
    return response
