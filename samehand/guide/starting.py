"""The articles and trees that come with Samehand."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import transaction

from samehand.guide import actions
from samehand.guide.importing import Outcome, import_folder
from samehand.guide.models import Problem, Tree

STARTER = Path(__file__).parent / "starter"


def is_empty() -> bool:
    return not (Problem.objects.exists() or Tree.objects.exists())


@transaction.atomic
def take_starter(*, now: datetime) -> Outcome | None:
    """A guide without a problem and without a tree gets the starter set; None when there is one already.

    All of it or nothing: with articles alone the guide would pass for one that wants no trees of ours.
    """
    if not is_empty():
        return None
    outcome = import_folder(STARTER, by=None, publish=True, now=now, with_trees=False)
    actions.take_starter_trees(now=now)
    return outcome
