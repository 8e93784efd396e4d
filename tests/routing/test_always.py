"""What must never be, whatever happens in whatever order."""

from __future__ import annotations

from hypothesis import given, settings

from tests.routing.world import EVENTS, World


@settings(max_examples=100, deadline=None)
@given(EVENTS)
def test_none_is_given_twice_none_waits_past_its_hold_none_starves(events: list[tuple[str, int, int]]) -> None:
    world = World(events)
    for _ in range(4):
        world.all_come()
        world.pass_time(world.now + 2000)

    given = [give.message for give in world.given]
    written = {number for number, (kind, *_) in enumerate(events) if kind in ("message", "urgent", "chooses")}
    assert len(given) == len(set(given))
    assert set(given) == written - world.withdrawn
    assert world.waiting == {}


@settings(max_examples=100, deadline=None)
@given(EVENTS)
def test_the_same_events_give_the_same_decisions(events: list[tuple[str, int, int]]) -> None:
    assert World(events).given == World(events).given
