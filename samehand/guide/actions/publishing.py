"""What changes when a version goes out: the one before it, old addresses, the solutions, the index."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.timezone import localtime

from samehand.guide import searching
from samehand.guide.actions.ground import published_of, tell
from samehand.guide.actions.solving import take_stock
from samehand.guide.models import Problem, Redirect, Revision
from samehand.people.models import Staff

State = Revision.State


def put_out(revision: Revision, by: Staff | None, now: datetime) -> Revision:
    """Everybody reads this version from now on. Its problem is locked, and it was found sound."""
    problem = revision.problem
    before = published_of(problem, revision.language)
    if before:
        Revision.objects.filter(pk=before.pk).update(state=State.SUPERSEDED)
    revision.state, revision.reviewer, revision.published_at, revision.edited_at = State.PUBLISHED, by, now, now
    revision.save()
    _lead_on(revision, before)
    _looked_at(problem, revision.language, now)
    take_stock(problem, now)
    if problem.withdrawn_at is None:
        searching.index(revision)
    tell(
        "article.published", problem, by, now, language=revision.language, revision=revision.pk,
        significance=revision.significance,
    )  # fmt: skip
    return revision


def next_look(problem: Problem, now: datetime) -> date:
    return localtime(now).date() + timedelta(days=problem.review_every)


def _lead_on(revision: Revision, before: Revision | None) -> None:
    """Old addresses lead to the problem, so that no chain of them can grow; the one in use leads nowhere else."""
    Redirect.objects.filter(language=revision.language, slug=revision.slug).delete()
    if before and before.slug != revision.slug:
        Redirect.objects.update_or_create(
            language=revision.language, slug=before.slug, defaults={"problem": revision.problem}
        )


def _looked_at(problem: Problem, language: str, now: datetime) -> None:
    if language == problem.source_language or problem.review_by is None:
        problem.review_by = next_look(problem, now)
        problem.save(update_fields=["review_by"])
