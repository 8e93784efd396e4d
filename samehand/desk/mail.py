"""A message's own bytes: its formatting in a sealed frame, its attachments as downloads, its source."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from samehand.cases import originals, tickets
from samehand.cases.access import messages_visible_to
from samehand.cases.actions.scanning import may_leave
from samehand.cases.models import Attachment, Message
from samehand.cases.tickets import Ticket
from samehand.core.arrivals import Unreadable, outer
from samehand.desk import files
from samehand.lib.blobs import BlobMissing


@require_safe
@login_required
@xframe_options_sameorigin
def formatted(request: HttpRequest, message_id: int) -> HttpResponse:
    """The mail as its writer formatted it. Pictures from elsewhere tell their owner that somebody reads: only when
    asked."""
    message = _message(request, message_id)
    images = request.GET.get("images") == "1"
    home = f"{request.scheme}://{request.get_host()}"
    how = tickets.PAGE_WITH_PICTURES if images else tickets.PAGE
    return files.elsewhere(Ticket(how, message.pk, home=home)) or files.page(
        request, message, images=images, home="'self'"
    )


@require_safe
@login_required
def attachment(request: HttpRequest, message_id: int, part: int) -> HttpResponse:
    message = _message(request, message_id)
    kept = _kept(message, part)
    if kept.state:
        return _held(request, message, [kept])
    as_picture = "inline" in request.GET
    how = tickets.PICTURE if as_picture else tickets.FILE
    return files.elsewhere(Ticket(how, message.pk, part)) or files.file(message, part, as_picture=as_picture)


@require_safe
@login_required
def letter(request: HttpRequest, message_id: int, part: int) -> HttpResponse:
    """A mail that was forwarded with the message: who wrote what in it, and its files."""
    message = _message(request, message_id)
    kept = _kept(message, part)
    if kept.state:
        return _held(request, message, [kept])
    try:
        inner = originals.letter(message, part)
    except (BlobMissing, Unreadable):
        raise Http404 from None
    context = {"m": message, "case": message.case, "part": part, "letter": inner}
    return render(request, "desk/letter.html", context)


@require_safe
@login_required
def source(request: HttpRequest, message_id: int) -> HttpResponse:
    """The message exactly as it came or went."""
    message = _message(request, message_id)
    kept = list(message.attachments.all())
    if not may_leave(kept):
        return _held(request, message, [file for file in kept if file.state])
    try:
        raw = originals.raw(message)
    except BlobMissing:
        raise Http404 from None
    response = HttpResponse(raw, content_type="message/rfc822")
    return files.sealed(response, f"{message.case.reference}-{message.pk}.eml")


def _message(request: HttpRequest, message_id: int) -> Message:
    return get_object_or_404(messages_visible_to(request.user), pk=message_id)


def _kept(message: Message, part: int) -> Attachment:
    """The row of the file; what is in a forwarded mail has no row of its own and counts as that mail."""
    rows = message.attachments.filter(part__in={part, outer(part)}).order_by("-part")
    found = rows.first()
    if found is None:
        raise Http404
    return found


def _held(request: HttpRequest, message: Message, kept: list[Attachment]) -> HttpResponse:
    context = {"case": message.case, "files": kept}
    return render(request, "desk/held.html", context, status=HTTPStatus.FORBIDDEN)
