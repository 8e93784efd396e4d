"""The engine's minutes over the nights on which the clocks change, in zones that do it in their own ways."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from samehand.core.routing import Clock

WARSAW = Clock(ZoneInfo("Europe/Warsaw"))
# Half an hour, at midnight (so that a day begins at one), over midnight, a day that was left out, never.
ZONES = (
    "Europe/Warsaw",
    "Australia/Lord_Howe",
    "America/Santiago",
    "America/Asuncion",
    "America/St_Johns",
    "Pacific/Apia",
    "Asia/Kolkata",
    "UTC",
)
CLOCKS = st.sampled_from([Clock(ZoneInfo(name)) for name in ZONES])
INSTANTS = st.integers(0, 35 * 365 * 86_400 * 1_000_000).map(
    lambda microseconds: datetime(2005, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
)
MICROSECOND = timedelta(microseconds=1)


def warsaw(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WARSAW.zone)


@pytest.mark.parametrize(
    ("instant", "minute"),
    [
        pytest.param(warsaw("2024-01-01T00:00"), 0, id="the Monday from which it counts"),
        pytest.param(warsaw("2024-01-02T08:30"), 1440 + 510, id="half past eight on Tuesday"),
        pytest.param(warsaw("2024-07-01T08:00"), 182 * 1440 + 480, id="eight in summer"),
        pytest.param(datetime.fromisoformat("2026-03-29T00:59:00Z"), 818 * 1440 + 119, id="before the missing hour"),
        pytest.param(datetime.fromisoformat("2026-03-29T01:00:00Z"), 818 * 1440 + 180, id="after the missing hour"),
        pytest.param(datetime.fromisoformat("2026-10-25T00:00:00Z"), 1028 * 1440 + 120, id="two, for the first time"),
        pytest.param(datetime.fromisoformat("2026-10-25T01:00:00Z"), 1028 * 1440 + 150, id="two, for the second time"),
        pytest.param(datetime.fromisoformat("2026-10-25T02:00:00Z"), 1028 * 1440 + 180, id="three"),
    ],
)
def test_moments_of_warsaw(instant: datetime, minute: float) -> None:
    assert WARSAW.minute(instant) == minute
    assert WARSAW.instant(minute) == instant


def test_a_minute_of_the_missing_hour_is_the_moment_of_the_jump() -> None:
    assert WARSAW.instant(818 * 1440 + 150) == datetime.fromisoformat("2026-03-29T01:00:00Z")


@given(CLOCKS, INSTANTS, st.timedeltas(MICROSECOND, timedelta(hours=4)))
@example(WARSAW, datetime.fromisoformat("2026-10-25T00:59:59.999999Z"), MICROSECOND)
@example(WARSAW, datetime.fromisoformat("2026-03-29T00:59:59.999999Z"), MICROSECOND)
def test_later_is_more(clock: Clock, instant: datetime, later: timedelta) -> None:
    assert clock.minute(instant) < clock.minute(instant + later)


@given(CLOCKS, st.integers(2005, 2039), st.integers(0, 12 * 31 * 24 * 4))
def test_later_is_more_in_every_quarter_of_a_year(clock: Clock, year: int, quarter: int) -> None:
    at = datetime(year, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * quarter)
    minutes = [clock.minute(at + timedelta(minutes=5 * step)) for step in range(60)]

    assert all(a < b for a, b in pairwise(minutes))


@given(CLOCKS, INSTANTS)
@example(WARSAW, datetime.fromisoformat("2026-10-25T00:30:00.000001Z"))
@example(WARSAW, datetime.fromisoformat("2026-10-25T01:30:00.000001Z"))
def test_the_way_back(clock: Clock, instant: datetime) -> None:
    assert clock.instant(clock.minute(instant)) == instant


@given(CLOCKS, INSTANTS)
def test_a_day_is_1440_minutes_of_the_wall_clock(clock: Clock, instant: datetime) -> None:
    day, minute = divmod(clock.minute(instant), 1440)
    local = instant.astimezone(clock.zone)

    assert day == clock.day(instant)
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        assert day == (local.date() - date(2024, 1, 1)).days
        assert round(minute * 60_000_000) == (local.hour * 3600 + local.minute * 60 + local.second) * 1_000_000 + (
            local.microsecond
        )
