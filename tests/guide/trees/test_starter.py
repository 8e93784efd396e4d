"""The trees that come along lead to articles that come along."""

from __future__ import annotations

from pathlib import Path

import pytest

from samehand.core.articles import read
from samehand.core.trees import checked
from samehand.guide import facts, trees

STARTER = Path(trees.__file__).parent / "starter"


def _solutions(language: str) -> dict[str, set[str]]:
    """Problem -> the marks of its solutions."""
    found = {}
    for file in (STARTER / language).glob("*.md"):
        _front, _line, body = file.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
        found[file.stem] = {section.key for section in read(body, facts=facts.KEYS).solutions}
    return found


@pytest.mark.parametrize("definition", trees.starter(), ids=lambda one: str(one["key"]))
@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_end_is_there(definition: dict[str, object], language: str) -> None:
    tree, known = checked(definition), _solutions(language)

    lost = [each for each in tree.solutions if each.partition("#")[2] not in known.get(each.partition("#")[0], set())]
    lost += [end.target for end in tree.ends if end.kind == "article" and end.target not in known]
    lost += [] if tree.problem in known else [tree.problem]
    assert lost == []
