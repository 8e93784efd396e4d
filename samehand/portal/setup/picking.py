"""Which phone is it? Typed, chosen from the big families, or found out first."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samehand.guide import devices, setup
from samehand.guide.models import Device
from samehand.lib.languages import in_language
from samehand.lib.limits import limited
from samehand.lib.publishing import public
from samehand.portal import own_phone
from samehand.portal.guide import addresses, reader
from samehand.portal.guide.frame import Head, shown
from samehand.portal.guide.search import asked
from samehand.portal.guide.slowing import SEARCHES, SUGGESTIONS, nothing_yet, too_often

MOST, MOST_SUGGESTED = 12, 7
# To choose without typing, those that most people have first.
OFFERED = (
    "samsung", "iphone", "xiaomi", "motorola", "huawei", "honor", "pixel", "oppo", "android", "feature", "router",
    "ipad", "blackberry-10", "windows-phone",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offered:
    name: str
    address: str


@require_safe
@in_language
@limited(SEARCHES, too_often)
@public
def pick(request: HttpRequest, language: str) -> HttpResponse:
    typed = asked(request)
    head = Head(
        title=_("Set up your phone"),
        path=addresses.of("phone", language),
        description=_("Internet and MMS on your phone, tablet or router: the exact steps for your model."),
        others={code: addresses.of("phone", code) for code in ("pl", "en")},
        hidden=bool(typed),
    )
    return shown(
        request, language, "setup/pick.html", head, typed=typed, found=_found(typed, language, MOST),
        families=_families(language), kept_phone=_own(request, language), crumbs=crumbs(language)[:1],
    )  # fmt: skip


@require_safe
@in_language
@limited(SUGGESTIONS, nothing_yet)
@public
def suggestions(request: HttpRequest, language: str) -> HttpResponse:
    """The options of the list under the field: a fragment."""
    return render(
        request, "portal/guide/setup/_suggestions.html", {"found": _found(asked(request), language, MOST_SUGGESTED)}
    )


def crumbs(language: str) -> tuple[tuple[str, str], ...]:
    return ((_("Help"), addresses.of("home", language)), (_("Set up your phone"), addresses.of("phone", language)))


def _found(typed: str, language: str, most: int) -> list[Offered]:
    hits = devices.find(typed, most) if typed else []
    return [Offered(hit.title, addresses.of("phone_steps", language, key=str(hit.id))) for hit in hits]


def _families(language: str) -> list[Offered]:
    return [Offered(_capital(setup.TITLES[skin][language == "en"]), _to(skin, language)) for skin in OFFERED]


def _capital(name: str) -> str:
    return name if name.startswith("iP") else name[:1].upper() + name[1:]


def _to(key: str, language: str) -> str:
    return addresses.of("phone_steps", language, key=key)


def _own(request: HttpRequest, language: str) -> Offered | None:
    """The phone that is remembered."""
    key = own_phone.key_of(request, reader.of(request).customer)
    if key.isdigit():
        device = Device.objects.filter(pk=int(key)).first()
        return Offered(str(device), _to(key, language)) if device else None
    found = setup.setup_of_skin(key, language)
    return Offered(found.title, _to(key, language)) if found else None
