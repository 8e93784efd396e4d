"""When people are really at work: shifts without leave and illness, and the breaks in what is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from samehand.core.coverage import Duty, Interval
from samehand.core.intervals import joined, within, without
from samehand.people.models import Absence, Break, Shift, Skill, Staff, Tongue


@dataclass(frozen=True, slots=True)
class Presence:
    """`shifts` are those of the plan less the absences, `breaks` what lies in them."""

    person: Staff
    shifts: tuple[Interval, ...]
    breaks: tuple[Interval, ...]


def presence(begin: datetime, end: datetime) -> list[Presence]:
    """Every active colleague, by number, with her shifts that touch the time between two moments."""
    touching = {"starts_at__lt": end, "ends_at__gt": begin}
    shifts = _spans(Shift.objects.filter(**touching).values_list("consultant", "starts_at", "ends_at"))
    breaks = _spans(Break.objects.filter(**touching).values_list("shift__consultant", "starts_at", "ends_at"))
    away = _spans(Absence.objects.filter(**touching).values_list("consultant", "starts_at", "ends_at"))
    return [
        _present(person, shifts[person.pk], breaks[person.pk], away[person.pk])
        for person in Staff.objects.filter(is_active=True).order_by("pk")
    ]


def duties(begin: datetime, end: datetime) -> list[Duty]:
    """The same for `core.coverage`: breaks are taken out as well."""
    return [
        Duty(one.person.pk, skills_of(one.person), languages_of(one.person), without(one.shifts, one.breaks))
        for one in presence(begin, end)
    ]


def skills_of(person: Staff) -> frozenset[str]:
    """Who has none written down does what everybody does."""
    return frozenset(person.skills or [Skill.GENERAL])


def languages_of(person: Staff) -> frozenset[str]:
    return frozenset(person.languages or [Tongue.POLISH])


def _present(person: Staff, shifts: list[Interval], breaks: list[Interval], away: list[Interval]) -> Presence:
    left = joined(without(shifts, away))
    return Presence(person, left, tuple(piece for span in joined(breaks) for piece in _inside(span, left)))


def _inside(span: Interval, shifts: Iterable[Interval]) -> Iterable[Interval]:
    return within(shifts, *span)


def _spans(rows: Iterable[tuple[int, datetime, datetime]]) -> dict[int, list[Interval]]:
    found: dict[int, list[Interval]] = defaultdict(list)
    for person_id, begin, end in rows:
        found[person_id].append((begin, end))
    return found
