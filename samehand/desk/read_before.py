"""What the customer had read in the guide before she wrote, in the words of the consultant's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from samehand.cases.models import Case, ReadBefore
from samehand.guide.models import Revision


@dataclass(frozen=True, slots=True)
class Shown:
    title: str
    address: str
    at: datetime
    query: str
    helped: bool | None


def read_before(case: Case) -> list[Shown]:
    rows = list(case.read_before.select_related("problem").order_by("at", "id"))
    titles = _articles([row.problem_id for row in rows]) if rows else {}
    return [_shown(row, titles.get(row.problem_id)) for row in rows]


def _articles(problems: list[int]) -> dict[int, Revision]:
    """One published version of each, that in the consultant's own language if there is one."""
    there = Revision.objects.filter(problem__in=problems, state=Revision.State.PUBLISHED)
    found = list(there.select_related("problem__category"))
    return {one.problem_id: one for one in sorted(found, key=lambda one: one.language == get_language())}


def _shown(row: ReadBefore, article: Revision | None) -> Shown:
    title = article.title if article else row.problem.key
    return Shown(title, _address(article) if article else "", row.at, row.query, row.helped)


def _address(article: Revision) -> str:
    shelf = article.problem.category.slugs.get(article.language, "")
    said = {"language": article.language, "category": shelf, "slug": article.slug}
    try:
        return reverse("guide:article", kwargs=said)
    except NoReverseMatch:
        return ""
