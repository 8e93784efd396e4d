"""Addresses that mail does not reach, and that can be reached again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from samehand.people.models import ContactPoint
from samehand.people.queries import undeliverable


def mark_undeliverable(*, address: str, reason: str, now: datetime) -> bool:
    """Mail to the address comes back: whoever would write to it is warned. False when that was known."""
    points = ContactPoint.objects.filter(kind="email", value=address, undeliverable_since=None)
    return bool(points.update(undeliverable_since=now, undeliverable_reason=reason))


def clear_undeliverable(*, addresses: Iterable[str]) -> None:
    """Somebody writes from the addresses who proved to be their owner: they live."""
    if named := set(addresses):
        undeliverable(named).update(undeliverable_since=None, undeliverable_reason="")
