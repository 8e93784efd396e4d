"""Several rankings as one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samehand.core.search.fusing import FLATNESS, fused

RANKING = st.lists(st.integers(0, 30), unique=True, max_size=20)


@pytest.mark.parametrize(
    ("rankings", "order"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([("abc", 1.0)], ["a", "b", "c"], id="one ranking stays as it is"),
        pytest.param([("abc", 1.0), ("cab", 1.0)], ["a", "c", "b"], id="what stands high in both stands highest"),
        pytest.param([("ab", 1.0), ("ba", 0.3)], ["a", "b"], id="the heavier ranking decides"),
        pytest.param([("ab", 1.0), ("ba", 1.0)], ["a", "b"], id="equals keep the order in which they were met"),
        pytest.param([("a", 1.0), ("b", 0.3)], ["a", "b"], id="a thing of one ranking only is there too"),
    ],
)
def test_rankings_are_fused(rankings: list[tuple[str, float]], order: list[str]) -> None:
    assert [thing for thing, _score in fused(rankings)] == order


def test_the_first_of_one_ranking_weighs_as_told() -> None:
    assert fused([("a", 0.3)]) == [("a", 0.3 / (FLATNESS + 1))]


@given(one=RANKING, other=RANKING)
def test_nothing_is_lost_and_nothing_comes_twice(one: list[int], other: list[int]) -> None:
    things = [thing for thing, _score in fused([(one, 1.0), (other, 0.3)])]

    assert sorted(things) == sorted({*one, *other})


@given(ranking=RANKING)
def test_a_ranking_fused_with_itself_is_itself(ranking: list[int]) -> None:
    assert [thing for thing, _score in fused([(ranking, 1.0), (ranking, 0.3)])] == ranking
