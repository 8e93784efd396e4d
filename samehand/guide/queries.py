"""Reading the guide: what is out, what it was before, what should be seen to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from samehand.core.differences import Line, differences
from samehand.core.shares import Share, share
from samehand.core.staleness import SOON, Standing, Version, standing
from samehand.guide.models import Problem, Redirect, Revision, Vote
from samehand.people.models import Language, Staff

State = Revision.State

# Two readers of whom one was annoyed say nothing of an article.
LEAST_VOTES = 5


def everywhere() -> QuerySet[Revision]:
    """What everybody may read, in every language, with its problem and category."""
    shown = Revision.objects.filter(state=State.PUBLISHED, problem__withdrawn_at=None)
    return shown.select_related("problem__category")


def published(language: str) -> QuerySet[Revision]:
    """What everybody may read in the language, with its problem and category."""
    return everywhere().filter(language=language)


@dataclass(frozen=True, slots=True)
class Found:
    """An article by its address; `moved` when the address is one that it had before."""

    revision: Revision
    moved: bool


def article(language: str, slug: str) -> Found | None:
    """The published article of this address, or the one that had it once."""
    if now := published(language).filter(slug=slug).first():
        return Found(now, moved=False)
    once = Redirect.objects.filter(language=language, slug=slug).values("problem")
    before = published(language).filter(problem__in=once).first()
    return Found(before, moved=True) if before else None


def history(problem: Problem, language: str) -> QuerySet[Revision]:
    """Every version in the language, the newest first."""
    found = problem.revisions.filter(language=language).order_by("-number")
    return found.select_related("author", "reviewer", "restores", "based_on")


def difference(old: Revision | None, new: Revision) -> list[Line]:
    """What differs between two versions: title, summary and other words first, then the text. None: from nothing."""
    return differences(_written(old) if old else "", _written(new))


def _written(revision: Revision) -> str:
    return "\n".join([revision.title, revision.summary, ", ".join(revision.keywords), "", revision.body])


@dataclass(frozen=True, slots=True)
class Translation:
    """How a language stands: `revision` is its published version, None while there is none."""

    language: str
    revision: Revision | None
    standing: Standing


def translations(problem: Problem) -> list[Translation]:
    """Every language but the source's, and whether it follows."""
    return translations_of([problem])[problem.pk]


def translations_of(problems: Iterable[Problem]) -> dict[int, list[Translation]]:
    """The same for many problems, in one query."""
    problems = list(problems)
    once = Revision.objects.filter(problem__in=problems, state__in=(State.PUBLISHED, State.SUPERSEDED))
    shown: dict[tuple[int, str], Revision] = {}
    versions: dict[tuple[int, str], list[Version]] = {}
    for revision in once.select_related("based_on").defer("body").order_by("number"):
        key = (revision.problem_id, revision.language)
        versions.setdefault(key, []).append(Version(revision.number, revision.significance))
        if revision.state == State.PUBLISHED:
            shown[key] = revision
    return {problem.pk: _translations(problem, shown, versions) for problem in problems}


def _translations(
    problem: Problem, shown: dict[tuple[int, str], Revision], versions: dict[tuple[int, str], list[Version]]
) -> list[Translation]:
    source = versions.get((problem.pk, problem.source_language), [])
    found = []
    for language in (value for value in Language.values if value != problem.source_language):
        revision = shown.get((problem.pk, language))
        follows = revision.based_on.number if revision and revision.based_on else None
        found.append(Translation(language, revision, standing(follows, source)))
    return found


def due_for(staff: Staff, today: date) -> QuerySet[Problem]:
    """What this colleague should look at again: due, or due within two weeks; the longest due first."""
    due = Problem.objects.filter(owner=staff, withdrawn_at=None, review_by__lte=today + SOON)
    return due.select_related("category").order_by("review_by", "key")


@dataclass(frozen=True, slots=True)
class Judged:
    """What readers say of a published version."""

    revision: Revision
    helped: Share


def judged(revisions: Iterable[Revision]) -> dict[int, Share]:
    """By revision: how many readers it helped, of how many who said."""
    counts = Vote.objects.filter(revision__in=list(revisions)).values("revision_id")
    rows = counts.annotate(helped_count=Count("pk", filter=Q(helped=True)), said=Count("pk"))
    return {row["revision_id"]: share(row["helped_count"], row["said"]) for row in rows}


def unhelpful(language: str, *, limit: int = 50) -> list[Judged]:
    """Published articles that helped fewer than half of the five readers or more who said so: the surest first."""
    told = published(language).annotate(said=Count("votes"), good=Count("votes", filter=Q(votes__helped=True)))
    poor = told.filter(said__gte=LEAST_VOTES, good__lt=F("said") / 2.0)
    found = [Judged(revision, share(revision.good, revision.said)) for revision in poor]
    return sorted(found, key=lambda judged: (judged.helped.high, -judged.helped.of))[:limit]


def complaints() -> QuerySet[Vote]:
    """What readers wrote when an article did not help, and nobody has seen to yet; the newest first."""
    said = Vote.objects.filter(helped=False, handled_at=None).exclude(reason="", comment="")
    return said.select_related("revision__problem").order_by("-at", "-pk")
