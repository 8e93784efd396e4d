"""What came from outside, served so that it can do nothing here: as a download, in a sealed frame, as a true picture.

The views of this file know no session. They serve what a signed ticket names, from a host name of their own where one
is set."""

from __future__ import annotations

from base64 import b64encode
from functools import partial

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from samehand.cases import originals, tickets
from samehand.cases.models import Message
from samehand.cases.tickets import Ticket
from samehand.core.arrivals import Unreadable
from samehand.lib.blobs import BlobMissing
from samehand.lib.csp import HEADER
from samehand.lib.fetching import NotFetched, fetch

# What a browser may show as a picture, by its first bytes: a name or a content type proves nothing.
PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
SEALED = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src {pictures}; form-action 'none'; base-uri 'none'; "
    "frame-ancestors {home}; sandbox allow-popups allow-popups-to-escape-sandbox"
)
# A sealed frame has no session, so the pictures inside the mail travel in the page; larger ones stay attachments.
MAX_INSIDE = 3_000_000
NOTHING = "data:,"


@require_safe
@xframe_options_exempt
def served(request: HttpRequest, token: str) -> HttpResponse:
    """What a ticket names. The framing that is allowed stands in the answer's own policy."""
    ticket = tickets.redeem(token)
    if ticket is None:
        raise Http404
    message = get_object_or_404(Message.objects.select_related("case"), pk=ticket.message_id)
    if ticket.how in (tickets.FILE, tickets.PICTURE):
        return file(message, ticket.part, as_picture=ticket.how == tickets.PICTURE)
    return page(request, message, images=ticket.how == tickets.PAGE_WITH_PICTURES, home=ticket.home)


@require_safe
def picture(request: HttpRequest, token: str) -> HttpResponse:
    """A picture from elsewhere, fetched by us: its owner learns neither who looks at it nor with which browser."""
    url = tickets.redeem_picture(token)
    try:
        content = fetch(url) if url else b""
    except NotFetched:
        content = b""
    kind = kind_of(content)
    if not kind:
        raise Http404
    response = private(HttpResponse(content, content_type=kind))
    response["X-Content-Type-Options"] = "nosniff"
    response[HEADER] = "default-src 'none'; sandbox"
    # The frame that shows it has no origin.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def elsewhere(ticket: Ticket) -> HttpResponse | None:
    """The way to the host name that is set for files; None where there is none."""
    if not settings.FILES_HOST:
        return None
    return private(HttpResponseRedirect(f"{settings.FILES_URL}{reverse('desk:served', args=[tickets.issue(ticket)])}"))


def page(request: HttpRequest, message: Message, *, images: bool, home: str) -> HttpResponse:
    """The mail as its writer formatted it, for a frame on one of the pages of `home`."""
    origin = f"{request.scheme}://{request.get_host()}"
    try:
        shown = originals.html_of(message, images=images, address=_inside, elsewhere=partial(_fetched, origin))
    except BlobMissing:
        raise Http404 from None
    said = render_to_string("desk/_blocked.html", {"count": shown.blocked_images}) if shown.blocked_images else ""
    response = HttpResponse(shown.html.replace("<body>", f"<body>{said}", 1))
    response[HEADER] = SEALED.format(pictures=f"data: {origin}" if images else "data:", home=home)
    response["Referrer-Policy"] = "no-referrer"
    return private(response)


def _fetched(origin: str, url: str) -> str:
    return f"{origin}{reverse('desk:picture', args=[tickets.issue_picture(url)])}"


def file(message: Message, part: int, *, as_picture: bool) -> HttpResponse:
    """One part as a download, or as a picture when its bytes are one and it was asked for."""
    try:
        found, content = originals.attachment(message, part)
    except (BlobMissing, LookupError, Unreadable):
        raise Http404 from None
    kind = kind_of(content) if as_picture else ""
    response = HttpResponse(content, content_type=kind or "application/octet-stream")
    return sealed(response, found.name or f"{message.case.reference}-{part}", attach=not kind)


def kind_of(content: bytes) -> str:
    """The content type of a picture that browsers may show, by its bytes; '' for everything else."""
    for begin, kind in PICTURES:
        if content.startswith(begin):
            return kind
    return "image/webp" if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else ""


def sealed(response: HttpResponse, name: str, *, attach: bool = True) -> HttpResponse:
    clean = "".join(letter for letter in name if letter.isprintable()).strip().replace("/", "_").replace("\\", "_")
    response["Content-Disposition"] = content_disposition_header(attach, clean[:150] or "file") or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response[HEADER] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return private(response)


def private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response


def _inside(content: bytes) -> str:
    """The picture itself as an address; an empty one for what is no picture, or too large."""
    kind = kind_of(content)
    return f"data:{kind};base64,{b64encode(content).decode()}" if kind and len(content) <= MAX_INSIDE else NOTHING
