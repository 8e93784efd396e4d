"""Who begins with what: by fit, skill and due time; and what a work is put aside for."""

from __future__ import annotations

import pytest

from tests.routing.desk import (
    ANNA,
    EIGHT,
    EWA,
    MAREK,
    RULES,
    TEN,
    TWO,
    colleague,
    desk,
    ends,
    served,
    wakes,
    who,
    writes,
)


def test_a_later_case_goes_to_somebody_whom_the_customer_knows() -> None:
    engine = desk()
    owner = served(engine)

    assert who(writes(engine, 600, 2, case=2, customer=101)) == [(2, owner, "known")]


def test_a_new_case_goes_to_the_roster_that_fits_the_hour_at_which_the_customer_writes() -> None:
    early, late = colleague(ANNA, EIGHT, TWO + 20), colleague(EWA, TWO, TEN)
    engine = desk(early, late, here=())
    for one, until in ((ANNA, TWO + 20), (EWA, TEN)):
        engine.on(TWO, one, until)
        engine.free(TWO, one)

    assert who(writes(engine, TWO + 5, 1)) == [(1, EWA, "fits")]


def test_a_new_case_waits_a_little_for_the_fitting_and_no_longer() -> None:
    early, late = colleague(ANNA, EIGHT, TWO + 20), colleague(EWA, TWO, TEN)
    engine = desk(early, late, here=(ANNA,))
    engine.on(TWO, ANNA, TWO + 20)
    engine.on(TWO, EWA, TEN)
    engine.free(TWO, EWA)
    engine.calls(TWO, EWA)

    assert writes(engine, TWO + 5, 1) == []
    hold = engine.why_waiting(1, TWO + 5)
    assert hold is not None and (hold.reason, hold.consultant) == ("fits", None)
    moment, gives = wakes(engine)

    assert who(gives) == [(1, ANNA, "best_of_rest")]
    assert moment == TWO + 5 + RULES.near_hold


@pytest.mark.parametrize(
    ("what", "given_to"),
    [
        pytest.param({"topic": "porting"}, [EWA], id="only who has the topic"),
        pytest.param({"language": "UA"}, [MAREK], id="only who has the language"),
        pytest.param({"topic": "porting", "language": "UA"}, [], id="nobody who has one of the two"),
    ],
)
def test_skill_and_language(what: dict[str, str], given_to: list[int]) -> None:
    crew = (
        colleague(ANNA, EIGHT, TEN),
        colleague(MAREK, EIGHT, TEN, tongues="PL UA"),
        colleague(EWA, EIGHT, TEN, topics="general porting"),
    )
    engine = desk(*crew, here=(ANNA, MAREK, EWA))

    assert [give.consultant for give in writes(engine, 500, 1, **what)] == given_to


def test_a_work_whose_first_word_is_out_is_put_aside_for_what_cannot_wait() -> None:
    engine = desk(here=(ANNA,))
    writes(engine, 500, 1)
    assert writes(engine, 501, 2, case=2) == []
    engine.first_word(515, ANNA)
    assert engine.decide(515) == []

    moment, gives = wakes(engine)

    assert [(give.message, give.aside) for give in gives] == [(2, 1)]
    assert moment == 531 - RULES.aside_all
    engine.done(530, ANNA)
    assert engine.board.people[ANNA].work is not None and engine.board.people[ANNA].work.id == 1


def test_nothing_is_put_aside_before_its_first_word_or_twice() -> None:
    engine = desk(here=(ANNA,))
    writes(engine, 500, 1, due=600)
    writes(engine, 501, 2, case=2, due=505)
    assert wakes(engine) == (0.0, [])
    engine.first_word(515, ANNA)
    engine.decide(515)
    writes(engine, 516, 3, case=3, due=520)
    assert engine.board.people[ANNA].aside is not None

    assert writes(engine, 517, 4, case=4, due=521) == []


def test_what_is_late_waits_behind_what_can_be_in_time_but_not_for_ever() -> None:
    engine = desk(here=(ANNA,))
    writes(engine, 500, 1)
    writes(engine, 500, 2, case=2, due=505)
    writes(engine, 509, 3, case=3, due=539)
    engine.decide(510)

    assert who(ends(engine, 520, ANNA)) == [(3, ANNA, "fits")]
    assert who(ends(engine, 530, ANNA)) == [(2, ANNA, "late")]


def test_what_is_withdrawn_is_given_to_nobody() -> None:
    engine = desk(here=())
    writes(engine, 500, 1)

    engine.withdraw(1)
    engine.on(501, ANNA, TEN)
    engine.free(501, ANNA)

    assert engine.decide(501) == []
    assert engine.wake() is None
