"""What customers write after an advice, Polish and English, by the outcome that one may read from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from samehand.core.solutions import said_of

LINES = (Path(__file__).parent / "outcomes.tsv").read_text(encoding="utf-8").splitlines()
TABLE = [tuple(line.split("\t", 1)) for line in LINES]


@pytest.mark.parametrize(("expected", "text"), TABLE, ids=[text[:50] for _expected, text in TABLE])
def test_what_she_writes_says(expected: str, text: str) -> None:
    said = said_of(text.replace("\\n", "\n"))

    assert (said.outcome if said else "-") == expected


def test_the_words_that_say_so_are_her_own() -> None:
    said = said_of("Dzień dobry,\nzrobiłam, co Pani radziła. Niestety nic nie pomogło.\nZofia")

    assert said
    assert said.words == "Niestety nic nie pomogło."


def test_a_long_text_is_read_in_a_moment() -> None:
    assert said_of("nie " * 50_000) is None
