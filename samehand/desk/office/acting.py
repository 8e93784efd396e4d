"""Who acts: behind the doors of `people.access` it is always one of the staff."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from samehand.people.models import Staff


def me(request: HttpRequest) -> Staff:
    return cast(Staff, request.user)
