"""The customer's page: whoever has the signed link reads the case and may write in it. Reading changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from hashlib import sha256
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from samehand.cases import actions, originals, tickets
from samehand.cases.access import case_of_link
from samehand.cases.models import Case
from samehand.core.arrivals import Unreadable
from samehand.lib import blobs
from samehand.lib.clock import now
from samehand.portal import choosing, outcomes, thread
from samehand.portal.forms import ReplyForm, files_hint, new_number
from samehand.portal.guide import reader
from samehand.portal.page import Page
from samehand.portal.uploads import opened, packed

MESSAGES_AN_HOUR = 20
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
}
log = structlog.get_logger()
View = Callable[..., HttpResponse]


def by_link(view: View) -> View:
    """Open the case that the link's token proves, in its language; every other token meets one and the same page."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        case = case_of_link(token)
        with translation.override(_language(request, case)):
            response = view(request, token, case, **kwargs) if case else gone(request)
            response.headers["Content-Language"] = translation.get_language()
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return opened


def _language(request: HttpRequest, case: Case | None) -> str:
    known = dict(settings.LANGUAGES)
    wished = request.GET.get("lang", "")
    if wished in known:
        return wished
    if case is None:
        return translation.get_language() or settings.LANGUAGE_CODE
    return case.language if case.language in known else settings.LANGUAGE_CODE


def gone(request: HttpRequest) -> HttpResponse:
    """One answer for every link that opens nothing: it tells nobody how near he was."""
    return render(request, "portal/gone.html", {"address": settings.ADDRESS}, status=HTTPStatus.NOT_FOUND)


# No CSRF cookie: the right to write lies in the link itself, which a foreign page does not know. (With Referrer-Policy
# no-referrer browsers send "Origin: null", which Django's check would refuse.)
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def page(request: HttpRequest, token: str, case: Case) -> HttpResponse:
    moment = now()
    if request.method == "POST":
        return _write(request, token, case, moment)
    number = request.GET.get("received", "")
    received = bool(number) and thread.came_from(case, number, moment) is not None
    return _show(request, token, case, moment, ReplyForm(initial={"form": new_number()}), received=received)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def wait(request: HttpRequest, token: str, case: Case) -> HttpResponse:
    return _choose(request, token, case, choosing.wait)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def wait_no_more(request: HttpRequest, token: str, case: Case) -> HttpResponse:
    return _choose(request, token, case, choosing.take_back)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def guide(request: HttpRequest, token: str, case: Case) -> HttpResponse:
    """From here on the guide knows her: it leaves out what she has tried."""
    if request.method != "POST":
        return redirect("portal:page", token)
    response = redirect("guide:home", language=translation.get_language())
    reader.remember(response, token)
    return response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def tried(request: HttpRequest, token: str, case: Case, *, message_id: str, said: str) -> HttpResponse:
    """What came of an answer's advice: a page with one button, and the pressing of it."""
    asked = outcomes.asked_of(case).get(int(message_id))
    if asked is None:
        return gone(request)
    refused = outcomes.say(request, token, case, asked, said, now()) if request.method == "POST" else ""
    if request.method == "POST" and not refused:
        return redirect(f"{reverse('portal:page', args=[token])}#tried-{message_id}")
    context = {"asked": asked, "said": said, "token": token, "typed": request.POST.get("text", ""), "refused": refused}
    status = HTTPStatus.SERVICE_UNAVAILABLE if refused else HTTPStatus.OK
    return render(request, "portal/tried.html", {**context, "form_number": new_number()}, status=status)


def _choose(
    request: HttpRequest,
    token: str,
    case: Case,
    choose: Callable[[HttpRequest, Case, datetime], choosing.Said | None],
) -> HttpResponse:
    """Only a POST chooses: scanners of mails and browsers that look ahead follow every link."""
    moment = now()
    refused = choose(request, case, moment) if request.method == "POST" else None
    if refused:
        case = case_of_link(token) or case
        form = ReplyForm(initial={"form": new_number()})
        return _show(request, token, case, moment, form, refused=refused[0], status=refused[1])
    language = f"?{urlencode({'lang': request.GET['lang']})}" if "lang" in request.GET else ""
    return redirect(f"{reverse('portal:page', args=[token])}{language}#promise")


