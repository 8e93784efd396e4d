"""Rules for shorter and longer promises than thirty minutes."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as some

from samehand.core.routing import Rules


def test_thirty_minutes_are_the_usual_rules() -> None:
    assert Rules.promising(30.0) == Rules()


def test_a_day_is_held_no_longer_than_half_an_hour() -> None:
    assert Rules.promising(1440.0) == Rules(promise=1440.0)


def test_a_shorter_promise_is_held_in_proportion() -> None:
    rules = Rules.promising(15.0, open_at=0.0)

    assert (rules.fit_hold, rules.near_hold, rules.aside_all, rules.open_at) == (4.0, 7.0, 3.0, 0.0)
    assert rules.patience[1] == (9.0, 0.2)
    assert (rules.word_takes, rules.last_start) == (3.0, 3.5)


@given(some.floats(1.0, 7 * 1440.0))
@example(15.5)
def test_every_hold_ends_while_the_promise_can_be_kept(minutes: float) -> None:
    rules = Rules.promising(minutes)

    assert 0 < rules.fit_hold <= rules.near_hold < minutes
    assert rules.near_hold <= minutes - min(rules.last_start, minutes / 2)
    assert all(before <= minutes for before, _chance in rules.patience)
