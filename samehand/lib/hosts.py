"""What came from outside is served under a host name of its own, where no cookie of ours goes: when one is set, that
name serves files and nothing else, and no other name serves them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.http import HttpRequest, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

FILES = "/f/"


@sync_and_async_middleware
def middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase] | Callable[[HttpRequest], Awaitable[HttpResponseBase]],
) -> Callable[[HttpRequest], HttpResponseBase] | Callable[[HttpRequest], Awaitable[HttpResponseBase]]:
    if iscoroutinefunction(get_response):

        async def later(request: HttpRequest) -> HttpResponseBase:
            return await get_response(request) if _belongs(request) else HttpResponseNotFound()

        return later

    def now(request: HttpRequest) -> HttpResponseBase:
        return get_response(request) if _belongs(request) else HttpResponseNotFound()  # type: ignore[return-value]

    return now


def _belongs(request: HttpRequest) -> bool:
    if not settings.FILES_HOST:
        return True
    return (request.get_host().lower() == settings.FILES_HOST) == request.path.startswith(FILES)
