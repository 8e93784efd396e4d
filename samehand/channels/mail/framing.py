"""This room's pages stand in the frame of the staff's door, which lives above it: the settings name it."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def framed(
    request: HttpRequest, template: str, context: Mapping[str, object], *, view: str, status: int = 200
) -> HttpResponse:
    """`view` is the entry of the menu that the page belongs to."""
    return render(request, template, {"view": view, "staff_frame": settings.STAFF_FRAME, **context}, status=status)
