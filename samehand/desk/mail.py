"""A message's own bytes: its formatting in a sealed frame, its attachments as downloads, its source."""

from __future__ import annotations

from base64 import b64encode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from samehand.cases import originals
from samehand.cases.access import messages_visible_to
from samehand.lib.blobs import BlobMissing
from samehand.lib.csp import HEADER

# What a browser may show as a picture, by its first bytes: a name or a content type proves nothing.
PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
SEALED = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src {pictures}; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
# A sealed frame has no session, so the pictures inside the mail travel in the page; larger ones stay attachments.
MAX_INSIDE = 3_000_000
NOTHING = "data:,"


@require_safe
@login_required
@xframe_options_sameorigin
def formatted(request: HttpRequest, message_id: int) -> HttpResponse:
    """The mail as its writer formatted it. Pictures from elsewhere tell their owner who reads: only when asked."""
    message = get_object_or_404(messages_visible_to(request.user), pk=message_id)
    images = request.GET.get("images") == "1"
    try:
        shown = originals.html_of(message, images=images, address=_inside)
    except BlobMissing:
        raise Http404 from None
    said = render_to_string("desk/_blocked.html", {"count": shown.blocked_images}) if shown.blocked_images else ""
    response = HttpResponse(shown.html.replace("<body>", f"<body>{said}", 1))
    response[HEADER] = SEALED.format(pictures="data: https: http:" if images else "data:")
    response["Referrer-Policy"] = "no-referrer"
    return _private(response)


@require_safe
@login_required
def attachment(request: HttpRequest, message_id: int, part: int) -> HttpResponse:
    message = get_object_or_404(messages_visible_to(request.user), pk=message_id)
    kept = get_object_or_404(message.attachments, part=part)
    try:
        found, content = originals.attachment(message, kept.part)
    except (BlobMissing, LookupError):
        raise Http404 from None
    picture = _picture(content) if "inline" in request.GET else ""
    response = HttpResponse(content, content_type=picture or "application/octet-stream")
    name = found.name or kept.name or f"{message.case.reference}-{part}"
    return _sealed(response, name, attach=not picture)


@require_safe
@login_required
def source(request: HttpRequest, message_id: int) -> HttpResponse:
    """The message exactly as it came or went."""
    message = get_object_or_404(messages_visible_to(request.user), pk=message_id)
    try:
        raw = originals.raw(message)
    except BlobMissing:
        raise Http404 from None
    return _sealed(HttpResponse(raw, content_type="message/rfc822"), f"{message.case.reference}-{message.pk}.eml")


def _picture(content: bytes) -> str:
    for begin, kind in PICTURES:
        if content.startswith(begin):
            return kind
    return "image/webp" if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else ""


def _sealed(response: HttpResponse, name: str, *, attach: bool = True) -> HttpResponse:
    clean = "".join(letter for letter in name if letter.isprintable()).strip().replace("/", "_").replace("\\", "_")
    response["Content-Disposition"] = content_disposition_header(attach, clean[:150] or "file") or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response[HEADER] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return _private(response)


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response


def _inside(content: bytes) -> str:
    """The picture itself as an address; an empty one for what is no picture, or too large."""
    kind = _picture(content)
    return f"data:{kind};base64,{b64encode(content).decode()}" if kind and len(content) <= MAX_INSIDE else NOTHING
