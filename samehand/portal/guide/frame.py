"""What frames every page of the guide: its head, its languages, and by when somebody answers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe

from samehand.core import promises
from samehand.core.hours import Hours, NeverOpen
from samehand.lib.clock import now
from samehand.lib.publishing import private
from samehand.people import notices
from samehand.people import queries as people
from samehand.people.models import Notice
from samehand.people.telling import Told, told
from samehand.portal.guide import addresses, reader
from samehand.portal.moments import by

# What would end the element, or begin a comment in it.
DANGEROUS = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@dataclass(frozen=True, slots=True)
class Head:
    """`path` is the page's own address, `others` those of its translations by language; `hidden` from search engines;
    `data` is what schema.org calls it."""

    title: str
    path: str
    description: str = ""
    others: dict[str, str] = field(default_factory=dict)
    hidden: bool = False
    data: tuple[dict[str, Any], ...] = ()

    @property
    def canonical(self) -> str:
        return addresses.whole(self.path)

    @property
    def alternates(self) -> dict[str, str]:
        return {language: addresses.whole(path) for language, path in self.others.items()}

    @property
    def scripts(self) -> list[SafeString]:
        said = ({"@context": "https://schema.org", **each} for each in self.data)
        return [mark_safe(json.dumps(each, ensure_ascii=False).translate(DANGEROUS)) for each in said]  # noqa: S308


def shown(
    request: HttpRequest,
    language: str,
    template: str,
    head: Head,
    *,
    own: bool = False,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """The page; private when it is her `own` or shown to a customer whom we know."""
    known, moment = reader.of(request), now()
    desk = Desk.at(moment)
    said = {
        "language": language,
        "head": head,
        "switch": _switch(language, head),
        "reader": known,
        "answered_by": desk.answered_by(moment),
        "notices": desk.notices(moment),
        "links": {name: addresses.maybe(name, language) for name in ("home", "search", "phone", "contact", "suggest")},
        "address": settings.ADDRESS,
    }
    response = render(request, f"portal/guide/{template}", said | context, status=status)
    return private(response) if own or known.customer else response


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk's hours with all that notices change in them, loaded once for a page."""

    zone: ZoneInfo
    hours: Hours
    terms: promises.Terms
    told: list[Notice]

    @classmethod
    def at(cls, moment: datetime) -> Desk:
        row, told_now = people.service_hours(), notices.known(moment)
        return cls(ZoneInfo(row.zone), *people.calendar(moment, row, told_now), told_now)

    def answered_by(self, asked_at: datetime, moment: datetime | None = None) -> str:
        """Until when what came at `asked_at` is answered, as one says it at `moment`; "" when nobody can say."""
        try:
            due = promises.due_at(asked_at, self.hours, self.terms)
        except NeverOpen:
            return ""
        return by(due, now=moment or asked_at, zone=self.zone)

    def notices(self, moment: datetime) -> list[Told]:
        return told(notices.current(moment, self.told), moment, self.zone)


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    name: str
    path: str
    here: bool


def _switch(language: str, head: Head) -> list[Language]:
    """Each language with this page in it, or else where the guide begins in it."""
    names = {"pl": "Polski", "en": "English"}
    return [
        Language(code, names[code], head.others.get(code) or addresses.of("home", code), here=code == language)
        for code in names
    ]
