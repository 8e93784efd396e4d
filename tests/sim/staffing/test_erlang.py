"""Erlang's formulas against published values, and what must hold for all of them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samehand.sim.staffing import erlang

LOADS = st.floats(0.01, 300)
PEOPLE = st.integers(1, 330)


@pytest.mark.parametrize(
    ("people", "load", "share"),
    [
        pytest.param(14, 10.0, 0.0568, id="ten erlangs on fourteen lines"),
        pytest.param(1, 1.0, 0.5, id="one erlang on one line"),
        pytest.param(20, 12.03, 0.01, id="the table of one per cent, twenty lines"),
        pytest.param(100, 84.06, 0.01, id="the table of one per cent, a hundred lines"),
    ],
)
def test_blocked_as_in_the_tables_of_erlang_b(people: int, load: float, share: float) -> None:
    assert erlang.blocked(people, load) == pytest.approx(share, abs=5e-5)


def test_the_textbooks_hundred_calls_in_half_an_hour() -> None:
    """100 calls of 180 s in 30 minutes on 14 people: 17.4 % wait, 88.8 % within 20 s, 7.8 s on average."""
    assert erlang.waits(14, 10.0) == pytest.approx(0.174, abs=5e-4)
    assert erlang.within(14, 10.0, 180.0, 20.0) == pytest.approx(0.888, abs=5e-4)
    assert erlang.mean_wait(14, 10.0, 180.0) == pytest.approx(7.8, abs=0.05)
    assert erlang.needed(10.0, 180.0, 20.0, 0.8) == 14


def test_patience_as_garnett_mandelbaum_and_reiman_have_it() -> None:
    """48 calls a minute of a minute each, 50 people, two minutes of patience: 3.1 % leave; without, 20.8 s of wait."""
    assert erlang.gives_up(50, 48.0, 60.0, 120.0) == pytest.approx(0.031, abs=5e-4)
    assert erlang.mean_wait(50, 48.0, 60.0) == pytest.approx(20.8, abs=0.05)


@given(PEOPLE, LOADS, st.floats(0, 60))
def test_one_more_person_never_makes_anybody_wait_longer(people: int, load: float, limit: float) -> None:
    assert erlang.blocked(people + 1, load) <= erlang.blocked(people, load)
    assert erlang.waits(people + 1, load) <= erlang.waits(people, load) + 1e-12
    assert erlang.within(people + 1, load, 6.0, limit) >= erlang.within(people, load, 6.0, limit) - 1e-12
    now, then = (erlang.impatient_within(each, load, 6.0, 20.0, limit) for each in (people, people + 1))
    assert -1e-9 <= now <= then + 1e-6 <= 1 + 1e-5


@given(PEOPLE, LOADS)
def test_who_has_no_patience_meets_erlang_b_and_who_has_endless_meets_erlang_c(people: int, load: float) -> None:
    assert erlang.gives_up(people, load, 6.0, 1e-7) == pytest.approx(erlang.blocked(people, load), abs=1e-4)

    if load < 0.95 * people:
        with_patience = erlang.impatient_within(people, load, 6.0, 1e9, 0.0)
        assert with_patience == pytest.approx(1 - erlang.waits(people, load), abs=1e-4)


@given(PEOPLE, LOADS, st.floats(0.5, 1e6))
def test_what_goes_away_is_at_least_what_nobody_could_serve(people: int, load: float, patience: float) -> None:
    share = erlang.gives_up(people, load, 6.0, patience)

    assert max(0.0, 1 - people / load) - 1e-6 <= share <= erlang.blocked(people, load) + 1e-6


@given(st.floats(0, 500), st.floats(0.5, 60), st.floats(0.5, 0.999), st.sampled_from([None, 5.0, 120.0]))
def test_needed_is_the_fewest_that_reach_it(load: float, limit: float, target: float, patience: float | None) -> None:
    people = erlang.needed(load, 6.0, limit, target, patience)

    def reached(count: int) -> float:
        if patience is None:
            return erlang.within(count, load, 6.0, limit)
        return erlang.impatient_within(count, load, 6.0, patience, limit)

    assert (people == 0) == (load == 0)
    if people:
        assert reached(people) >= target
        assert people == 1 or reached(people - 1) < target


@pytest.mark.parametrize("people", [1, 10, 2_000])
def test_far_too_much_and_far_too_little_stay_numbers(people: int) -> None:
    for load in (1e-9, 1.0, 1e5):
        for patience in (1e-3, 60.0, 1e9):
            for share in (
                erlang.gives_up(people, load, 60.0, patience),
                erlang.impatient_within(people, load, 60.0, patience, 30.0),
            ):
                assert math.isfinite(share) and -1e-9 <= share <= 1 + 1e-9
    assert erlang.mean_wait(1, 2.0, 60.0) == math.inf
