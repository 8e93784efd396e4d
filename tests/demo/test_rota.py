"""Shifts around the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from samehand.demo.rota import turns

WARSAW = ZoneInfo("Europe/Warsaw")
CREWS = {0: ["anna", "marek", "ewa"], 1: ["kasia", "tomek", "basia"], 2: ["piotr", "julia", "kuba"]}
MOMENTS = {
    "in the morning": datetime(2026, 11, 23, 7, 0, tzinfo=UTC),
    "at the change of shifts": datetime(2026, 5, 4, 12, 0, tzinfo=UTC),
    "in the night": datetime(2026, 7, 1, 23, 30, tzinfo=UTC),
    "before six": datetime(2026, 11, 23, 4, 10, tzinfo=UTC),
    "around the night when clocks go back": datetime(2026, 10, 20, 9, 0, tzinfo=UTC),
}


@pytest.mark.parametrize("now", MOMENTS.values(), ids=MOMENTS.keys())
def test_the_first_crew_is_there_now_and_somebody_always(now: datetime) -> None:
    rota = turns(CREWS, now=now, zone=WARSAW, days=range(-3, 60))

    present = {turn.email for turn in rota if turn.starts_at <= now < turn.ends_at}
    assert present == {"anna", "marek", "ewa"}
    for half_hours in range(59 * 48 - 48):
        moment = now + timedelta(minutes=30 * half_hours)
        assert any(turn.starts_at <= moment < turn.ends_at for turn in rota), moment


def test_nobody_works_seven_days_in_a_row() -> None:
    rota = turns(CREWS, now=MOMENTS["in the morning"], zone=WARSAW, days=range(28))

    for email in (email for crew in CREWS.values() for email in crew):
        assert sum(turn.email == email for turn in rota) == 20
