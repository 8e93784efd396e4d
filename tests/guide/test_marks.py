"""Solutions that stand in one language only: told where somebody can mend it, and refused nowhere."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from samehand.guide import commands, marks
from samehand.guide.files import said
from samehand.guide.models import Problem, Revision
from samehand.guide.starting import STARTER
from tests.guide.articles import BODY, published
from tests.guide.test_importing import article, root, take

__all__ = ["root"]

pytestmark = pytest.mark.django_db
OTHER = BODY.replace("{#do-it}", "{#do-that}")


def notes(outcome: object) -> list[str]:
    return [f"{name}:{fault.line}: {said(fault)}" for name, fault in outcome.notes]  # type: ignore[attr-defined]


def test_a_translation_with_other_marks_is_taken_and_told_of(root: Path) -> None:
    article(root)
    article(root, body=OTHER, language="en")

    outcome = take(root)

    assert outcome.faults == []
    assert Revision.objects.filter(state="published").count() == 2
    assert notes(outcome) == [
        "en/sim-lost.md:10: the solution {#do-that} stands in one language only",
        "en/sim-lost.md:1: the solution {#do-it} stands in one language only",
    ]


@pytest.mark.parametrize("publish", [True, False], ids=["published", "as drafts"])
def test_a_source_that_comes_alone_is_compared_with_the_translation_that_is_there(root: Path, publish: bool) -> None:
    article(root)
    article(root, language="en")
    assert notes(take(root)) == []
    (root / "en" / "sim-lost.md").unlink()
    article(root, body=OTHER)

    told = notes(take(root, 5, publish=publish))

    assert told == [
        "pl/sim-lost.md:1: the solution {#do-it} stands in one language only",
        "pl/sim-lost.md:11: the solution {#do-that} stands in one language only",
    ]


def test_one_language_alone_is_compared_with_nothing(root: Path) -> None:
    article(root)

    assert notes(take(root)) == []


def test_the_command_says_that_it_was_taken(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article(root)
    article(root, body=OTHER, language="en")

    code = commands.import_(Namespace(folder=root, starter=False, draft=False, strict=True, by=None))

    assert code == 0
    assert "stands in one language only (taken all the same)" in capsys.readouterr().err


def test_a_draft_is_compared_as_if_it_were_out() -> None:
    source = published()
    english = published(body=OTHER, language="en")
    english.body = BODY

    assert set(marks.lone_in(source.problem)) == {"do-it", "do-that"}
    assert marks.lone_in(source.problem, english) == ()
    Problem.objects.create(key="new", kind="formal", category=source.problem.category, created_at=source.created_at)
    assert marks.lone_in(Problem.objects.get(key="new")) == ()


def test_the_articles_that_come_along_have_the_same_marks_in_both_languages() -> None:
    outcome = take(STARTER, with_trees=False)

    assert notes(outcome) == []
