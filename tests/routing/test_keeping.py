"""An engine that is taken apart after every event, and put together again from its values, decides the same."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given, settings

from samehand.core.routing import Engine, Memory, Standing, Turn, kept, restored
from tests.routing.desk import ANNA, EIGHT, MAREK, RULES, TEN, colleague, desk, served, who, writes
from tests.routing.world import EVENTS, World, crew

CREW = [one.colleague for one in desk().board.people.values()]


def anew(engine: Engine) -> Engine:
    memory = kept(engine)
    return restored(crew(), RULES, replace(memory, learned=json.loads(json.dumps(memory.learned))))


@settings(max_examples=100, deadline=None)
@given(EVENTS)
def test_taken_apart_and_put_together_after_every_event(events: list[tuple[str, int, int]]) -> None:
    world, other = World(events, anew), World(events)
    for each in (world, other):
        each.pass_time(each.now + 2000)

    assert world.given == other.given
    assert kept(world.engine) == kept(other.engine)


def test_a_part_is_enough_for_what_it_concerns() -> None:
    """The owner becomes free: the people and what is kept for her will do."""
    engine = desk()
    owner = served(engine)
    engine.calls(499, owner)
    assert writes(engine, 500, 2) == []
    whole = kept(engine)

    part = restored(CREW, RULES, replace(whole, cases=whole.cases[:1], learned={}))
    part.free(505, owner)
    engine.free(505, owner)

    assert who(part.decide(505)) == who(engine.decide(505)) == [(2, owner, "owner")]


def test_who_is_no_longer_of_the_crew_is_left_out() -> None:
    gone = Memory(people=(Standing(ANNA, "free", EIGHT, True, TEN), Standing(MAREK, "free", EIGHT, True, TEN)))
    engine = restored([colleague(MAREK, EIGHT, TEN)], RULES, gone)

    assert [give.consultant for give in writes(engine, 500, 1)] == [MAREK]


def test_a_turn_of_an_unknown_case_is_of_nobody() -> None:
    standing = Standing(ANNA, "free", EIGHT, True, TEN)
    turn = Turn(message=1, case=7, customer=8, topic="general", language="PL", arrived=500, due=530, until=524)
    engine = restored([colleague(ANNA, EIGHT, TEN)], RULES, Memory(people=(standing,), waiting=(turn,)))

    engine.free(501, ANNA)

    assert who(engine.decide(501)) == [(1, ANNA, "best_of_rest")]
