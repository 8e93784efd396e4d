"""Who sees to the guide of Fala Mobile: owners and dates, a translation that fell behind, a draft that waits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random

from samehand.demo.present import ANIA, EWA, KASIA, MAREK
from samehand.demo.storybook import guide
from samehand.guide import actions
from samehand.guide.models import Problem, Revision, Significance
from samehand.people.models import Language, Staff

OLA = "ola@fala.example"
# Whose shelf it is, by the skills they have.
FORMAL, TECHNICAL = (ANIA, MAREK, KASIA), (EWA, KASIA)
# The articles came into the guide so long ago; readers have voted since.
BEGAN = timedelta(days=75)
DUE = (-12, -5, -1, 3, 9)


def edit(staff: Mapping[str, Staff], now: datetime, dice: Random) -> None:
    """As if the articles had been written some months ago and looked after since."""
    _date_back(now)
    _give(staff, now, dice)
    _change(staff, now - 4 * timedelta(days=1))
    _draft(staff, now - timedelta(hours=5))


def _date_back(now: datetime) -> None:
    began = now - BEGAN
    Problem.objects.update(created_at=began)
    Revision.objects.filter(published_at__gt=began).update(created_at=began, edited_at=began, published_at=began)


def _give(staff: Mapping[str, Staff], now: datetime, dice: Random) -> None:
    """Five of them are due for a fresh look, now or soon; one has nobody."""
    problems = list(Problem.objects.order_by("key"))
    soon = dict(zip(dice.sample(range(len(problems)), min(len(DUE), len(problems))), DUE, strict=False))
    for number, problem in enumerate(problems):
        problem.owner = staff[dice.choice(FORMAL if problem.kind == "formal" else TECHNICAL)]
        days = soon.get(number, dice.randrange(15, problem.review_every))
        problem.review_by = now.date() + timedelta(days=days)
    if problems:
        problems[-1].owner = None
    Problem.objects.bulk_update(problems, ["owner", "review_by"], batch_size=500)


def _change(staff: Mapping[str, Staff], at: datetime) -> None:
    """The Polish article says more since a few days, and the English one does not yet."""
    said = guide()["changed"]
    revision = _begun(said["problem"], staff[ANIA], at)
    if revision is None:
        return
    body = f"{said['opens']}\n\n{revision.body}"
    revision = _saved(revision, body, said["note"], staff[ANIA], at, Significance.MAJOR)
    actions.submit(revision_id=revision.pk, by=staff[ANIA], now=at)
    seen = Revision.objects.values_list("edited_at", flat=True).get(pk=revision.pk)
    actions.publish(revision_id=revision.pk, by=staff[OLA], seen=seen, now=at + timedelta(minutes=40))


def _draft(staff: Mapping[str, Staff], at: datetime) -> None:
    """Ania's change waits for another pair of eyes."""
    said = guide()["draft"]
    revision = _begun(said["problem"], staff[ANIA], at)
    if revision is None:
        return
    body = revision.body.replace(said["after"], said["after"] + said["adds"], 1)
    revision = _saved(revision, body, said["note"], staff[ANIA], at, Significance.MEDIUM)
    actions.submit(revision_id=revision.pk, by=staff[ANIA], now=at)


def _begun(key: str, by: Staff, at: datetime) -> Revision | None:
    problem = Problem.objects.filter(key=key).first()
    return actions.start(problem_id=problem.pk, language=Language.POLISH, by=by, now=at) if problem else None


def _saved(revision: Revision, body: str, note: str, by: Staff, at: datetime, meaning: Significance) -> Revision:
    text = actions.Text(revision.title, revision.slug, body, revision.summary, list(revision.keywords))
    return actions.save(
        revision_id=revision.pk, by=by, text=text, seen=revision.edited_at, significance=meaning, note=note, now=at
    )
