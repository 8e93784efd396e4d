"""Text files of ours travel compressed: WhiteNoise finds them where they lie, with no compressed copy beside them.

Pages are not compressed here: what a page says to one person alone must not be guessed from its length. Public pages
have `lib.publishing`.
"""

from __future__ import annotations

import gzip
from collections.abc import Awaitable, Callable, Iterable
from functools import lru_cache
from typing import cast

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.decorators import sync_and_async_middleware

TEXT = ("text/css", "text/javascript", "application/javascript", "image/svg+xml")


@sync_and_async_middleware
def middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase] | Callable[[HttpRequest], Awaitable[HttpResponseBase]],
) -> Callable[[HttpRequest], HttpResponseBase] | Callable[[HttpRequest], Awaitable[HttpResponseBase]]:
    """Stands above WhiteNoise."""
    if iscoroutinefunction(get_response):

        async def later(request: HttpRequest) -> HttpResponseBase:
            return _smaller(request, await get_response(request))

        return later

    def now(request: HttpRequest) -> HttpResponseBase:
        return _smaller(request, get_response(request))  # type: ignore[arg-type]

    return now


@lru_cache(maxsize=256)
def squeezed(content: bytes) -> bytes:
    """The same bytes in give the same bytes out: no time stands in them."""
    return gzip.compress(content, compresslevel=9, mtime=0)


def takes_gzip(request: HttpRequest) -> bool:
    return "gzip" in request.headers.get("Accept-Encoding", "").lower()


def _smaller(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if not request.path.startswith(settings.STATIC_URL) or not _is_text(response):
        return response
    patch_vary_headers(response, ("Accept-Encoding",))
    # A part of a file is counted in its own bytes, and an answer without a body has nothing to compress.
    if response.status_code != 200 or request.method != "GET" or not takes_gzip(request):
        return response
    streaming = cast(StreamingHttpResponse, response)
    packed = squeezed(b"".join(cast("Iterable[bytes]", streaming.streaming_content)))
    streaming.streaming_content = iter([packed])
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(packed))
    return response


def _is_text(response: HttpResponseBase) -> bool:
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    return kind in TEXT and response.streaming and "Content-Encoding" not in response.headers
