"""Two customers turn out to be one person; or not."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from samehand.people.models import ContactPoint, Customer


def take_over(*, customer_id: int, into_id: int) -> dict[int, str]:
    """The addresses of the one customer are the other's; part of the caller's transaction. Returns them by their id."""
    points = ContactPoint.objects.filter(customer=customer_id)
    taken = dict(points.values_list("pk", "value"))
    points.update(customer=into_id)
    return taken


def give_back(*, points: Collection[int], customer_id: int, from_id: int) -> None:
    """The addresses go back, as far as they are still there."""
    ContactPoint.objects.filter(pk__in=points, customer=from_id).update(customer=customer_id)


def customer_of(*, address: str, name: str, language: str, now: datetime) -> Customer:
    """The customer who writes from the address; a new one when nobody does yet."""
    point = ContactPoint.objects.filter(kind="email", value=address).select_related("customer").first()
    if point:
        return point.customer
    customer = Customer.objects.create(name=name[:200], language=language, known_since=now)
    ContactPoint.objects.create(customer=customer, value=address)
    return customer
