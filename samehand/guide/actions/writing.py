"""Drafts: begun from what is published, saved by whoever has the newest before her, thrown away, brought back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction

from samehand.core.articles import KEY
from samehand.guide.access import needs, writes
from samehand.guide.actions.ground import (
    Text,
    locked,
    next_number,
    published_of,
    refuse_faults,
    refuse_slug,
    tell,
)
from samehand.guide.models import Category, Problem, Revision, Significance
from samehand.people.models import Staff

State = Revision.State


class BadKey(Exception):
    """A key has small letters without Polish marks, digits and hyphens, 60 at most."""


class KeyInUse(Exception):
    """There is a problem of this key."""


class DraftOpen(Exception):
    """Somebody writes a version of this article already; `draft` is it."""

    def __init__(self, draft: Revision) -> None:
        super().__init__(str(draft))
        self.draft = draft


class NotOpen(Exception):
    """The version was published, replaced or discarded meanwhile: it does not change any more."""


class EditedMeanwhile(Exception):
    """Somebody saved the draft since the writer began: `current` is what stands there, `yours` what she wrote."""

    def __init__(self, current: Revision, yours: Text) -> None:
        super().__init__(str(current))
        self.current, self.yours = current, yours


@transaction.atomic
def make_problem(
    *, by: Staff, key: str, kind: str, category: Category, language: str, text: Text, topic: str = "", now: datetime
) -> Revision:
    """A problem is taken up in the guide; its first version, in the language it is written in first, is a draft."""
    needs(writes(by))
    if not KEY.fullmatch(key):
        raise BadKey
    problem = Problem(
        key=key, kind=kind, category=category, topic=topic, source_language=language, owner=by, created_at=now
    )
    try:
        with transaction.atomic():
            problem.save()
    except IntegrityError:
        raise KeyInUse from None
    return _draft(problem, language, by, text, now)


@transaction.atomic
def start(*, problem_id: int, language: str, by: Staff, now: datetime) -> Revision:
    """A draft begins with what is published; a first translation with the text that is to be translated, without its
    address."""
    needs(writes(by))
    problem = locked(problem_id)
    source = published_of(problem, problem.source_language)
    published = published_of(problem, language)
    begun = published or source
    text = Text.of(begun) if begun else Text("", "", "")
    if not published:
        # Each language has an address in its own words: it is made of the title, once that is translated.
        text = replace(text, slug="")
    # A small correction of a translation must not make it current: what it follows is said when it is saved.
    based_on = published.based_on if published else source
    return _draft(problem, language, by, text, now, based_on=based_on if language != problem.source_language else None)


@transaction.atomic
def save(
    *,
    revision_id: int,
    by: Staff,
    text: Text,
    seen: datetime | None,
    significance: str = Significance.MEDIUM,
    note: str = "",
    follows: Revision | None = None,
    now: datetime,
) -> Revision:
    """The draft says what its writer gives, when `seen` (its `edited_at`) is what she began with.

    `follows` is the version of the source that a translation says the same as from now on; None leaves it as it was.
    Raises EditedMeanwhile with both texts, Faulty, SlugTaken, BadSlug, NotOpen.
    """
    needs(writes(by))
    text = text.kept()
    revision = opened(revision_id)
    if revision.edited_at != seen:
        raise EditedMeanwhile(revision, text)
    refuse_faults(text, hard_only=True)
    refuse_slug(revision.problem, revision.language, text.slug)
    _put(revision, text)
    revision.significance, revision.note, revision.edited_at = significance, note.strip()[:300], now
    revision.based_on, revision.edited_by = follows or revision.based_on, by
    # Who goes on with what was returned has it as a draft again.
    revision.state = State.REVIEW if revision.state == State.REVIEW else State.DRAFT
    revision.save()
    return revision


@transaction.atomic
def discard(*, revision_id: int, by: Staff, seen: datetime | None, now: datetime) -> None:
    """The draft is given up as she saw it (`seen` as in `save`); it stays in the history, and another one may begin.

    Raises EditedMeanwhile, NotOpen.
    """
    needs(writes(by))
    revision = opened(revision_id)
    if revision.edited_at != seen:
        raise EditedMeanwhile(revision, Text.of(revision))
    revision.state, revision.edited_at = State.DISCARDED, now
    revision.save(update_fields=["state", "edited_at"])
    tell("article.discarded", revision.problem, by, now, language=revision.language, revision=revision.pk)


@transaction.atomic
def revert(*, revision_id: int, by: Staff, now: datetime) -> Revision:
    """A draft says again what an older version said; it goes out like any other."""
    needs(writes(by))
    older = Revision.objects.select_related("problem").get(pk=revision_id)
    draft = _draft(locked(older.problem_id), older.language, by, Text.of(older), now, based_on=older.based_on)
    draft.restores = older
    draft.save(update_fields=["restores"])
    return draft


def opened(revision_id: int) -> Revision:
    """The draft, its problem locked. Raises NotOpen, Revision.DoesNotExist."""
    problem = locked(Revision.objects.values_list("problem_id", flat=True).get(pk=revision_id))
    revision = Revision.objects.select_related("based_on", "author").get(pk=revision_id)
    if revision.state not in Revision.OPEN:
        raise NotOpen
    revision.problem = problem
    return revision


def refuse_second_draft(problem: Problem, language: str) -> None:
    if there := problem.revisions.filter(language=language, state__in=Revision.OPEN).first():
        raise DraftOpen(there)


def _draft(
    problem: Problem, language: str, by: Staff, text: Text, now: datetime, based_on: Revision | None = None
) -> Revision:
    refuse_second_draft(problem, language)
    text = text.kept()
    refuse_faults(text, hard_only=True)
    if text.slug:
        refuse_slug(problem, language, text.slug)
    revision = Revision(
        problem=problem, language=language, number=next_number(problem, language), author=by, based_on=based_on,
        created_at=now, edited_at=now,
    )  # fmt: skip
    _put(revision, text)
    revision.save()
    tell("article.begun", problem, by, now, language=language, revision=revision.pk)
    return revision


def _put(revision: Revision, text: Text) -> None:
    revision.title, revision.slug, revision.summary = text.title, text.slug, text.summary
    revision.keywords, revision.body = text.keywords, text.body
