"""Who may open which door: consultants work, leads see the whole team, administrators change how the house runs.

Why somebody is away is health data: leads read it, everybody his own, and colleagues learn only that he is away.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from samehand.people.models import Absence, Staff

View = Callable[..., HttpResponse]


def needs_staff(view: View) -> View:
    return _needs("is_active", view)


def needs_lead(view: View) -> View:
    return _needs("leads", view)


def needs_admin(view: View) -> View:
    return _needs("administers", view)


def _needs(right: str, view: View) -> View:
    @login_required
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not getattr(request.user, right):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    guarded.__name__, guarded.__doc__ = view.__name__, view.__doc__
    return guarded


def absences_for(person: Staff) -> QuerySet[Absence]:
    """The absences whose kind and note this person may read."""
    return Absence.objects.all() if person.leads else Absence.objects.filter(consultant=person)
