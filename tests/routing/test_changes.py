"""Who falls silent, who has several in hand, who is new, and what is forgotten."""

from __future__ import annotations

from dataclasses import replace

import pytest

from samehand.core.routing import kept, restored
from tests.routing.desk import (
    ANNA,
    EIGHT,
    RULES,
    TEN,
    colleague,
    desk,
    other,
    served,
    who,
    writes,
)


def test_who_falls_silent_frees_what_she_has_in_hand() -> None:
    engine = desk()
    owner = served(engine)
    assert who(writes(engine, 500, 2)) == [(2, owner, "owner")]

    assert engine.silent(520, owner) == [2]

    assert who(engine.decide(520)) == [(2, other(owner), "best_of_rest")]


def test_who_fell_silent_without_a_word_does_not_own_the_case() -> None:
    engine = desk()
    (give,) = writes(engine, 500, 1)
    engine.silent(510, give.consultant)
    (again,) = engine.decide(510)

    assert again.consultant == other(give.consultant)
    assert again.owner == again.consultant


def test_who_comes_back_after_a_silence_works_on() -> None:
    engine = desk(here=(ANNA,))
    writes(engine, 500, 1)
    engine.silent(510, ANNA)
    assert engine.decide(510) == []

    engine.on(520, ANNA, TEN)
    engine.free(520, ANNA)

    assert [give.message for give in engine.decide(520)] == [1]


@pytest.mark.parametrize("keep", [False, True])
def test_who_may_have_several_in_hand_has(keep: bool) -> None:
    crew = [replace(colleague(ANNA, EIGHT, TEN), capacity=2)]
    engine = desk(*crew, here=(ANNA,))
    assert [give.message for give in writes(engine, 500, 1)] == [1]
    assert [give.message for give in writes(engine, 501, 2, case=2)] == [2]
    assert writes(engine, 502, 3, case=3) == []
    if keep:
        engine = restored(crew, RULES, kept(engine))

    engine.done(505, ANNA, 1)
    engine.free(505, ANNA)

    assert [give.message for give in engine.decide(505)] == [3]


def test_somebody_new_takes_part_at_once() -> None:
    engine = desk(here=())
    writes(engine, 500, 1, topic="porting")

    engine.rostered(510, colleague(7, EIGHT, TEN, "porting"))
    engine.on(510, 7, TEN)
    engine.free(510, 7)

    assert [give.consultant for give in engine.decide(510)] == [7]


def test_a_give_says_why_it_is_not_the_owner() -> None:
    engine = desk()
    owner = served(engine)
    engine.pauses(499, owner)
    engine.decide(499)

    (give,) = writes(engine, 500, 2, due=504)

    assert (give.consultant, give.owner, give.owner_is) == (other(owner), owner, "break")
    assert give.owner_free_at == 499 + RULES.breaks[0]


def test_who_has_not_written_for_long_is_forgotten() -> None:
    engine = desk()
    for number in range(200):
        engine.waits(
            500 + 60 * number, message=number, case=number, customer=number, topic="general", language="PL",
            due=530 + 60 * number,
        )  # fmt: skip

    engine.forget_before(500 + 60 * 175)

    assert list(engine.board.cases) == list(engine.board.customers) == list(range(175, 200))
