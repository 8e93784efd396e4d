"""What is done to decision trees: saved, published or taken back; and their endings counted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from samehand.core.trees import checked
from samehand.guide import trees
from samehand.guide.access import needs, reviews
from samehand.guide.models import Problem, Tree, TreeEnding
from samehand.people.models import Staff


class KeyTaken(Exception):
    """Another tree has this key already."""


class TreeChanged(Exception):
    """Somebody saved the tree since the editor began: `tree` is what stands there."""

    def __init__(self, tree: Tree) -> None:
        super().__init__(str(tree))
        self.tree = tree


@transaction.atomic
def save_tree(
    *,
    definition: Any,
    by: Staff | None,
    now: datetime,
    tree_id: int | None = None,
    seen: datetime | None = None,
    published: bool = True,
) -> Tree:
    """The tree is as the definition says, the one of `tree_id` or a new one; `Faulty` when it is no tree.

    `seen` (its `edited_at`) is what an editor began with; a file asks for none. `by` None: the house, from a file.
    Raises `NotAllowed`, `TreeChanged`, and `KeyTaken` when its key is another tree's.
    """
    needs(by is None or reviews(by))
    tree = checked(definition)
    row = (
        Tree.objects.select_for_update().get(pk=tree_id) if tree_id else Tree(published=published, place=_last_place())
    )
    if seen and row.edited_at != seen:
        raise TreeChanged(row)
    row.key = tree.key
    row.problem = Problem.objects.filter(key=tree.problem).first()
    row.definition = trees.plain(tree)
    row.edited_by, row.edited_at = by, now
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise KeyTaken(tree.key) from None
    return row


def _last_place() -> int:
    last = Tree.objects.order_by("-place").values_list("place", flat=True).first()
    return 0 if last is None else last + 1


@transaction.atomic
def publish_tree(*, tree_id: int, published: bool, by: Staff, now: datetime) -> None:
    """Everybody may walk the tree from now on, or nobody any more. Raises NotAllowed."""
    needs(reviews(by))
    Tree.objects.filter(pk=tree_id).update(published=published, edited_by=by, edited_at=now)


@transaction.atomic
def count_ending(*, key: str, end: str, now: datetime) -> None:
    """One more has walked the tree to this end; whoever she was."""
    tree = Tree.objects.filter(key=key, published=True).first()
    if tree is None or end not in tree.definition.get("nodes", {}):
        return
    row, _made = TreeEnding.objects.get_or_create(tree=tree, end=end, day=timezone.localdate(now))
    TreeEnding.objects.filter(pk=row.pk).update(count=F("count") + 1)


@transaction.atomic
def take_starter_trees(*, now: datetime) -> int:
    """A house without any tree gets those that come with Samehand; how many. Else each finds its problem, once it is
    there.
    """
    if Tree.objects.exists():
        _find_problems()
        return 0
    definitions = trees.starter()
    for definition in definitions:
        save_tree(definition=definition, by=None, now=now)
    return len(definitions)


def _find_problems() -> None:
    for row in Tree.objects.filter(problem=None):
        row.problem = Problem.objects.filter(key=row.definition.get("problem", "")).first()
        row.save(update_fields=["problem"])
