"""What the actions of the guide stand on: one problem at a time, the texts that are given, what is told of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max

from samehand.core.articles import KEY, Fault, canonical
from samehand.guide.models import Problem, Redirect, Revision
from samehand.guide.rendering import faults_of
from samehand.lib.events import Fact, record
from samehand.people.models import Staff

# A draft may lack its solutions; it may not hold what can neither be kept nor be filled in.
HARD = frozenset({"too-large", "control", "unknown-fact"})


class Faulty(Exception):
    """The text is no article yet; `faults` says why, each with its line (0: the title or the summary)."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(", ".join(fault.kind for fault in faults))
        self.faults = faults


class SlugTaken(Exception):
    """The address leads to another article, or did once; `problem` is it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.key)
        self.problem = problem


class BadSlug(Exception):
    """An address has small letters without Polish marks, digits and hyphens."""


@dataclass(frozen=True, slots=True)
class Text:
    """What an editor gives. `body` is Markdown as `core.articles` reads it."""

    title: str
    slug: str
    body: str
    summary: str = ""
    keywords: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, revision: Revision) -> Text:
        return cls(revision.title, revision.slug, revision.body, revision.summary, list(revision.keywords))

    def kept(self) -> Text:
        """As it is stored, however it was typed: the same text is the same row."""
        words = dict.fromkeys(" ".join(word.split())[:80] for word in self.keywords)
        return Text(
            " ".join(self.title.split())[:200],
            self.slug.strip(),
            canonical(self.body),
            " ".join(self.summary.split())[:300],
            [word for word in words if word],
        )


def locked(problem_id: int) -> Problem:
    """The problem, while nobody else changes anything of it. Raises Problem.DoesNotExist."""
    return Problem.objects.select_for_update(of=("self",)).select_related("category").get(pk=problem_id)


def refuse_faults(text: Text, *, hard_only: bool) -> None:
    faults = [fault for fault in faults_of(text.title, text.summary, text.body) if fault.kind in HARD or not hard_only]
    if faults:
        raise Faulty(faults)


def refuse_slug(problem: Problem, language: str, slug: str) -> None:
    """An address leads to one article, and what led to another once still does."""
    # The first piece of an address is a shelf, and below a shelf everything is an article: only its letters matter.
    if not KEY.fullmatch(slug[:60]) or not all(KEY.fullmatch(piece) for piece in slug.split("-")):
        raise BadSlug
    others = Revision.objects.filter(language=language, slug=slug, state__in=("published", *Revision.OPEN))
    if taken := others.exclude(problem=problem).select_related("problem").first():
        raise SlugTaken(taken.problem)
    led = Redirect.objects.filter(language=language, slug=slug).exclude(problem=problem).select_related("problem")
    if before := led.first():
        raise SlugTaken(before.problem)


def next_number(problem: Problem, language: str) -> int:
    last = problem.revisions.filter(language=language).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def published_of(problem: Problem, language: str) -> Revision | None:
    return problem.revisions.filter(language=language, state=Revision.State.PUBLISHED).first()


def tell(
    kind: str, problem: Problem, by: Staff | None, now: datetime, *, to: int | None = None, **data: object
) -> None:
    """Record what was done to a problem. `to`: the colleague whom it concerns most."""
    said = {"problem": problem.pk, "key": problem.key, "by": by.pk if by else None, **data}
    record([Fact(kind, staff_id=to, data=said)], now=now)
