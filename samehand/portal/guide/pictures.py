"""Pictures of articles, kept by browsers for a day: articles name a picture that was replaced by another address."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from samehand.guide.models import Picture
from samehand.lib import blobs

DAY = 24 * 3600


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    found = get_object_or_404(Picture, name=name)
    etag = f'"{found.blob[:64]}"'
    if (known := get_conditional_response(request, etag=etag)) is not None:
        return known
    try:
        content = blobs.get(found.blob)
    except OSError:
        # The store is away for a while: whoever hears "not found" forgets the picture.
        return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Cache-Control": "no-store"})
    except blobs.BlobMissing:
        return HttpResponse(status=HTTPStatus.NOT_FOUND)
    headers = {"ETag": etag, "Cache-Control": f"public, max-age={DAY}", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=found.content_type, headers=headers)
