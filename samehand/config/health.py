"""For those who watch the house from outside: is it alive, can it work, how is it doing."""

from __future__ import annotations

import asyncio
import os
import shutil
from hmac import compare_digest

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from samehand.config import env

FREE_BYTES_NEEDED = 50 * 1024 * 1024
DATABASE_SECONDS = 1.0
_migrated = False


@csrf_exempt
@never_cache
@require_safe
async def healthz(_request: HttpRequest) -> HttpResponse:
    """The process is alive; says nothing about what it depends on."""
    return HttpResponse("alive\n", content_type="text/plain")


@csrf_exempt
@never_cache
@require_safe
async def readyz(_request: HttpRequest) -> HttpResponse:
    """200 when work can be done here, else 503 with a line for each thing that is missing."""
    troubles = [trouble for trouble in (await _database_trouble(), disk_trouble()) if trouble]
    text = "".join(f"{trouble}\n" for trouble in troubles) or "ready\n"
    response = HttpResponse(text, status=503 if troubles else 200, content_type="text/plain")
    # Probes ask every second: Django's error line for each 503 would bury the cause.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


async def _database_trouble() -> str:
    # In a thread of its own: a database that hangs must not hold up the answer.
    check = sync_to_async(database_trouble, thread_sensitive=False)
    try:
        return await asyncio.wait_for(check(), DATABASE_SECONDS)
    except TimeoutError:
        return f"the database does not answer within {DATABASE_SECONDS:g} s"


def database_trouble() -> str:
    """What keeps the database from being used; empty when nothing does."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return _migration_trouble()
    except DatabaseError:
        return "the database does not answer"
    finally:
        connection.close()


def _migration_trouble() -> str:
    global _migrated
    if not _migrated:
        from samehand.config.migrating import pending

        if waiting := pending():
            return f"{len(waiting)} migrations are not applied: samehand migrate"
        _migrated = True
    return ""


def disk_trouble() -> str:
    """What keeps mail from being stored on this disk; empty when nothing does."""
    try:
        free = shutil.disk_usage(settings.DATA).free
    except OSError as trouble:
        return f"the data folder cannot be read: {trouble.strerror}"
    if not os.access(settings.DATA, os.W_OK):
        return "the data folder cannot be written"
    if free < FREE_BYTES_NEEDED:
        return f"the data folder's disk has {free // 2**20} MB left, {FREE_BYTES_NEEDED // 2**20} are needed"
    return ""


@csrf_exempt
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus' text, for this machine itself or whoever knows SAMEHAND_METRICS_TOKEN."""
    if not _may_see_metrics(request):
        return HttpResponseForbidden("only from this machine, or with SAMEHAND_METRICS_TOKEN as bearer token\n")
    from samehand.config.metrics import text

    body, content_type = text()
    return HttpResponse(body, content_type=content_type)


def _may_see_metrics(request: HttpRequest) -> bool:
    token = env.text("SAMEHAND_METRICS_TOKEN", "")
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and compare_digest(given.encode(), token.encode()):
        return True
    # Behind a proxy of this machine everybody seems to come from it.
    forwarded = any(header in request.headers for header in ("Forwarded", "X-Forwarded-For", "X-Real-IP"))
    return request.META.get("REMOTE_ADDR", "") in {"127.0.0.1", "::1"} and not forwarded
