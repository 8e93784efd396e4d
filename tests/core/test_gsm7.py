"""How long an SMS is, and what is left of Polish letters in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samehand.core.gsm7 import is_gsm, parts, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", 0, id="nothing"),
        pytest.param("a" * 160, 1, id="one full part"),
        pytest.param("a" * 161, 2, id="one letter more"),
        pytest.param("a" * 306, 2, id="two full parts"),
        pytest.param("a" * 307, 3, id="and three"),
        pytest.param("€" * 80, 1, id="the euro counts twice"),
        pytest.param("€" * 81, 2, id="one euro more"),
        pytest.param("ł" * 70, 1, id="Polish letters: 70"),
        pytest.param("ł" * 71, 2, id="and one more"),
        pytest.param("a" * 70 + "ł", 2, id="one Polish letter makes all of them long"),
        pytest.param("😀" * 35, 1, id="beyond the basic plane"),
    ],
)
def test_how_many_parts(text: str, expected: int) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Zażółć gęślą jaźń, Łódź", "Zazolc gesla jazn, Lodz", id="Polish letters"),
        pytest.param("„Nazwa” – “x”…", '"Nazwa" - "x"...', id="typography"),
        pytest.param("Größe é à", "Größe é à", id="what the alphabet has stays"),
        pytest.param("😀漢", "", id="what has no like goes"),
    ],
)
def test_without_marks(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(st.text())
def test_what_is_plain_is_of_the_alphabet(text: str) -> None:
    assert is_gsm(plain(text))
    assert plain(plain(text)) == plain(text)
