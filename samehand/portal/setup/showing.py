"""The steps for one device: as a page, on a sheet of paper, as a profile."""

from __future__ import annotations

import re
from http import HTTPStatus
from urllib.parse import quote

import structlog
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samehand.core import gsm7
from samehand.guide import setup
from samehand.guide.models import Device
from samehand.guide.setup import codes
from samehand.lib.clock import now
from samehand.lib.languages import in_language
from samehand.lib.limits import limited
from samehand.lib.publishing import private, public
from samehand.portal import own_phone
from samehand.portal.guide import addresses, reader
from samehand.portal.guide.frame import Head, shown
from samehand.portal.guide.slowing import SEARCHES, too_often
from samehand.portal.setup.picking import crumbs

log = structlog.get_logger()


@require_safe
@in_language
@public
def steps(request: HttpRequest, language: str, key: str) -> HttpResponse:
    made = found(key, language)
    if made is None:
        return unknown(request, language)
    title = _("Internet and MMS: %(device)s") if made.mms else _("Internet: %(device)s")
    head = Head(
        title=title % {"device": made.title},
        path=_path(made),
        description=_("The exact steps and values for %(device)s.") % {"device": made.title},
        others={code: addresses.of("phone_steps", code, key=made.key) for code in ("pl", "en")},
        # Thirty thousand nearly equal pages are nothing for a search engine; those of the families are.
        hidden=made.device is not None,
    )
    address = addresses.whole(head.path)
    marks = request.GET.get("marks") == "1"
    message = setup.sms(made, address, marks=marks)
    kept = own_phone.key_of(request, reader.of(request).customer) == made.key
    return shown(
        request, language, "setup/steps.html", head, setup=made, crumbs=crumbs(language), code=codes.svg(address),
        message=message, message_link=f"sms:?&body={quote(message.text)}", marks=marks, kept=kept,
        solver=addresses.maybe("tree", language, tree="no-internet"),
    )  # fmt: skip


@require_safe
@in_language
@limited(SEARCHES, too_often)
def sheet(request: HttpRequest, language: str, key: str) -> HttpResponse:
    made = found(key, language)
    if made is None:
        return unknown(request, language)
    from samehand.guide.setup.sheet import sheet as drawn

    content = drawn(made, addresses.whole(_path(made)), now=now())
    return _file(content, "application/pdf", f"internet-{_name(made)}.pdf")


@require_safe
@in_language
@limited(SEARCHES, too_often)
def profile(request: HttpRequest, language: str, key: str) -> HttpResponse:
    made = found(key, language)
    if made is None or not made.has_profile:
        return unknown(request, language)
    try:
        content = setup.profile(made)
    except setup.NotSigned as trouble:
        # Better none than one that calls itself unsigned where customers are used to a signed one.
        log.error("profile for iPhones not signed", trouble=str(trouble))
        return unknown(request, language, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return _file(content, setup.CONTENT_TYPE, f"{_name(made)}.mobileconfig")


def found(key: str, language: str) -> setup.Setup | None:
    """What is said for a device's number or a skin; None for anything else."""
    key = own_phone.known_key(key)
    if not key.isdigit():
        return setup.setup_of_skin(key, language)
    device = Device.objects.filter(pk=int(key)).first()
    return setup.setup_of(device, language) if device else None


def unknown(request: HttpRequest, language: str, *, status: int = HTTPStatus.NOT_FOUND) -> HttpResponse:
    """We do not know this device (any more), or cannot make its profile now: choose again, or ask us."""
    head = Head(title=_("Which phone is it?"), path=addresses.of("phone", language), hidden=True)
    return private(shown(request, language, "setup/unknown.html", head, status=status, crumbs=crumbs(language)))


def _path(made: setup.Setup) -> str:
    return addresses.of("phone_steps", made.language, key=made.key)


def _name(made: setup.Setup) -> str:
    """For a file: letters, digits and dashes."""
    return re.sub(r"[^a-z0-9]+", "-", gsm7.plain(made.title).lower()).strip("-")[:60] or "telefon"


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "Cache-Control": "no-cache",
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(content, content_type=kind, headers=headers)
