"""An article of a file comes into the guide: the same file twice changes nothing."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Any

from django.db import transaction

from samehand.core.articles import Fault
from samehand.guide.access import needs, reviews
from samehand.guide.actions.ground import BadSlug, SlugTaken, Text, next_number, refuse_slug
from samehand.guide.actions.publishing import put_out
from samehand.guide.files import ArticleFile
from samehand.guide.models import Category, Problem, Redirect, Revision
from samehand.people.models import Language, Staff

State = Revision.State


class Taken(Enum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


class NotTaken(Exception):
    """The guide cannot hold it beside what is there; `fault` says why, with the field (as its line's name)."""

    def __init__(self, kind: str, word: str, field: str) -> None:
        super().__init__(kind)
        self.fault, self.field = Fault(1, kind, word), field


@transaction.atomic
def take_in(*, by: Staff | None, file: ArticleFile, publish: bool, now: datetime) -> Taken:
    """The file's text is the newest version of its article: published, or a draft. `by` None: the house itself.

    Raises NotTaken.
    """
    needs(by is None or reviews(by))
    problem = _problem(file, by, now)
    described = _describe(problem, file)
    led = _lead_on(problem, file)
    before = _newest(problem, file.language, publish)
    follows = _follows(problem, file)
    same = before is not None and Text.of(before) == _text(file)
    if before is not None and same:
        following = before.based_on_id != (follows.pk if follows else None)
        Revision.objects.filter(pk=before.pk).update(based_on=follows)
        return Taken.CHANGED if described or following or led else Taken.SAME
    revision = _revision(problem, file, by, follows, now)
    if publish:
        put_out(revision, by, now)
    else:
        revision.save()
    return Taken.CHANGED if before else Taken.NEW


def _problem(file: ArticleFile, by: Staff | None, now: datetime) -> Problem:
    """The problem, locked; a new one when the guide does not have it."""
    found = Problem.objects.select_for_update(of=("self",)).select_related("category").filter(key=file.problem).first()
    if found:
        return found
    if file.kind is None or file.category is None:
        raise NotTaken("no-field", "kind, category", "problem")
    source = file.language if file.translates is None else _other(file.language)
    return Problem.objects.create(
        key=file.problem, kind=file.kind, category=_shelf(file.category), source_language=source, owner=by,
        created_at=now, topic=file.topic or "", related=list(file.related or ()),
        review_every=file.review_every or Problem._meta.get_field("review_every").default,
    )  # fmt: skip


def _other(language: str) -> str:
    return next(one for one in Language.values if one != language)


def _shelf(key: str) -> Category:
    shelf = Category.objects.filter(key=key).first()
    if shelf is None:
        raise NotTaken("no-category", key, "category")
    return shelf


def _describe(problem: Problem, file: ArticleFile) -> bool:
    """The source says what the problem is; a translation may only agree."""
    source = file.language == problem.source_language
    if source != (file.translates is None):
        raise NotTaken("other-language", problem.source_language, "language")
    said: dict[str, Any] = {
        "kind": file.kind,
        "topic": file.topic,
        "review_every": file.review_every,
        "category": file.category,
    }
    said["related"] = None if file.related is None else list(file.related)
    if source:
        # What the source leaves out is not so; the days have a default.
        said |= {"topic": file.topic or "", "related": list(file.related or ())}
    there = {name: getattr(problem, name) for name in said} | {"category": problem.category.key}
    differing = {name: value for name, value in said.items() if value not in (None, there[name])}
    if differing and not source:
        raise NotTaken("other-source", next(iter(differing)), next(iter(differing)))
    if "category" in differing:
        differing["category"] = _shelf(differing["category"])
    for name, value in differing.items():
        setattr(problem, name, value)
    problem.save()
    return bool(differing)


def _lead_on(problem: Problem, file: ArticleFile) -> bool:
    """Addresses that the article had before lead to it; whether any is new."""
    led = False
    for slug in file.former:
        _refuse_slug(problem, file.language, slug, "former")
        if slug != file.slug:
            row = {"language": file.language, "slug": slug}
            led |= Redirect.objects.get_or_create(**row, defaults={"problem": problem})[1]
    return led


def _newest(problem: Problem, language: str, publish: bool) -> Revision | None:
    """What the file is compared with. A draft that a person writes is never overtaken."""
    rows = problem.revisions.filter(language=language)
    draft = rows.filter(state__in=Revision.OPEN).select_related("author").first()
    published = rows.filter(state=State.PUBLISHED).first()
    return (published if publish else draft or published) if not draft or not publish else _refuse_draft(draft)


def _refuse_draft(draft: Revision) -> Revision:
    raise NotTaken("draft-open", draft.author.first_name if draft.author else "", "problem")


def _follows(problem: Problem, file: ArticleFile) -> Revision | None:
    """The version of the source that a translation follows. One that is not kept here has a place held for it, so
    that what was changed since still counts."""
    if not file.translates:
        return None
    rows = problem.revisions.filter(language=problem.source_language).exclude(state=State.DISCARDED)
    if found := rows.filter(number=file.translates).first():
        return found
    newest = rows.order_by("-number").first()
    if newest and newest.number < file.translates:
        raise NotTaken("no-version", str(file.translates), "translates")
    moment = problem.created_at
    return Revision.objects.create(
        problem=problem, language=problem.source_language, number=file.translates, title=file.problem, slug="",
        body="", state=State.SUPERSEDED, created_at=moment, edited_at=moment,
    )  # fmt: skip


def _revision(
    problem: Problem, file: ArticleFile, by: Staff | None, follows: Revision | None, now: datetime
) -> Revision:
    _refuse_slug(problem, file.language, file.slug, "slug")
    if draft := problem.revisions.filter(language=file.language, state__in=Revision.OPEN).first():
        _refuse_draft(draft)
    text = _text(file)
    return Revision(
        problem=problem, language=file.language, number=max(next_number(problem, file.language), file.version or 0),
        title=text.title, slug=text.slug, summary=text.summary, keywords=text.keywords, body=text.body, author=by,
        based_on=follows, created_at=now, edited_at=now,
    )  # fmt: skip


def _refuse_slug(problem: Problem, language: str, slug: str, field: str) -> None:
    try:
        refuse_slug(problem, language, slug)
    except SlugTaken as taken:
        raise NotTaken("slug-taken", taken.problem.key, field)
    except BadSlug:
        raise NotTaken("bad-value", field, field)


def _text(file: ArticleFile) -> Text:
    return Text(file.title, file.slug, file.body, file.summary, list(file.keywords)).kept()
