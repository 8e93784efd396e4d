"""Wilson's interval: known values, and laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samehand.core.shares import share


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        pytest.param(0, 0, 0.0, 1.0, id="of no trials nothing is known"),
        pytest.param(0, 10, 0.0, 0.2775, id="never in ten is still up to 28 per cent"),
        pytest.param(10, 10, 0.7225, 1.0, id="always in ten is at least 72 per cent"),
        pytest.param(3, 4, 0.3006, 0.9544, id="three of four says little"),
        pytest.param(48, 59, 0.6962, 0.8926, id="48 of 59"),
        pytest.param(750, 1000, 0.7222, 0.7758, id="750 of 1000 says much"),
    ],
)
def test_the_interval(count: int, of: int, low: float, high: float) -> None:
    found = share(count, of)

    assert (found.low, found.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


@given(st.integers(0, 10_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_share_lies_in_its_interval_and_the_other_side_mirrors_it(trials: tuple[int, int]) -> None:
    count, of = trials
    one, other = share(count, of), share(of - count, of)

    assert 0 <= one.low <= one.high <= 1
    assert one.value is None or (one.low <= one.value + 1e-12 and one.value <= one.high + 1e-12)
    assert one.low == pytest.approx(1 - other.high)


@pytest.mark.parametrize(("count", "of"), [(-1, 3), (4, 3)])
def test_what_is_no_share_is_refused(count: int, of: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        share(count, of)
