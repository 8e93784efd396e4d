"""What a page says when something went wrong: that the database is away for now, or that we made a mistake."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token
from django.views.defaults import server_error

RETRY_AFTER = 5


@requires_csrf_token
def handler(request: HttpRequest) -> HttpResponse:
    """The page of errors 500; 503 while the database is away, so that everybody tries again and nobody is alarmed."""
    if not is_away(sys.exception()):
        return server_error(request)
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)


def is_away(trouble: BaseException | None) -> bool:
    while trouble:
        if isinstance(trouble, OperationalError | InterfaceError):
            return True
        trouble = trouble.__cause__
    return False
