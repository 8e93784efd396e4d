"""The articles and trees that come with Samehand."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from samehand.guide import actions
from samehand.guide.importing import Outcome, import_folder
from samehand.guide.models import Problem, Tree

STARTER = Path(__file__).parent / "starter"


def is_empty() -> bool:
    return not (Problem.objects.exists() or Tree.objects.exists())


def take_starter(*, now: datetime) -> Outcome | None:
    """A guide without a problem and without a tree gets the starter set; None when there is one already."""
    if not is_empty():
        return None
    outcome = import_folder(STARTER, by=None, publish=True, now=now, with_trees=False)
    actions.take_starter_trees(now=now)
    return outcome
