"""What readers of the guide looked for in six weeks, and what they said of what they found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from random import Random

from samehand.core.search.words import words
from samehand.demo.storybook import guide
from samehand.guide.models import Asked, Came, Revision, Vote, VoteReason

DAYS = 42
SEARCHES, FAILED_SHARE = 420, 0.12
CAME = (Came.SEARCH, Came.CATEGORY, Came.ELSEWHERE, Came.RELATED, Came.FORM, Came.SOLVER, Came.ANSWER)
CAME_SHARES = (40, 20, 16, 8, 8, 5, 3)
REASONS = (VoteReason.WORKS_NOT, VoteReason.UNCLEAR, VoteReason.OTHER_PROBLEM, VoteReason.WRONG, VoteReason.TOO_LONG)
# These do not help: their owners find them in their queue.
POOR = {"topup-missing": 0.3, "voicemail-off": 0.38}
READ_MOST = 14


def read(now: datetime, dice: Random) -> None:
    revisions = list(Revision.objects.filter(state=Revision.State.PUBLISHED).select_related("problem").order_by("pk"))
    if not revisions:
        return
    Vote.objects.bulk_create(_votes(revisions, now, dice), batch_size=1000)
    Asked.objects.bulk_create(_searches(revisions, now, dice), batch_size=1000)


def _votes(revisions: Sequence[Revision], now: datetime, dice: Random) -> Iterator[Vote]:
    for revision in revisions:
        key = revision.problem.key
        helps = POOR.get(key) or dice.betavariate(9, 2)
        many = READ_MOST if key in POOR else int(dice.expovariate(1 / 6))
        for number in range(many if revision.language == "pl" else many // 4):
            yield _vote(revision, number, helped=dice.random() < helps, at=_moment(now, dice), dice=dice)


def _vote(revision: Revision, number: int, *, helped: bool, at: datetime, dice: Random) -> Vote:
    came = dice.choices(CAME, CAME_SHARES)[0]
    comments = guide()["comments"][revision.language]
    return Vote(
        reader=sha256(f"{revision.pk}-{number}".encode()).hexdigest(),
        revision=revision,
        helped=helped,
        reason="" if helped else dice.choice(REASONS),
        comment="" if helped or dice.random() < 0.6 else dice.choice(comments),
        came=came,
        query=_query(revision, dice) if came == Came.SEARCH else "",
        at=at,
    )


def _searches(revisions: Sequence[Revision], now: datetime, dice: Random) -> Iterator[Asked]:
    for _number in range(SEARCHES):
        revision = dice.choice(revisions)
        at, language = _moment(now, dice), revision.language
        if dice.random() < FAILED_SHARE:
            yield _asked(dice.choice(guide()["failed"][language]), language, 0, None, at)
        else:
            opened = revision if dice.random() < 0.85 else None
            yield _asked(_query(revision, dice), language, dice.randrange(1, 10), opened, at)


def _asked(query: str, language: str, found: int, opened: Revision | None, at: datetime) -> Asked:
    return Asked(
        query=query,
        folded=" ".join(word.folded for word in words(query)),
        language=language,
        where=Came.SEARCH,
        found=found,
        opened=opened.problem if opened else None,
        at=at,
    )


def _query(revision: Revision, dice: Random) -> str:
    """People look for the article by its own words or by others."""
    return str(dice.choice([*revision.keywords, revision.title.lower()]))[:200]


def _moment(now: datetime, dice: Random) -> datetime:
    return now - dice.random() * timedelta(days=DAYS)
