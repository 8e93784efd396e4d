"""What changes when a version goes out: the one before it, old addresses, the solutions, the index."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localtime

from samehand.guide import searching
from samehand.guide.access import needs, reviews
from samehand.guide.actions.ground import Text, locked, next_number, published_of, refuse_slug, tell
from samehand.guide.actions.solving import take_stock
from samehand.guide.models import Problem, Redirect, Revision, Significance
from samehand.people.models import Staff

State = Revision.State


class NotPublished(Exception):
    """There is no published version in this language."""


@transaction.atomic
def rename(*, problem_id: int, language: str, slug: str, by: Staff, now: datetime) -> Revision:
    """The article gets another address; the one before leads on to it. Raises SlugTaken, BadSlug, NotPublished."""
    needs(reviews(by))
    problem = locked(problem_id)
    published = published_of(problem, language)
    if published is None:
        raise NotPublished
    refuse_slug(problem, language, slug)
    if published.slug == slug:
        return published
    # A draft that was begun under the old address would take the article back to it.
    problem.revisions.filter(language=language, state__in=Revision.OPEN, slug=published.slug).update(slug=slug)
    text = Text.of(published)
    renamed = Revision(
        problem=problem, language=language, number=next_number(problem, language), title=text.title, slug=slug,
        summary=text.summary, keywords=text.keywords, body=text.body, significance=Significance.MINOR, author=by,
        based_on=published.based_on, created_at=now, edited_at=now,
    )  # fmt: skip
    return put_out(renamed, by, now)


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
