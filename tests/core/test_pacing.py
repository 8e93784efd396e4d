"""When the next mail to an address may go."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samehand.core.pacing import Pace, free_at
from tests.personas import MONDAY, at

PACE = Pace(3, timedelta(minutes=10))


@pytest.mark.parametrize(
    ("sent", "free"),
    [
        pytest.param([], None, id="the first goes at once"),
        pytest.param([at(-2), at(-1)], None, id="the last free place is a place"),
        pytest.param([at(-3), at(-2), at(-1)], at(7), id="the fourth waits until the first is ten minutes old"),
        pytest.param([at(-10), at(-2), at(-1)], None, id="what is as old as the span counts no more"),
        pytest.param([at(-1), at(-3), at(-9), at(-2)], at(7), id="of more than there may be the latest count"),
    ],
)
def test_when_it_may_go(sent: list[datetime], free: datetime | None) -> None:
    assert free_at(PACE, sent, MONDAY) == free


def test_no_number_bounds_nothing() -> None:
    assert free_at(Pace(0, timedelta(minutes=10)), [MONDAY] * 100, MONDAY) is None


@given(st.lists(st.integers(0, 3600), min_size=1, max_size=60).map(sorted))
def test_no_span_ever_holds_more(wishes: list[int]) -> None:
    went: list[datetime] = []
    for wish in (MONDAY + timedelta(seconds=second) for second in wishes):
        moment = max([wish, *went[-1:]])
        while free := free_at(PACE, went, moment):
            moment = free
        went.append(moment)

    assert all(later - first >= PACE.span for first, later in zip(went, went[3:], strict=False))
