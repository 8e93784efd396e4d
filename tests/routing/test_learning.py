"""What the engine learns: how long works take, how soon customers write again."""

from __future__ import annotations

from samehand.core.routing.habits import Habits, Pace


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
