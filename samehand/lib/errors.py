"""What a page says when it cannot do what was asked: refused, out of order for now, or broken by a mistake of ours."""

from __future__ import annotations

import sys

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults
from django.views.decorators.csrf import requires_csrf_token

RETRY_AFTER = 5
log = structlog.get_logger()


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of errors 403; a closed door is no fault, so the log gets a line and no traceback."""
    log.warning("not allowed", path=request.path)
    return _logged(defaults.permission_denied(request, exception))


@requires_csrf_token
def broken(request: HttpRequest) -> HttpResponse:
    """The page of errors 500; 503 while the database is away, so that everybody tries again and nobody is alarmed."""
    trouble = sys.exception()
    if not _database_is_away(trouble):
        return defaults.server_error(request)
    log.warning("no database for a page", path=request.path, trouble=str(trouble).strip().partition("\n")[0])
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    return _logged(HttpResponse(render_to_string("503.html"), status=503, headers=headers))


def _database_is_away(trouble: BaseException | None) -> bool:
    while trouble:
        if isinstance(trouble, OperationalError | InterfaceError):
            return True
        trouble = trouble.__cause__
    return False


def _logged(response: HttpResponse) -> HttpResponse:
    """Django would log it once more, with a traceback."""
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
