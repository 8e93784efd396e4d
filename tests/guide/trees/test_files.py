"""Trees as files: nobody is shown by them what an editor has not shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from samehand.core.trees import checked
from samehand.guide import actions, trees
from samehand.guide.exporting import export_folder
from samehand.guide.models import Tree
from tests.guide.test_importing import root, take, told
from tests.personas import at

__all__ = ["root"]
pytestmark = pytest.mark.django_db


def a_tree(title: str = "Yes") -> dict[str, Any]:
    words = {"pl": title, "en": title}
    answers = [{"key": key, "words": words, "next": "us"} for key in ("a", "b")]
    nodes = {"first": {"question": words, "answers": answers}, "us": {"end": "case", "words": words}}
    return trees.plain(checked({"key": "mms", "problem": "mms", "titles": words, "start": "first", "nodes": nodes}))


def walked() -> list[str]:
    return [tree.titles["en"] for tree in trees.published()]


def test_a_tree_that_is_shown_to_nobody_stays_in_the_house(root: Path) -> None:
    tree = actions.save_tree(definition=a_tree(), by=None, now=at(0), published=False)
    assert export_folder(root, languages=[]) == ["categories.yaml"]

    Tree.objects.filter(pk=tree.pk).update(published=True)
    assert export_folder(root, languages=[]) == ["categories.yaml", "trees/mms.yaml"]


def test_a_tree_that_comes_as_a_draft_changes_nothing_for_customers(root: Path) -> None:
    file = root / "trees" / "mms.yaml"
    file.parent.mkdir()
    file.write_text(trees.written(a_tree("First")))
    assert told(take(root, publish=False)) == []
    assert walked() == []

    Tree.objects.update(published=True)
    assert told(take(root, publish=False)) == []
    file.write_text(trees.written(a_tree("Second")))
    (fault,) = told(take(root, publish=False))

    assert fault.startswith("trees/mms.yaml:0: customers walk this tree")
    assert walked() == ["First"]
    assert told(take(root)) == []
    assert walked() == ["Second"]


def test_a_tree_goes_out_in_the_order_in_which_it_is_read(root: Path) -> None:
    actions.save_tree(definition=a_tree(), by=None, now=at(0))

    export_folder(root, languages=[])

    lines = (root / "trees" / "mms.yaml").read_text().splitlines()
    begun = [line.split(":")[0] for line in lines if line[0] != " "]
    assert begun == ["key", "problem", "titles", "start", "nodes"]
