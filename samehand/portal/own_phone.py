"""Whose phone a page is shown for: what a customer said that she has, else what this browser remembers."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from samehand.core import families, scopes
from samehand.guide import setup
from samehand.guide.models import Device, OwnedDevice
from samehand.people.models import Customer

COOKIE = "samehand_phone"
SECONDS = 365 * 24 * 3600
LONGEST = 20


@dataclass(frozen=True, slots=True)
class Phone:
    """`key` as of `key_of`, `name` as a person says it."""

    key: str
    name: str


def key_of(request: HttpRequest, customer: Customer | None) -> str:
    """The number of a device or a skin of `core.families`; "" when nobody said anything."""
    owned = OwnedDevice.objects.filter(customer=customer).first() if customer else None
    return str(owned.device_id) if owned else known_key(request.COOKIES.get(COOKIE, ""))


def phone_of(request: HttpRequest, customer: Customer | None, language: str) -> Phone | None:
    """What the guide was told that she has; None when nobody said anything, or it is a phone no more known."""
    key = key_of(request, customer)
    if key.isdigit():
        device = _device(key)
        return Phone(key, str(device)) if device else None
    made = setup.setup_of_skin(key, language) if key else None
    return Phone(key, made.title) if made else None


def scope_of(request: HttpRequest, customer: Customer | None) -> frozenset[str]:
    """What is known of her phone, in the words of `core.scopes`: what parts of an article are for."""
    key = key_of(request, customer)
    if key.isdigit():
        device = _device(key)
        return scopes.known([device.family]) if device else frozenset()
    return scopes.known([families.SKINS[key]]) if key else frozenset()


def _device(key: str) -> Device | None:
    """None when it is on no list any more."""
    return Device.objects.filter(pk=int(key)).first()


def known_key(said: str) -> str:
    """What could be a key of ours; a cookie may hold anything."""
    if said.isascii() and said.isdigit() and len(said) <= LONGEST - 2:
        return said
    return said if said in families.SKINS else ""


def remember(response: HttpResponse, key: str) -> None:
    response.set_cookie(COOKIE, key, max_age=SECONDS, secure=settings.SECURE, httponly=True, samesite="Lax")


def forget(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")
