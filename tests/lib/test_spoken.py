"""Moments as people say them; Warsaw's clock, whatever the server's is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from samehand.lib import spoken

NOW = datetime(2026, 11, 23, 13, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("away", "said"),
    [
        pytest.param(timedelta(minutes=30), "14:32", id="today only the clock"),
        pytest.param(timedelta(hours=-14), "0:02", id="today begins at our midnight"),
        pytest.param(timedelta(hours=-15), "yesterday 23:02", id="yesterday by name"),
        pytest.param(timedelta(hours=19), "tomorrow 9:02", id="tomorrow by name"),
        pytest.param(timedelta(days=-20), "3 November, 14:02", id="further away the day"),
        pytest.param(
            timedelta(days=-400), "19 October 2025, 15:02", id="another year is told, and summer time is kept"
        ),
    ],
)
def test_a_moment_is_said_as_short_as_it_is_clear(away: timedelta, said: str) -> None:
    with override("en"):
        assert spoken.when(NOW + away, NOW) == said


@pytest.mark.parametrize(
    ("away", "english", "polish"),
    [
        pytest.param(timedelta(minutes=30), "until 14:32", "do 14:32", id="today only the clock"),
        pytest.param(timedelta(hours=11), "until tomorrow 1:02", "do jutra, 1:02", id="past midnight"),
        pytest.param(timedelta(days=4), "until 27 November, 14:02", "do 27 listopada, 14:02", id="another day"),
    ],
)
def test_until_when_something_lasts(away: timedelta, english: str, polish: str) -> None:
    with override("en"):
        assert spoken.until(NOW + away, NOW) == english
    with override("pl"):
        assert spoken.until(NOW + away, NOW) == polish


@pytest.mark.parametrize(
    ("left", "said"),
    [
        pytest.param(timedelta(minutes=12), "12 min", id="minutes"),
        pytest.param(timedelta(seconds=40), "1 min", id="less than a minute is still one"),
        pytest.param(timedelta(hours=2, minutes=10), "2 h 10 min", id="hours and minutes"),
        pytest.param(timedelta(hours=3), "3 h", id="whole hours"),
        pytest.param(timedelta(days=3), "3 days", id="days"),
        pytest.param(timedelta(minutes=-5), "5 min late", id="what is over is late"),
        pytest.param(timedelta(seconds=-5), "1 min late", id="a few seconds late are a minute"),
    ],
)
def test_what_is_left_of_a_promise(left: timedelta, said: str) -> None:
    with override("en"):
        assert spoken.left(NOW + left, NOW) == said


@pytest.mark.parametrize(("language", "said"), [("en", "3 Nov"), ("pl", "3 lis")])
def test_a_narrow_column_has_room_for_the_day(language: str, said: str) -> None:
    with override(language):
        assert spoken.brief(NOW - timedelta(days=20), NOW) == said


def test_a_share_is_never_less_than_nothing_nor_more_than_all() -> None:
    assert spoken.Due("open", NOW + timedelta(minutes=15)).share(NOW) == 50
    assert spoken.Due("broken", NOW - timedelta(minutes=5)).share(NOW) == 0
    assert spoken.Due("open", NOW + timedelta(days=2)).share(NOW) == 100
