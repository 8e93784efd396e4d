"""The contact form: a way to a human that is always open, with the time by which she answers."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samehand.cases import actions
from samehand.guide import searching, walks
from samehand.guide.models import Came
from samehand.lib.clock import now
from samehand.lib.languages import in_language
from samehand.lib.limits import limited
from samehand.lib.origins import is_ours
from samehand.lib.publishing import private
from samehand.portal.forms import files_hint, new_number
from samehand.portal.guide import addresses, reader, sent_letters
from samehand.portal.guide.contact_form import ContactForm, Read, known, there, told
from samehand.portal.guide.frame import Head, shown
from samehand.portal.guide.results import Result, results
from samehand.portal.guide.slowing import MESSAGES, SUGGESTIONS, nothing_yet, too_often
from samehand.portal.own_phone import Phone, phone_of
from samehand.portal.uploads import opened, packed

log = structlog.get_logger()
# So much of what is typed is looked for; so many articles are shown beside it.
LOOKED_FOR, MOST = 400, 3


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@in_language
@limited(MESSAGES, too_often, "POST")
def form(request: HttpRequest, language: str) -> HttpResponse:
    moment = now()
    if request.method == "POST":
        return private(_write(request, language, moment))
    begun = {name: request.GET.get(name, "")[:2_000].replace("\x00", "") for name in ("about", "text")}
    if walk := _walk(request, language):
        begun["about"] = begun["about"] or walk.title
    read = told([json.dumps({"problem": key}) for key in request.GET.getlist("read")], moment)
    return private(_show(request, language, ContactForm(initial=begun | {"form": new_number()}), read))


def _write(request: HttpRequest, language: str, moment: datetime) -> HttpResponse:
    if not is_ours(request):
        return HttpResponseForbidden()
    try:
        said = opened(request, ContactForm)
    except (RequestDataTooBig, TooManyFilesSent):
        return _too_large(request, language)
    read = told(request.POST.getlist("read"), moment)
    if "look" in request.POST:
        return _show(request, language, _again(said), read, looked=True)
    if not said.is_valid():
        return _show(request, language, said, read, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _accept(request, language, said, read, moment)


def _accept(request: HttpRequest, language: str, said: ContactForm, read: list[Read], moment: datetime) -> HttpResponse:
    phone = _phone(request, language) if "model" in request.POST else None
    incoming = _incoming(language, said.cleaned_data, there(read), _walk(request, language), phone, moment)
    try:
        # Durable when it returns: only then the page says that we have it.
        actions.accept(channel=sent_letters.CHANNEL, mailbox="", incoming=[incoming], now=moment)
    except (OSError, DatabaseError) as trouble:
        log.warning("contact form not accepted", trouble=type(trouble).__name__)
        said.add_error(
            None, _("We could not take your message just now. Your text is still here: try again in a minute.")
        )
        return _show(request, language, said, read, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return redirect("guide:sent", language=language, number=said.cleaned_data["form"])


def _walk(request: HttpRequest, language: str) -> walks.Told | None:
    """The guided questions that she comes from, walked anew: an address may say anything."""
    said = request.POST if request.method == "POST" else request.GET
    return walks.told(said.get("tree", ""), said.get("answers", ""), language) if said.get("tree") else None


def _phone(request: HttpRequest, language: str) -> Phone | None:
    return phone_of(request, reader.of(request).customer, language)


def _incoming(
    language: str,
    said: dict[str, Any],
    read: list[Read],
    walk: walks.Told | None,
    phone: Phone | None,
    moment: datetime,
) -> actions.Incoming:
    """The same form sent again is the same message, whatever became of the list of what was read."""
    words = {name: said[name] for name in ("form", "name", "address", "phone", "about", "text")}
    letter = {"kind": "contact", "language": language, **words, "files": [packed(file) for file in said["attached"]]}
    fingerprint = sha256(json.dumps(letter, ensure_ascii=False).encode()).hexdigest()
    letter["read"] = [{"problem": one.problem, "at": one.at, "query": one.query, "helped": one.helped} for one in read]
    if phone:
        letter["model"] = phone.name
    if walk:
        # In words, because the questions may change before anybody reads this.
        lines = [[line.asked, line.answered] for line in walk.lines]
        along = {"lines": lines, "tried": list(walk.tried), "topic": walk.topic or walk.problem, "urgent": walk.urgent}
        letter["walk"] = {"title": walk.title} | along
    return actions.Incoming(
        raw=json.dumps(letter, ensure_ascii=False).encode(),
        received_at=moment,
        fingerprint=fingerprint,
        envelope={"contact": said["form"]},
    )


@require_safe
@in_language
def sent(request: HttpRequest, language: str, number: str) -> HttpResponse:
    """We have it: who answers by when, and where to. Its number is known to nobody but the writer's browser."""
    letter = sent_letters.of_number(number, now())
    if letter is None:
        raise Http404
    head = Head(title=_("We have your message"), path=addresses.of("contact", language), hidden=True)
    return private(shown(request, language, "sent.html", head, letter=letter))


@csrf_exempt
@require_POST
@in_language
@limited(SUGGESTIONS, nothing_yet)
def hints(request: HttpRequest, language: str) -> HttpResponse:
    """Articles that fit what is typed: a fragment. By POST, so that nobody's words stand in a log of addresses."""
    if not is_ours(request):
        return HttpResponseForbidden()
    found = _fitting(request.POST.get("about", ""), request.POST.get("text", ""), language)
    return private(render(request, "portal/guide/_fitting.html", {"fitting": found}))


def _fitting(about: str, text: str, language: str) -> list[Result]:
    words = " ".join(f"{about[:150]} {text[:LOOKED_FOR]}".replace("\x00", "").split())
    return (
        results(searching.search(words, language, limit=MOST).hits, about[:100], language, Came.FORM) if words else []
    )


def _again(said: ContactForm) -> ContactForm:
    """What was typed, without a word about what is missing yet: she has not sent it."""
    return ContactForm(initial={name: said.data.get(name, "") for name in said.fields if name != "attached"})


def _show(
    request: HttpRequest,
    language: str,
    said: ContactForm,
    read: list[Read],
    *,
    looked: bool = False,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    head = Head(
        title=_("Write to us"),
        path=addresses.of("contact", language),
        description=_("A person reads what you write and answers you. Here is by when."),
        others={code: addresses.of("contact", code) for code in ("pl", "en")},
    )
    fitting = _fitting(str(said["about"].value() or ""), str(said["text"].value() or ""), language) if looked else []
    return shown(
        request, language, "contact.html", head, status=status, form=said, read=known(read, language), looked=looked,
        fitting=fitting, walk=_walk(request, language), phone=_phone(request, language),
        tells_phone=request.method != "POST" or "model" in request.POST,
    )  # fmt: skip


def _too_large(request: HttpRequest, language: str) -> HttpResponse:
    head = Head(title=_("These files are too large"), path=addresses.of("contact", language), hidden=True)
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return shown(request, language, "too_large.html", head, status=status, files_hint=files_hint())
