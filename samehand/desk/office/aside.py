"""What could not be read and was put aside whole: why, from whom, and once more from the beginning."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.utils import parseaddr

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from samehand.cases import actions
from samehand.cases.models import RawArrival
from samehand.cases.queries import put_aside
from samehand.lib import blobs
from samehand.lib.clock import now
from samehand.people.access import needs_admin, needs_lead

PAGE = 50
SHOWN = 64 * 1024
AT_ONCE = 500


@needs_lead
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    page = Paginator(put_aside(), PAGE).get_page(request.GET.get("page"))
    rows = [(arrival, _sender(arrival)) for arrival in page]
    return render(request, "office/aside.html", {"view": "office-aside", "page": page, "rows": rows})


@needs_lead
@require_safe
def one(request: HttpRequest, arrival_id: int) -> HttpResponse:
    arrival = _known(arrival_id)
    source, cut = _source(arrival)
    context = {"view": "office-aside", "arrival": arrival, "sender": _sender(arrival), "source": source, "cut": cut}
    return render(request, "office/aside_one.html", context)


@needs_lead
@require_safe
def raw(request: HttpRequest, arrival_id: int) -> HttpResponse:
    """The bytes as they came; a download of no type, so that no browser shows them as a page of ours."""
    arrival = _known(arrival_id)
    try:
        content = blobs.get(arrival.blob)
    except blobs.BlobMissing:
        messages.error(request, _("Its bytes are missing from the data folder."))
        return redirect("office:aside_one", arrival_id)
    ending = "eml" if arrival.channel == "mail" else "bin"
    disposition = f'attachment; filename="aside-{arrival.pk}.{ending}"'
    return HttpResponse(content, content_type="application/octet-stream", headers={"Content-Disposition": disposition})


@needs_admin
@require_POST
def again(request: HttpRequest, arrival_id: int) -> HttpResponse:
    if actions.replay(arrival_id=_known(arrival_id).pk, now=now()):
        messages.success(request, _("It is back in line and will be read again in a moment."))
    else:
        messages.info(request, _("It no longer lies aside: somebody was quicker."))
    return redirect("office:aside")


@needs_admin
@require_POST
def again_all(request: HttpRequest) -> HttpResponse:
    ids = list(put_aside().values_list("pk", flat=True)[:AT_ONCE])
    count = sum(actions.replay(arrival_id=arrival_id, now=now()) for arrival_id in ids)
    said = ngettext("%(count)d is back in line.", "%(count)d are back in line.", count) % {"count": count}
    messages.success(request, said)
    return redirect("office:aside")


def _known(arrival_id: int) -> RawArrival:
    # Only what lies aside: everything else is read in its case.
    return get_object_or_404(put_aside(), pk=arrival_id)


def _source(arrival: RawArrival) -> tuple[str, bool]:
    """The beginning of the bytes as text, and whether there is more."""
    try:
        content = blobs.get(arrival.blob)
    except blobs.BlobMissing:
        return "", False
    return content[:SHOWN].decode("utf-8", "replace").replace("\x00", "\N{SYMBOL FOR NULL}"), len(content) > SHOWN


def _sender(arrival: RawArrival) -> str:
    """A guess: what the other server said, else what the mail says of itself. Nothing here is proven."""
    said = str(arrival.envelope.get("sender") or "")
    if said or arrival.channel != "mail":
        return said
    try:
        head = blobs.get(arrival.blob)[:SHOWN].partition(b"\r\n\r\n")[0]
        return parseaddr(str(message_from_bytes(head, policy=policy.compat32)["From"] or ""))[1]
    except (blobs.BlobMissing, ValueError, LookupError):
        return ""
