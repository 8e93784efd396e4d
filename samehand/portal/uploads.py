"""Forms that bring files: opened within bounds, packed into what the channel reads."""

from __future__ import annotations

import base64
from typing import TypeVar

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

from samehand.portal.forms import MAX_BYTES, ReplyForm, Upload

# Above this the form is not even opened: nobody's text is worth reading 100 MB for.
MAX_FORM = 2 * MAX_BYTES
F = TypeVar("F", bound=ReplyForm)


def opened(request: HttpRequest, form: type[F]) -> F:
    """Raises RequestDataTooBig, or TooManyFilesSent as Django does."""
    if int(request.headers.get("Content-Length") or 0) > MAX_FORM:
        raise RequestDataTooBig
    return form(request.POST, request.FILES)


def packed(file: Upload) -> dict[str, str]:
    return {
        "name": file.name or "",
        "content_type": (file.content_type or "application/octet-stream")[:200],
        "data": base64.b64encode(file.read()).decode(),
    }
