"""Who takes a message, as a table."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samehand.core.routing import Assign, Consultant, Need, Queue, choose

ANNA, MAREK, EWA = 1, 2, 3


def crew(**changes: dict[str, Any]) -> list[Consultant]:
    """Anna and Marek are on shift, Ewa, the technical expert, is at home."""
    people = {
        "anna": Consultant(ANNA, on_shift=True, skills=frozenset({"general", "billing"}), holding=4),
        "marek": Consultant(MAREK, on_shift=True, skills=frozenset({"general"}), holding=2),
        "ewa": Consultant(EWA, on_shift=False, skills=frozenset({"general", "technical"})),
    }
    return [replace(one, **changes.get(name, {})) for name, one in people.items()]


@pytest.mark.parametrize(
    ("need", "people", "decision"),
    [
        pytest.param(
            Need(owner=ANNA, last_served_by=MAREK, skill="general"),
            crew(),
            Assign(ANNA, "owner"),
            id="the owner keeps her case before all others",
        ),
        pytest.param(
            Need(owner=EWA, skill="general"),
            crew(),
            Assign(EWA, "owner"),
            id="the owner keeps her case after her shift",
        ),
        pytest.param(
            Need(owner=ANNA, last_served_by=MAREK),
            crew(anna={"active": False}),
            Assign(MAREK, "knows_you"),
            id="an owner who has left keeps nothing",
        ),
        pytest.param(
            Need(owner=99, skill="billing"),
            crew(),
            Assign(ANNA, "free_with_skill"),
            id="an owner whom nobody knows keeps nothing",
        ),
        pytest.param(
            Need(last_served_by=ANNA, skill="general"),
            crew(),
            Assign(ANNA, "knows_you"),
            id="who served the customer last takes the new case though she holds more",
        ),
        pytest.param(
            Need(last_served_by=ANNA, skill="technical"),
            crew(ewa={"on_shift": True}),
            Assign(ANNA, "knows_you"),
            id="the same hands come before the skill",
        ),
        pytest.param(
            Need(last_served_by=EWA, skill="general"),
            crew(),
            Assign(MAREK, "free_with_skill"),
            id="who served the customer last is at home so another one takes it",
        ),
        pytest.param(
            Need(last_served_by=ANNA, skill="general"),
            crew(anna={"active": False}),
            Assign(MAREK, "free_with_skill"),
            id="who served the customer last has left",
        ),
        pytest.param(
            Need(skill="general"), crew(), Assign(MAREK, "free_with_skill"), id="of two with the skill the freer one"
        ),
        pytest.param(
            Need(skill="billing"), crew(), Assign(ANNA, "free_with_skill"), id="the skill comes before the freer hands"
        ),
        pytest.param(
            Need(skill="general"),
            crew(anna={"holding": 2}),
            Assign(ANNA, "free_with_skill"),
            id="of two who hold as many the lower id",
        ),
        pytest.param(
            Need(skill="technical"),
            crew(),
            Assign(MAREK, "free_for_all"),
            id="without anybody with the skill the freest on shift",
        ),
        pytest.param(Need(), crew(), Assign(MAREK, "free_for_all"), id="a message that asks for no skill"),
        pytest.param(
            Need(last_served_by=ANNA, skill="general"),
            crew(anna={"on_shift": False}, marek={"on_shift": False}),
            Queue("nobody_on_shift"),
            id="nobody is on shift",
        ),
        pytest.param(
            Need(skill="general"),
            crew(anna={"active": False}, marek={"active": False}),
            Queue("nobody_on_shift"),
            id="a shift of people who have left is empty",
        ),
        pytest.param(Need(owner=ANNA), [], Queue("nobody_on_shift"), id="there is no crew at all"),
    ],
)
def test_who_takes_it(need: Need, people: list[Consultant], decision: Assign | Queue) -> None:
    assert choose(need, people) == decision


def test_the_order_of_the_crew_does_not_matter() -> None:
    people = crew(anna={"holding": 2}, ewa={"on_shift": True, "holding": 2})

    assert {choose(Need(skill="general"), order) for order in permutations(people)} == {Assign(ANNA, "free_with_skill")}


consultants = st.builds(
    Consultant,
    id=st.integers(1, 6),
    on_shift=st.booleans(),
    skills=st.frozensets(st.sampled_from(["general", "technical"])),
    holding=st.integers(0, 3),
    active=st.booleans(),
)
needs = st.builds(
    Need,
    owner=st.none() | st.integers(1, 6),
    last_served_by=st.none() | st.integers(1, 6),
    skill=st.sampled_from(["", "general", "technical"]),
)


@settings(deadline=None, max_examples=200)
@given(needs, st.lists(consultants, max_size=6, unique_by=lambda one: one.id))
def test_work_goes_to_people_who_are_there(need: Need, people: list[Consultant]) -> None:
    decision = choose(need, people)

    if isinstance(decision, Queue):
        assert not any(one.active and one.on_shift for one in people)
    else:
        chosen = next(one for one in people if one.id == decision.consultant_id)
        assert chosen.active
        assert chosen.on_shift or decision.reason == "owner"
