"""Which language a page speaks: what its address says, else what the reader wishes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

View = Callable[..., HttpResponseBase]


class Languages(LocaleMiddleware):
    """Django's, save that a page whose address names its language is the same whatever the browser would like."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if "Content-Language" in response.headers:
            return response
        return super().process_response(request, response)


def in_language(view: View) -> View:
    """A view with a `language` in its address speaks it."""

    @wraps(view)
    def speaking(request: HttpRequest, language: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = view(request, language, *args, **kwargs)
        response.headers["Content-Language"] = language
        return response

    return speaking
