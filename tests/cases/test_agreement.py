"""The live desk and the simulator make the same decisions: a day of the one, told again to the other."""

from __future__ import annotations

import pytest

from samehand.cases.models import Turn
from samehand.lib.models import Event
from samehand.sim.making import make_world
from samehand.sim.profile import Profile
from tests.cases.replaying import Desk, record

pytestmark = pytest.mark.django_db

CREW = Profile(
    days=2,
    warm_days=0,
    subscribers=60,
    messages_per_day=100,
    people=5,
    name="two days",
    over_dispersion=1.9,
    returning=0.5,
    topics={
        "general": {"share": 0.7, "median_minutes": 9.0, "sigma": 0.8},
        "technical": {"share": 0.3, "median_minutes": 14.0, "sigma": 0.8},
    },
    languages={"pl": 0.8, "en": 0.2},
    exchange_tail=1.6,
    # What comes while the case is in hand is answered together with it here, and is a work of its own there.
    postscript_share=0.0,
    skills=({"share": 0.5, "topics": ["general"]}, {"share": 0.5, "topics": ["general", "technical"]}),
    spoken=({"share": 0.6, "languages": ["pl"]}, {"share": 0.4, "languages": ["pl", "en"]}),
    starts=(390.0, 420.0, 600.0, 780.0),
    sick_share=0.15,
    sick_days=1.0,
    leave_days_per_year=0,
    calls_per_hour=0.8,
)


def test_a_day_replayed_through_the_desk_gives_the_same_assignments_as_the_simulator() -> None:
    world = make_world(CREW, seed=1)
    recorded = record(world)
    desk = Desk(world)
    desk.open()

    for group in recorded.groups:
        desk.live(group)

    assert desk.gives() == recorded.gives
    kinds = {kind for group in recorded.groups for kind, _what in group.events}
    assert kinds == {"message", "on", "off", "absent", "free", "break", "call", "first", "done"}
    assert any(not group.events for group in recorded.groups)
    given = Event.objects.filter(kind="case.given").values_list("data", flat=True)
    assert {data["reason"] for data in given} >= {"owner", "second", "known", "fits"}
    assert any(data["instead_of"] for data in given)
    assert Turn.objects.filter(given_to=None).count() == len(recorded.engine.board.messages)
