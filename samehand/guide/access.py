"""Who may do what with the guide: consultants write, leads and administrators let it out, administrators arrange it."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from samehand.guide.models import Revision
from samehand.guide.queries import everywhere
from samehand.people.models import Staff


class NotAllowed(Exception):
    """This person's role does not go that far."""


def writes(person: Staff | AnonymousUser) -> bool:
    return isinstance(person, Staff) and person.is_active


def reviews(person: Staff | AnonymousUser) -> bool:
    return isinstance(person, Staff) and person.is_active and person.leads


def arranges(person: Staff | AnonymousUser) -> bool:
    return isinstance(person, Staff) and person.is_active and person.administers


def visible_to(person: Staff | AnonymousUser) -> QuerySet[Revision]:
    """Colleagues see every version; everybody else what is published."""
    if writes(person):
        return Revision.objects.all()
    return everywhere()


def needs(allowed: bool) -> None:
    if not allowed:
        raise NotAllowed
