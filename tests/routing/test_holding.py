"""For whom a message waits, until when, and who has it then."""

from __future__ import annotations

import pytest

from tests.routing.desk import (
    ANNA,
    EIGHT,
    EWA,
    MAREK,
    RULES,
    TEN,
    colleague,
    desk,
    ends,
    other,
    served,
    wakes,
    who,
    writes,
)


def test_a_follow_up_goes_to_the_owner_who_is_free() -> None:
    engine = desk()
    owner = served(engine)

    assert who(writes(engine, 500, 2)) == [(2, owner, "owner")]


def test_a_follow_up_waits_for_the_owner_who_is_busy_and_says_so() -> None:
    engine = desk()
    owner = served(engine)
    engine.free(499, other(owner))
    engine.pauses(499, other(owner))
    assert who(writes(engine, 500, 10, case=9))[0][1] == owner
    engine.free(501, other(owner))

    assert writes(engine, 502, 2) == []
    hold = engine.why_waiting(2, 502)
    assert hold is not None
    assert (hold.consultant, hold.reason, hold.until) == (owner, "owner", 532 - RULES.last_start)
    assert hold.free_at == pytest.approx(500 + (20 * RULES.work_takes + 5) / 21)
    assert who(ends(engine, 510, owner)) == [(2, owner, "owner")]
    assert engine.why_waiting(2, 511) is None


def test_a_hold_ends_while_somebody_else_can_still_keep_the_promise() -> None:
    engine = desk()
    owner = served(engine)
    engine.calls(499, owner)
    assert writes(engine, 500, 2) == []

    moment, gives = wakes(engine)

    assert who(gives) == [(2, other(owner), "best_of_rest")]
    assert 500 < moment <= 530 - RULES.last_start


@pytest.mark.parametrize(
    ("works_ahead", "waits_long"),
    [
        pytest.param(0, True, id="only what she has in hand"),
        pytest.param(6, False, id="too many own ones before it"),
    ],
)
def test_the_owner_is_waited_for_while_she_is_likely_to_come_to_it(works_ahead: int, waits_long: bool) -> None:
    engine = desk()
    owner = served(engine)
    engine.pauses(484, other(owner))
    for number in range(10, 11 + works_ahead):
        writes(engine, 485, number, case=1)
    engine.free(486, other(owner))
    engine.decide(486)

    given = [give.consultant for give in writes(engine, 487, 2)]

    assert given == ([] if waits_long else [other(owner)])


def test_the_second_person_stays_the_second_before_all_others() -> None:
    engine = desk(*(colleague(one, EIGHT, TEN) for one in (ANNA, MAREK, EWA)), here=(ANNA, MAREK, EWA))
    owner = served(engine)
    engine.calls(499, owner)
    writes(engine, 500, 2)
    second = wakes(engine)[1][0].consultant
    assert ends(engine, 530, second) == []

    writes(engine, 600, 3)
    moment, gives = wakes(engine)

    assert who(gives) == [(3, second, "second")]
    assert 600 < moment <= 630 - RULES.last_start


def test_without_the_owner_who_knows_the_case_takes_it_at_once() -> None:
    engine = desk()
    owner = served(engine)
    engine.calls(499, owner)
    writes(engine, 500, 2)
    wakes(engine)
    assert ends(engine, 530, other(owner)) == []
    engine.free(540, owner)
    engine.off(540, owner)

    assert who(writes(engine, 2000, 3)) == [(3, other(owner), "second")]
