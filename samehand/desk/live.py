"""The desk's live line: server-sent events with replay, a heartbeat, and an end when the account ends."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from importlib import import_module
from typing import Any, TypeVar

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.db import connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from samehand.desk.numbers import number
from samehand.lib.clock import now
from samehand.lib.live import Happened, Item, hub
from samehand.lib.models import Event

T = TypeVar("T")

HEARTBEAT = 15.0
CHECK_EVERY = 45.0
# Numbers are given out before the commit: a lower one may appear after a higher one was seen.
OVERLAP = 200
FRESH = timedelta(seconds=20)
BYE = "event: bye\ndata: {}\n\n"


async def live(request: HttpRequest) -> HttpResponseBase:
    if request.method != "GET":
        return HttpResponse(status=405)
    user = await request.auser()
    if not user.is_authenticated:
        return _goodbye(request)
    key = request.session.session_key or ""
    # The stream may last a day: give back the connection that the session was read with.
    await sync_to_async(connections.close_all)()
    response = StreamingHttpResponse(_lines(request, key), content_type="text/event-stream; charset=utf-8")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


def _goodbye(request: HttpRequest) -> HttpResponse:
    """A page that is still open asks for a stream and learns that it must sign in again; anything else gets a 401."""
    if "text/event-stream" not in request.headers.get("Accept", ""):
        return HttpResponse(status=401)
    return HttpResponse(BYE, content_type="text/event-stream; charset=utf-8")


async def _lines(request: HttpRequest, session_key: str) -> AsyncIterator[str]:
    async with hub().following() as queue:
        yield "retry: 1000\n\n"
        for event in await _asked(lambda: _missed(request)):
            yield _line(event)
        checked = time.monotonic()
        while True:
            item = await _next(queue)
            yield _line(item) if item else ": still here\n\n"
            if _is_about_staff(item) or time.monotonic() - checked > CHECK_EVERY:
                checked = time.monotonic()
                if not await _may_stay(session_key):
                    yield BYE
                    return


async def _next(queue: asyncio.Queue[Item]) -> Item | None:
    try:
        return await asyncio.wait_for(queue.get(), HEARTBEAT)
    except TimeoutError:
        return None


def _is_about_staff(item: Item | None) -> bool:
    """Somebody may just have lost the right to listen."""
    return isinstance(item, Happened) and item.kind.startswith("staff.")


def _line(item: Item) -> str:
    if not isinstance(item, Happened):
        return "event: refresh\ndata: {}\n\n"
    told = {"case": item.case_id, "kind": item.kind, "staff": item.staff_id, "customer": item.data.get("customer")}
    return f"id: {item.id}\nevent: case\ndata: {json.dumps(told)}\n\n"


def _missed(request: HttpRequest) -> list[Happened]:
    """After a broken line: all since the last one seen, and some before it. After a page: only what it may lack."""
    again = number(request.headers.get("Last-Event-ID"))
    since = again if again is not None else number(request.GET.get("since"))
    if since is None:
        return []
    events = Event.objects.filter(pk__gt=since - OVERLAP).order_by("pk")
    if again is None:
        events = events.filter(at__gt=now() - FRESH) if "lost" not in request.GET else events
    return [Happened(e.pk, e.kind, e.case_id, e.staff_id, e.data) for e in events[:1000]]


async def _may_stay(session_key: str) -> bool:
    try:
        return await _asked(lambda: _signed_in(session_key))
    except Exception:  # the database is away: nobody is sent away for that
        return True


def _signed_in(session_key: str) -> bool:
    probe = HttpRequest()
    probe.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    return bool(session_key) and get_user(probe).is_authenticated


async def _asked(question: Callable[[], T]) -> T:
    """Ask the database on a thread of its own and give the connection back at once."""

    def ask() -> T:
        try:
            return question()
        finally:
            connections.close_all()

    asking: Any = sync_to_async(ask, thread_sensitive=False)
    answer: T = await asking()
    return answer
