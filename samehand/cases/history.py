"""The operator's own history as plain values: who wrote when about what, and how long an answer took.

How long somebody worked on a mail is recorded nowhere. It is guessed from answers of one consultant that follow each
other: when the next mail already lay there as she sent the answer before, she began then. What took longer than
`LONGEST_WORK` was a break or something else, and is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from typing import NamedTuple

from django.db import connection

from samehand.lib.sql import named

MOST_CASES = 40_000
CASES_AT_ONCE = 2_000
MINUTE = timedelta(minutes=1)
LONGEST_WORK = 45.0
SHORTEST_WORK = 0.25
# Whoever has not written for so long has nothing more to say in this case.
OVER_AFTER = timedelta(days=14)


class OfCase(NamedTuple):
    customer: int
    skill: str
    language: str
    opened_at: datetime
    messages: int
    ended: bool


class OfWork(NamedTuple):
    skill: str
    minutes: float
    is_followup: bool
    knew: bool


@dataclass(slots=True)
class Past:
    """From `begins` to `ends`: cases, minutes until customers wrote again after an answer or added something, works."""

    begins: datetime
    ends: datetime
    cases: list[OfCase] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)
    postscripts: list[float] = field(default_factory=list)
    works: list[OfWork] = field(default_factory=list)


class _Said(NamedTuple):
    case: int
    direction: str
    author: int | None
    at: datetime


class _Answer(NamedTuple):
    author: int
    at: datetime
    asked_at: datetime
    skill: str
    is_followup: bool
    knew: bool


class _Row(NamedTuple):
    id: int
    customer: int
    skill: str
    language: str
    opened_at: datetime
    touched_at: datetime
    solved: bool


def past(since: datetime, until: datetime, limit: int = MOST_CASES) -> Past:
    """What happened since a moment; of a large operator the newest cases only, and then from when these begin."""
    rows = [row for row in _cases(since, limit) if row.opened_at < until]
    begins = since if len(rows) < limit else rows[-1].opened_at
    found = Past(begins, until)
    answers: dict[int, list[_Answer]] = defaultdict(list)
    for start in range(0, len(rows), CASES_AT_ONCE):
        some = rows[start : start + CASES_AT_ONCE]
        said = _said([row.id for row in some])
        for row in some:
            _take(found, row, said.get(row.id, []), answers, until)
    for own in answers.values():
        found.works += _works(own)
    return found


def _cases(since: datetime, limit: int) -> Iterator[_Row]:
    with connection.cursor() as cursor:
        cursor.execute(named("samehand.cases", "cases_since"), {"since": since, "limit": limit})
        yield from (_Row(*row) for row in cursor.fetchall())


def _said(cases: Sequence[int]) -> dict[int, list[_Said]]:
    with connection.cursor() as cursor:
        cursor.execute(named("samehand.cases", "turns_of_cases"), {"cases": list(cases)})
        rows = [_Said(*row) for row in cursor.fetchall()]
    return {case: list(own) for case, own in groupby(rows, lambda said: said.case)}


def _take(found: Past, row: _Row, said: Sequence[_Said], answers: dict[int, list[_Answer]], until: datetime) -> None:
    asked = sum(one.direction == "in" for one in said)
    if not asked:
        return
    ended = row.solved or row.touched_at < until - OVER_AFTER
    found.cases.append(OfCase(row.customer, row.skill, row.language, row.opened_at, asked, ended))
    for before, then in pairwise(said):
        if then.direction == "in":
            (found.postscripts if before.direction == "in" else found.delays).append((then.at - before.at) / MINUTE)
    for answer in _answers(row.skill, said):
        answers[answer.author].append(answer)


def _answers(skill: str, said: Sequence[_Said]) -> Iterator[_Answer]:
    """Each first answer to what was asked. A second mail of ours in a row answers nothing new."""
    asked_at: datetime | None = None
    last: int | None = None
    for place, one in enumerate(said):
        if one.direction == "in":
            asked_at = asked_at or one.at
        elif asked_at is not None:
            if one.author is not None:
                yield _Answer(one.author, one.at, asked_at, skill, place > 1, last in (None, one.author))
            asked_at, last = None, one.author


def _works(answers: Iterable[_Answer]) -> Iterator[OfWork]:
    for before, answer in pairwise(sorted(answers, key=lambda one: one.at)):
        minutes = (answer.at - before.at) / MINUTE
        if answer.asked_at <= before.at and SHORTEST_WORK <= minutes <= LONGEST_WORK:
            yield OfWork(answer.skill, minutes, answer.is_followup, answer.knew)
