"""A notice that explains what a case is about, for whoever answers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import override

from samehand.cases.models import Case
from samehand.people.models import Notice
from samehand.people.notices import current
from samehand.people.queries import service_hours
from samehand.people.telling import Told, tell


@dataclass(frozen=True, slots=True)
class Hint:
    """The notice in the reader's language, and in the customer's what the answer may say of it."""

    told: Told
    words: str


def hints_of(case: Case, now: datetime) -> list[Hint]:
    """Of the notices that stand now, those about the case's problem or topic."""
    found = current(now)
    about = {case.topic, case.problem.key if case.problem else ""} - {""} if found else set()
    found = [one for one in found if about.intersection(one.topics)]
    zone = ZoneInfo(service_hours().zone) if found else None
    return [_hint(one, case.language, now, zone) for one in found if zone]


def _hint(notice: Notice, language: str, now: datetime, zone: ZoneInfo) -> Hint:
    with override(language):
        theirs = tell(notice, now, zone)
    return Hint(tell(notice, now, zone), f"{theirs.title}. {theirs.text}".strip())
