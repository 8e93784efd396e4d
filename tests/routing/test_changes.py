"""Who has several in hand, why it is not the owner, and what is forgotten."""

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
    writes,
)


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