def _write(request: HttpRequest, token: str, case: Case, moment: datetime) -> HttpResponse:
    try:
        form = opened(request, ReplyForm)
    except (RequestDataTooBig, TooManyFilesSent):
        return _too_large(request, token)
    if not form.is_valid():
        return _show(request, token, case, moment, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    number = form.cleaned_data["form"]
    incoming = _incoming(token, case, form.cleaned_data, moment)
    if thread.sent_lately(case, moment) >= MESSAGES_AN_HOUR and not thread.is_kept(incoming.fingerprint):
        form.add_error(None, _too_often())
        return _show(request, token, case, moment, form, status=HTTPStatus.TOO_MANY_REQUESTS)
    try:
        # Durable when it returns: only then the page says that we have it.
        actions.accept(channel=thread.CHANNEL, mailbox="", incoming=[incoming], now=moment)
    except (OSError, DatabaseError) as trouble:
        log.warning("page message not accepted", case=case.reference, trouble=type(trouble).__name__)
        form.add_error(None, _not_taken())
        return _show(request, token, case, moment, form, status=HTTPStatus.SERVICE_UNAVAILABLE)
    said = {"received": number} | ({"lang": request.GET["lang"]} if "lang" in request.GET else {})
    return redirect(f"{reverse('portal:page', args=[token])}?{urlencode(said)}#promise")


def _incoming(token: str, case: Case, said: dict[str, Any], moment: datetime) -> actions.Incoming:
    """The same form sent again gives the same bytes, and so the same fingerprint."""
    raw = json.dumps(
        {
            "token": token,
            "form": said["form"],
            "language": translation.get_language(),
            "text": said["text"],
            "files": [packed(file) for file in said["attached"]],
        },
        ensure_ascii=False,
    ).encode()
    return actions.Incoming(
        raw=raw,
        received_at=moment,
        fingerprint=sha256(raw).hexdigest(),
        envelope={"case": case.reference, "form": said["form"]},
    )


def _show(
    request: HttpRequest,
    token: str,
    case: Case,
    moment: datetime,
    form: ReplyForm,
    *,
    received: bool = False,
    refused: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "token": token,
        "page": Page(case, moment),
        "form": form,
        "received": received,
        "refused": refused,
    }
    return render(request, "portal/page.html", context, status=status)


def _too_large(request: HttpRequest, token: str) -> HttpResponse:
    context = {"token": token, "files_hint": files_hint()}
    return render(request, "portal/too_large.html", context, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _not_taken() -> str:
    return _("We could not take your message just now. Your text is still here: try again in a minute.")


def _too_often() -> str:
    return ngettext(
        "You have sent %(count)d message within an hour; that is as much as we can take in from one page. "
        "Your text is still here: send it a little later.",
        "You have sent %(count)d messages within an hour; that is as much as we can take in from one page. "
        "Your text is still here: send it a little later.",
        MESSAGES_AN_HOUR,
    ) % {"count": MESSAGES_AN_HOUR}


@require_safe
@by_link
def attachment(request: HttpRequest, token: str, case: Case, *, message_id: int, part: int) -> HttpResponse:
    """A file of one of the messages on the page; always as a download, never shown in our own name."""
    message = (
        thread.messages(case)
        .filter(pk=message_id, attachments__part=part, attachments__inline=False, attachments__state="")
        .first()
    )
    if message is None:
        return gone(request)
    if settings.FILES_HOST:
        # From a host name without cookies, as all that came from outside.
        token = tickets.issue(tickets.Ticket(tickets.FILE, message.pk, part))
        return redirect(f"{settings.FILES_URL}{reverse('desk:served', args=[token])}")
    try:
        found, content = originals.attachment(message, part)
    except (blobs.BlobMissing, Unreadable):
        return gone(request)
    disposition = content_disposition_header(as_attachment=True, filename=found.name or _("file"))
    return HttpResponse(
        content, content_type="application/octet-stream", headers={"Content-Disposition": disposition or "attachment"}
    )
