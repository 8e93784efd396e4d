"""What the public pages of the guide are put together from: shelves, what is wanted most, where an address leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet

from samehand.guide.models import Asked, Category, Problem, Revision
from samehand.guide.queries import everywhere, published

LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category as one language names it; `count` articles stand in it."""

    key: str
    slug: str
    name: str
    summary: str
    icon: str
    count: int = 0

    @classmethod
    def of(cls, category: Category, language: str, count: int = 0) -> Shelf:
        said = (category.slugs, category.names, category.summaries)
        slug, name, summary = (each.get(language) or next(iter(each.values()), "") for each in said)
        return cls(category.key, slug, name, summary, category.icon, count)


def shelves(language: str) -> list[Shelf]:
    """The categories in their order that have something in this language or another."""
    there = Q(problems__withdrawn_at=None, problems__revisions__state=Revision.State.PUBLISHED)
    rows = Category.objects.annotate(
        here=Count("problems", there & Q(problems__revisions__language=language), distinct=True),
        anywhere=Count("problems", there, distinct=True),
    )
    return [Shelf.of(row, language, row.here) for row in rows.filter(anywhere__gt=0)]


def shelf_of_slug(language: str, slug: str) -> Category | None:
    return Category.objects.filter(**{f"slugs__{language}": slug}).first()


def on_shelf(category: Category, language: str) -> list[Revision]:
    return list(published(language).filter(problem__category=category).order_by("title", "pk"))


def only_elsewhere(category: Category, language: str) -> list[Revision]:
    """What stands on the shelf in another language alone."""
    here = published(language).filter(problem__category=category).values("problem")
    found = everywhere().filter(problem__category=category).exclude(problem__in=here)
    return list(found.order_by("title"))


def most_wanted(language: str, now: datetime, most: int = 6) -> list[Revision]:
    """What readers opened most often after they had looked for something in the last 30 days."""
    asked = Asked.objects.filter(at__gt=now - LATELY, language=language, opened__isnull=False).values("opened")
    wanted = list(
        asked.annotate(times=Count("pk")).order_by("-times", "opened").values_list("opened", flat=True)[:most]
    )
    return in_order(published(language).filter(problem__in=wanted), wanted)


def to_begin_with(language: str, most: int = 6) -> list[Revision]:
    """The first article of each shelf, while nobody knows yet what is wanted."""
    first: dict[int, Revision] = {}
    for revision in published(language).order_by("problem__category__place", "problem__key"):
        first.setdefault(revision.problem.category_id, revision)
    return list(first.values())[:most]


def by_keys(keys: Sequence[str], language: str) -> list[Revision]:
    """The published articles of these problems, in the order of the keys."""
    found = {revision.problem.key: revision for revision in published(language).filter(problem__key__in=keys)}
    return [found[key] for key in keys if key in found]


def in_order(found: QuerySet[Revision], problems: Sequence[int]) -> list[Revision]:
    by_problem = {revision.problem_id: revision for revision in found}
    return [by_problem[problem] for problem in problems if problem in by_problem]


def translations(problem: Problem) -> dict[str, Revision]:
    """The published versions of a problem, by language."""
    return {revision.language: revision for revision in everywhere().filter(problem=problem)}


def elsewhere(language: str, slug: str) -> Revision | None:
    """The article that has this address in another language."""
    return everywhere().filter(slug=slug).exclude(language=language).order_by("pk").first()


def everything() -> list[Revision]:
    """All that is published in every language, the versions of a problem beside each other."""
    return list(everywhere().defer("body").order_by("problem__key", "language"))


def changed_at() -> datetime | None:
    found: datetime | None = everywhere().aggregate(at=Max("published_at"))["at"]
    return found
