"""Shifts, breaks and who did not come: what is held for somebody who cannot come is let go."""

from __future__ import annotations

import pytest

from samehand.core.routing import Colleague, Engine
from tests.routing.desk import ANNA, EIGHT, EWA, MAREK, RULES, TEN, colleague, desk, ends, other, served, who, writes


def test_who_goes_lets_go_what_was_held_for_her() -> None:
    engine = desk()
    owner = served(engine)
    engine.calls(499, owner)
    assert writes(engine, 500, 2) == []

    engine.off(505, owner)

    assert [give.consultant for give in engine.decide(505)] == [other(owner)]


def test_who_did_not_come_is_not_waited_for() -> None:
    engine = desk()
    owner = served(engine)
    assert ends(engine, 900, other(owner)) == []
    engine.off(TEN, owner)
    engine.off(TEN, other(owner))
    engine.absent(1440 + EIGHT, owner)
    engine.on(1440 + EIGHT, other(owner), 1440 + TEN)
    engine.free(1440 + EIGHT, other(owner))

    assert [give.consultant for give in writes(engine, 1440 + 490, 2)] == [other(owner)]


def test_a_break_that_lasts_too_long_ends_the_hold_at_once() -> None:
    engine = desk()
    owner = served(engine)
    engine.calls(499, owner)
    assert writes(engine, 500, 2) == []

    engine.pauses(515, owner)

    assert [give.consultant for give in engine.decide(515)] == [other(owner)]


def test_a_break_that_ends_in_time_does_not() -> None:
    engine = desk()
    owner = served(engine)
    engine.calls(499, owner)
    assert writes(engine, 500, 2) == []
    engine.pauses(504, owner)

    assert engine.decide(530 - RULES.release) == []
    engine.free(524, owner)

    assert who(engine.decide(524)) == [(2, owner, "owner")]


def test_a_break_that_lasts_longer_than_breaks_do_is_not_waited_for() -> None:
    engine = desk()
    owner = served(engine)
    engine.pauses(499, owner)
    assert writes(engine, 500, 2) == []

    assert [give.consultant for give in engine.decide(530 - RULES.release)] == [other(owner)]


def split(one: int) -> Colleague:
    """From eight to twelve and from four to ten; a long break at five."""
    shifts = {day: ((day * 1440 + EIGHT, day * 1440 + 720), (day * 1440 + 960, day * 1440 + TEN)) for day in range(7)}
    breaks = {day: ((day * 1440 + 1020, day * 1440 + 1080),) for day in range(7)}
    return Colleague(one, frozenset({"general"}), frozenset({"PL"}), shifts, breaks)


@pytest.mark.parametrize(
    ("at", "waits_for_her"),
    [
        pytest.param(900, False, id="long before she comes back"),
        pytest.param(940, True, id="shortly before she comes back"),
    ],
)
def test_between_two_shifts_of_a_day(at: float, waits_for_her: bool) -> None:
    engine = desk(split(ANNA), colleague(MAREK, 720, TEN), here=(ANNA,))
    assert served(engine) == ANNA
    engine.off(720, ANNA)
    engine.on(720, MAREK, TEN)
    engine.free(720, MAREK)

    given = [give.consultant for give in writes(engine, at, 2)]

    assert given == ([] if waits_for_her else [MAREK])


def test_who_comes_at_this_very_moment_is_still_waited_for() -> None:
    """Shifts of several begin together, and are told one after another."""
    engine = desk(colleague(ANNA, EIGHT, TEN), colleague(MAREK, EIGHT, TEN), here=(ANNA,))
    assert served(engine) == ANNA
    engine.off(TEN, ANNA)
    assert writes(engine, 1440 + 470, 2, due=1440 + EIGHT + 30) == []

    for one in (MAREK, ANNA):
        engine.on(1440 + EIGHT, one, 1440 + TEN)
        engine.free(1440 + EIGHT, one)
        given = [give.consultant for give in engine.decide(1440 + EIGHT)]

    assert given == [ANNA]


def test_a_shift_over_midnight_is_a_shift_of_its_first_day() -> None:
    night = Colleague(ANNA, frozenset({"general"}), frozenset({"PL"}), {0: ((TEN, 1440 + 360.0),)})
    engine = Engine([night, colleague(MAREK, EIGHT, TEN)], RULES)
    engine.on(TEN, ANNA, 1440 + 360)
    engine.free(TEN, ANNA)
    assert served(engine, 1430) == ANNA
    engine.calls(1450, ANNA)

    assert writes(engine, 1451, 2) == []
    hold = engine.why_waiting(2, 1451)
    assert hold is not None and hold.consultant == ANNA


def test_a_break_of_the_roster_lasts_as_long_as_the_roster_says() -> None:
    engine = desk(split(ANNA), colleague(MAREK, 720, TEN), here=(ANNA,))
    served(engine)
    engine.on(1000, MAREK, TEN)
    engine.free(1000, MAREK)
    engine.pauses(1020, ANNA)
    assert [give.consultant for give in writes(engine, 1030, 2)] == [MAREK]
    ends(engine, 1035, MAREK)

    assert writes(engine, 1055, 3) == []
    hold = engine.why_waiting(3, 1055)
    assert hold is not None and (hold.consultant, hold.free_at) == (ANNA, 1080)


def test_fit_leaves_out_long_breaks_and_counts_both_shifts() -> None:
    morning = colleague(EWA, EIGHT, 720)
    engine = desk(colleague(ANNA, EIGHT, TEN), split(MAREK), morning, here=())
    for one in (ANNA, MAREK, EWA):
        engine.on(EIGHT, one, TEN if one == ANNA else 720)
    engine.waits(500, message=1, case=1, customer=1, topic="general", language="PL", due=530)
    scores = engine.fit.of(engine.board.messages[1], 700).of

    assert 0 < scores[EWA] < scores[MAREK] < scores[ANNA]
