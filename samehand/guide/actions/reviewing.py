"""A draft goes to review, back to its author, or out to everybody."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samehand.core.reviewing import Verdict, verdict
from samehand.guide.access import NotAllowed, needs, reviews, writes
from samehand.guide.actions.ground import Text, refuse_faults, refuse_slug, tell
from samehand.guide.actions.publishing import put_out
from samehand.guide.actions.writing import EditedMeanwhile, opened
from samehand.guide.models import Revision
from samehand.people.models import Staff

State = Revision.State


class OwnText(Exception):
    """The reviewer wrote the text, or was the last to change it: another one reads it, or she says that nobody needs
    to."""


class NotSubmitted(Exception):
    """Its author has not let go of the text yet."""


class NothingRemarked(Exception):
    """A text that goes back says why."""


@transaction.atomic
def submit(*, revision_id: int, by: Staff, now: datetime) -> Revision:
    """The author lets go of the draft: it waits for another pair of eyes. Raises Faulty."""
    needs(writes(by))
    revision = opened(revision_id)
    _refuse_unfinished(revision)
    revision.state, revision.edited_at = State.REVIEW, now
    revision.save(update_fields=["state", "edited_at"])
    tell("article.submitted", revision.problem, by, now, language=revision.language, revision=revision.pk)
    return revision


@transaction.atomic
def send_back(*, revision_id: int, by: Staff, remark: str, now: datetime) -> Revision:
    """The reviewer returns the text to its author and says why."""
    needs(reviews(by))
    if not (remark := remark.strip()):
        raise NothingRemarked
    revision = opened(revision_id)
    if revision.state != State.REVIEW:
        raise NotSubmitted
    revision.state, revision.review_remark, revision.reviewer = State.RETURNED, remark[:5_000], by
    revision.edited_at = now
    revision.save(update_fields=["state", "review_remark", "reviewer", "edited_at"])
    tell(
        "article.returned", revision.problem, by, now, to=revision.author_id, language=revision.language,
        revision=revision.pk,
    )  # fmt: skip
    return revision


@transaction.atomic
def publish(*, revision_id: int, by: Staff, seen: datetime | None, alone: bool = False, now: datetime) -> Revision:
    """The version is what everybody reads from now on.

    `seen`: the `edited_at` of what the reviewer read; `alone`: it is hers, and nobody else needs to read it.
    Raises NotAllowed, OwnText, NotSubmitted, EditedMeanwhile, Faulty, SlugTaken, NotOpen.
    """
    revision = opened(revision_id)
    if revision.edited_at != seen:
        raise EditedMeanwhile(revision, Text.of(revision))
    _refuse_by(revision, by, alone)
    _refuse_unfinished(revision)
    return put_out(revision, by, now)


def _refuse_by(revision: Revision, by: Staff, alone: bool) -> None:
    said = verdict(
        reviews=reviews(by), own=revision.author_id == by.pk, changed=revision.edited_by_id == by.pk,
        submitted=revision.state == State.REVIEW, alone=alone,
    )  # fmt: skip
    refusals: dict[Verdict, type[Exception]] = {
        Verdict.NO_REVIEWER: NotAllowed,
        Verdict.OWN_TEXT: OwnText,
        Verdict.NOT_SUBMITTED: NotSubmitted,
    }
    if said in refusals:
        raise refusals[said]


def _refuse_unfinished(revision: Revision) -> None:
    refuse_faults(Text.of(revision), hard_only=False)
    refuse_slug(revision.problem, revision.language, revision.slug)
