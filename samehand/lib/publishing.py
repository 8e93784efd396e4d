"""Pages that everybody gets alike: kept by browsers and caches for a minute, told apart by their ETag, compressed.

A page is public until its view says `private`: what is shown to one person is kept by nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from samehand.lib.compressing import squeezed, takes_gzip

# "Somebody answers by 14:32" stands on them: a minute later it says 14:33.
SECONDS = 60
PRIVATE = "private, no-store"
View = Callable[..., HttpResponse]


def public(view: View) -> View:
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        # Whoever has a cookie of ours may be shown another page under the same address.
        patch_vary_headers(response, ("Cookie", "Accept-Encoding"))
        if response.headers.get("Cache-Control") == PRIVATE or response.streaming:
            return response
        if response.status_code != HTTPStatus.OK:
            response.headers.setdefault("Cache-Control", "no-store")
            return response
        return _told_apart(request, response)

    return shown


def private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = PRIVATE
    return response


def _told_apart(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    packed = takes_gzip(request)
    # The compressed one is another representation, so it has a name of its own.
    etag = f'"{sha256(response.content).hexdigest()[:32]}{"-gzip" if packed else ""}"'
    response.headers["ETag"] = etag
    response.headers.setdefault("Cache-Control", f"public, max-age={SECONDS}")
    known = get_conditional_response(request, etag=etag, response=response)
    if known is not response:
        return known  # type: ignore[return-value]
    if packed:
        response.content = squeezed(response.content)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.content))
    return response
