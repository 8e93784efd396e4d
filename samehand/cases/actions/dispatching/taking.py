"""What nobody can take by skill and language is handed out by what those can who are there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from samehand.cases.actions.dispatching.table import Table
from samehand.cases.models import Post, Turn
from samehand.people.models import Staff

AT_ONCE = 500
PRESSING = Q(stage__in=("urgent", "late"))


@transaction.atomic
def find_takers(*, now: datetime) -> int:
    """A human answer comes before the skill: what nobody who works here has the skill or the language for, and what is
    pressing while nobody on duty has, goes to the others. Returns how many."""
    everybody, there = _able(Staff.objects.filter(is_active=True)), _able(_on_duty())
    stranded = [key for key in _keys(Q()) if key not in everybody]
    pressing = [key for key in _keys(PRESSING) if there and key not in there and key not in stranded]
    if not stranded and not pressing:
        return 0
    table = Table(now)
    here = {one.pk for one in _on_duty()}
    moved = sum(_move(table, key, Q(), table.crew) for key in stranded)
    moved += sum(_move(table, key, PRESSING, here) for key in pressing)
    table.decide()
    return moved


def _on_duty() -> Iterable[Staff]:
    return Staff.objects.filter(is_active=True, pk__in=Post.objects.filter(on_duty=True).values("consultant"))


def _able(people: Iterable[Staff]) -> set[tuple[str, str]]:
    return {(skill, language) for one in people for skill in one.skills for language in one.languages}


def _keys(which: Q) -> list[tuple[str, str]]:
    waiting = Turn.objects.filter(which, given_to=None, only_for=None)
    return list(waiting.values_list("skill", "language").distinct().order_by("skill", "language"))


def _move(table: Table, key: tuple[str, str], which: Q, among: Iterable[int]) -> int:
    skill, language = key
    turns = Turn.objects.filter(which, given_to=None, only_for=None, skill=skill, language=language)
    moved = 0
    for turn in turns.select_related("case").order_by("due_at", "message")[:AT_ONCE]:
        new = table.key_of(turn.case, among)
        if new != key:
            table.rekey(turn, new)
            moved += 1
    return moved
