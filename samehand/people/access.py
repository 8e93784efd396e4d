"""Who may open which door: consultants work, leads see the whole team, administrators change how the house runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


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
