"""How a reader came to an article, as its address says. Anybody may write it there: it is counted, never trusted."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from samehand.guide.models import Came

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Coming:
    came: str = Came.ELSEWHERE
    query: str = ""


def coming(request: HttpRequest) -> Coming:
    return coming_of(request.GET)


def coming_of(said: QueryDict) -> Coming:
    came = said.get("from", "")
    query = " ".join(said.get("q", "").replace("\x00", "")[: 4 * LONGEST].split())[:LONGEST]
    return Coming(came if came in Came.values else Came.ELSEWHERE, query)
