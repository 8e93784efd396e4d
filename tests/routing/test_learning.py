"""What the engine learns: how long works take, how soon customers write again."""

from __future__ import annotations

from samehand.core.routing.habits import Habits
from samehand.core.routing.pace import Pace, Rests


def test_what_a_work_takes_is_learned() -> None:
    pace = Pace(6.0)
    assert pace.of(("general", "PL")) == 6.0

    pace.learn(("general", "PL"), 27.0)

    assert pace.of(("general", "PL")) == 7.0
    assert pace.of(("billing", "PL")) == 6.0


def test_habits_learn_how_soon_and_at_which_hour_customers_write_again() -> None:
    habits = Habits()
    soon, later, drift = list(habits.soon), list(habits.later), list(habits.drift)

    habits.learn(510, 500, 480)
    habits.learn(1440 + 600, 500, 600)

    assert [a - b for a, b in zip(habits.soon, soon, strict=True)].index(1.0) == 1
    assert habits.later[1] == later[1] + 1
    assert habits.drift[0] == drift[0] + 1


def test_what_has_lasted_long_is_less_likely_to_end_soon() -> None:
    pace = Pace(6.0)
    for minutes in (2.0, 3.0, 4.0, 30.0) * 50:
        pace.learn(("general", "PL"), minutes)

    assert pace.chance(("general", "PL"), 0, 6) > 0.7
    assert pace.chance(("general", "PL"), 6, 6) < 0.2
    assert pace.chance(("general", "PL"), 0, 0) == 0.0
    assert pace.chance(("general", "PL"), 200, 60) == 1.0


def test_a_break_lasts_as_long_as_this_one_of_the_shift_does() -> None:
    rests = Rests((15.0, 20.0))
    assert rests.after(2, 3.0) == 15.0

    rests.learn(2, 30.0)

    assert rests.after(2, 3.0) == 30.0
    assert rests.after(1, 16.0) == 20.0
    assert rests.after(2, 31.0) is None
