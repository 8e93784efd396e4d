"""The editors' list: every problem with how each language stands, what is open in it, and what readers say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from samehand.core.shares import Share, share
from samehand.core.staleness import Freshness, Standing, freshness
from samehand.guide import queries
from samehand.guide.models import Problem, Revision
from samehand.people.models import Language, Staff

State = Revision.State


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to; `show` is all, mine, due, review, drafts, translations or withdrawn."""

    words: str = ""
    show: str = "all"
    category: str = ""

    @property
    def narrows(self) -> bool:
        return bool(self.words or self.category or self.show != "all")


@dataclass(frozen=True, slots=True)
class Cell:
    """A language of a problem: what is published, what is being written, and whether it follows its source."""

    language: str
    published: Revision | None
    open: Revision | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Row:
    problem: Problem
    title: str
    cells: tuple[Cell, ...]
    fresh: Freshness
    helped: Share

    @property
    def stale(self) -> bool:
        return any(cell.standing is not Standing.CURRENT or cell.published is None for cell in self.cells)


def problems(wanted: Wanted, person: Staff, today: date) -> QuerySet[Problem]:
    """The problems that are wanted, in the order of the guide. Translations are looked at in `rows`."""
    found = Problem.objects.select_related("category", "owner").order_by("category__place", "key")
    found = found.filter(withdrawn_at__isnull=wanted.show != "withdrawn")
    if wanted.category:
        found = found.filter(category__key=wanted.category)
    if wanted.words:
        titled = Revision.objects.filter(problem=OuterRef("pk"), title__icontains=wanted.words)
        found = found.filter(Q(key__icontains=wanted.words) | Exists(titled))
    return _shown(found, wanted.show, person, today)


def _shown(found: QuerySet[Problem], show: str, person: Staff, today: date) -> QuerySet[Problem]:
    if show == "mine":
        return found.filter(owner=person)
    if show == "due":
        return found.filter(Q(review_by__lte=today) | Q(review_by=None))
    if show in {"review", "drafts"}:
        states = [State.REVIEW] if show == "review" else [State.DRAFT, State.RETURNED]
        return found.filter(Exists(Revision.objects.filter(problem=OuterRef("pk"), state__in=states)))
    return found


def rows(found: Sequence[Problem], language: str, today: date) -> list[Row]:
    """A row for each problem, its title in the reader's language where there is one."""
    revisions: dict[int, list[Revision]] = defaultdict(list)
    shown = Revision.objects.filter(problem__in=found, state__in=(State.PUBLISHED, *Revision.OPEN))
    for revision in shown.defer("body").select_related("author"):
        revisions[revision.problem_id].append(revision)
    standings = queries.translations_of(found)
    helped = queries.judged(r for ours in revisions.values() for r in ours if r.state == State.PUBLISHED)
    return [
        Row(
            problem,
            _title(revisions[problem.pk], language, problem.source_language) or problem.key,
            tuple(_cells(revisions[problem.pk], standings[problem.pk])),
            freshness(problem.review_by, today),
            _together([helped[r.pk] for r in revisions[problem.pk] if r.pk in helped]),
        )
        for problem in found
    ]


def _cells(revisions: list[Revision], standings: list[queries.Translation]) -> list[Cell]:
    by_language = {one.language: one.standing for one in standings}
    cells = []
    for language in Language.values:
        ours = [r for r in revisions if r.language == language]
        published = next((r for r in ours if r.state == State.PUBLISHED), None)
        opened = next((r for r in ours if r.state in Revision.OPEN), None)
        # What is not there cannot be stale; the list says that it is missing.
        stands = by_language.get(language, Standing.CURRENT) if published else Standing.CURRENT
        cells.append(Cell(language, published, opened, stands))
    return cells


def _together(shares: list[Share]) -> Share:
    return share(sum(one.count for one in shares), sum(one.of for one in shares))


def _title(revisions: list[Revision], language: str, source: str) -> str:
    """The reader's language before the source's, what is published before a draft."""
    wanted = [r for one in (language, source) for r in revisions if r.language == one and r.title]
    best = sorted(wanted, key=lambda r: (r.language != language, r.state != State.PUBLISHED))
    return best[0].title if best else ""
