"""What is done to a problem as a whole: who sees to it, where it stands, whether it is shown."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samehand.guide import searching
from samehand.guide.access import needs, reviews, writes
from samehand.guide.actions.ground import locked, published_of, tell
from samehand.guide.actions.publishing import next_look
from samehand.guide.models import Category, Problem, Revision
from samehand.people.models import Staff


class NotPublished(Exception):
    """There is no published version in this language."""


@transaction.atomic
def withdraw(*, problem_id: int, by: Staff, now: datetime) -> None:
    """Nobody outside sees the article any more; its history stays."""
    needs(reviews(by))
    problem = locked(problem_id)
    if problem.withdrawn_at is None:
        problem.withdrawn_at = now
        problem.save(update_fields=["withdrawn_at"])
        searching.forget(problem)
        tell("article.withdrawn", problem, by, now)


@transaction.atomic
def bring_back(*, problem_id: int, by: Staff, now: datetime) -> None:
    """A withdrawn article is shown again as it was."""
    needs(reviews(by))
    problem = locked(problem_id)
    if problem.withdrawn_at is not None:
        problem.withdrawn_at = None
        problem.save(update_fields=["withdrawn_at"])
        for revision in problem.revisions.filter(state=Revision.State.PUBLISHED):
            searching.index(revision)
        tell("article.brought_back", problem, by, now)


@transaction.atomic
def give(*, problem_id: int, to: Staff | None, by: Staff, now: datetime) -> None:
    """Another colleague sees to it from now on that the article stays true."""
    needs(writes(by))
    problem = locked(problem_id)
    problem.owner = to
    problem.save(update_fields=["owner"])
    tell("article.given", problem, by, now, to=to.pk if to else None)


@transaction.atomic
def look_at(*, problem_id: int, by: Staff, now: datetime) -> None:
    """Somebody has read the article and found it true; it comes back after its time."""
    needs(writes(by))
    problem = locked(problem_id)
    problem.review_by = next_look(problem, now)
    problem.save(update_fields=["review_by"])
    tell("article.looked_at", problem, by, now)


@transaction.atomic
def confirm(*, problem_id: int, language: str, by: Staff, now: datetime) -> None:
    """A translation says the same as the newest version of its source, without a change."""
    needs(writes(by))
    problem = locked(problem_id)
    translation = published_of(problem, language)
    source = published_of(problem, problem.source_language)
    if translation is None or source is None or translation == source:
        raise NotPublished
    translation.based_on = source
    translation.save(update_fields=["based_on"])
    tell("article.confirmed", problem, by, now, language=language)


@transaction.atomic
def describe(
    *,
    problem_id: int,
    by: Staff,
    kind: str,
    category: Category,
    topic: str,
    related: list[str],
    review_every: int,
    now: datetime,
) -> Problem:
    """What the problem is, on which shelf it stands, what is often meant instead, and how long it stays true."""
    needs(writes(by))
    problem = locked(problem_id)
    moved = problem.category_id != category.pk
    problem.kind, problem.category, problem.topic = kind, category, topic
    problem.related = [key for key in dict.fromkeys(related) if key != problem.key]
    if problem.review_every != review_every and problem.review_by is not None:
        problem.review_every = review_every
        problem.review_by = next_look(problem, now)
    problem.review_every = review_every
    problem.save()
    if moved:
        tell("article.moved", problem, by, now, category=category.key)
    return problem
