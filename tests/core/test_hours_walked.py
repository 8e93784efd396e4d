"""Service hours against somebody who sits beside the clock of the desk and looks at it every minute."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samehand.core.hours import Hours, Span, add, between, is_open, next_opening

MINUTE = timedelta(minutes=1)

# Each night: the zone, the day on which the walk begins, and why the night is there.
NIGHTS = {
    "the spring night in Warsaw": ("Europe/Warsaw", date(2026, 3, 27)),
    "the autumn night in Warsaw": ("Europe/Warsaw", date(2026, 10, 23)),
    "a change of half an hour": ("Australia/Lord_Howe", date(2026, 4, 3)),
    "a change just after midnight": ("America/St_Johns", date(2010, 11, 5)),
    "a day that was left out": ("Pacific/Apia", date(2011, 12, 28)),
}
WALK = 5 * 1440


@lru_cache
def clock(zone: str, begin: date) -> tuple[tuple[datetime, datetime], ...]:
    """Every UTC minute of the walk with the furthest wall time that the clock has shown so far."""
    start = datetime.combine(begin, time(), ZoneInfo(zone)).astimezone(UTC)
    furthest, seen = start.replace(tzinfo=None) - timedelta(days=2), []
    for moment in (start + MINUTE * n for n in range(WALK)):
        furthest = max(furthest, moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None))
        seen.append((moment, furthest))
    return tuple(seen)


def wall_spans(hours: Hours, begin: date) -> list[tuple[datetime, datetime]]:
    days = [begin + timedelta(days=n) for n in range(-1, 7)]
    return [
        (datetime.combine(day, time()) + MINUTE * opens, datetime.combine(day, time()) + MINUTE * closes)
        for day in days
        for opens, closes in hours.days.get(day, hours.week[day.weekday()])
    ]


def open_minutes(hours: Hours, begin: date) -> Iterator[tuple[datetime, bool]]:
    """A minute is open when a span's opening has been reached and its closing has not."""
    spans = wall_spans(hours, begin)
    for moment, shown in clock(hours.zone, begin):
        yield moment, any(opens <= shown < closes for opens, closes in spans)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Any span, with a liking for the hours around midnight and around the change."""
    near = st.integers(0, 239) | st.integers(1260, 1439)
    opens = draw(near | st.integers(0, 1439) | st.sampled_from([0, 60, 120, 150, 180, 1320]))
    length = draw(st.integers(1, 240) | st.integers(1, 1440) | st.sampled_from([30, 60, 480, 1440]))
    return Span(opens, opens + length)


days_of_spans = st.lists(spans(), max_size=3).map(tuple)


@st.composite
def calendars(draw: st.DrawFn) -> tuple[Hours, date]:
    zone, begin = draw(st.sampled_from(list(NIGHTS.values()) + [NIGHTS["the spring night in Warsaw"]] * 2))
    week = draw(st.tuples(*[days_of_spans] * 7))
    special = st.integers(-1, 5).map(lambda n: begin + timedelta(days=n))
    return Hours(zone, week, draw(st.dictionaries(special, days_of_spans, max_size=2))), begin


@settings(deadline=None, max_examples=120)
@given(calendars())
def test_every_minute_is_open_or_closed_as_the_clock_says(calendar: tuple[Hours, date]) -> None:
    hours, begin = calendar

    for moment, opened in open_minutes(hours, begin):
        assert is_open(hours, moment) is opened, moment


@settings(deadline=None, max_examples=200)
@given(calendars(), st.integers(0, 4 * 1440), st.integers(1, 900))
def test_the_sum_is_the_minute_that_the_walk_ends_on(calendar: tuple[Hours, date], start: int, service: int) -> None:
    hours, begin = calendar
    minutes = list(open_minutes(hours, begin))[start:]
    walked = [moment for moment, opened in minutes if opened]

    if len(walked) >= service:
        assert add(hours, minutes[0][0], MINUTE * service) == walked[service - 1] + MINUTE
    if walked:
        assert next_opening(hours, minutes[0][0]) == walked[0]


@settings(deadline=None, max_examples=100)
@given(calendars(), st.integers(0, WALK - 1), st.integers(0, WALK - 1))
def test_the_time_between_is_the_open_minutes_counted(calendar: tuple[Hours, date], one: int, other: int) -> None:
    hours, begin = calendar
    first, last = sorted((one, other))
    minutes = list(open_minutes(hours, begin))

    counted = sum(opened for _moment, opened in minutes[first:last])

    assert between(hours, minutes[first][0], minutes[last][0]) == MINUTE * counted


@settings(deadline=None, max_examples=150)
@given(calendars(), st.integers(0, 4 * 86400 * 10**6), st.integers(1, 2 * 86400 * 10**6))
def test_what_was_added_is_what_lies_between(calendar: tuple[Hours, date], start: int, service: int) -> None:
    hours, begin = calendar
    if not any(hours.week):
        return
    moment = datetime.combine(begin, time(), UTC) + timedelta(microseconds=start)

    result = add(hours, moment, timedelta(microseconds=service))

    assert between(hours, moment, result) == timedelta(microseconds=service)
    assert between(hours, moment, result - timedelta(microseconds=1)) == timedelta(microseconds=service - 1)


@pytest.mark.parametrize("night", NIGHTS.values(), ids=NIGHTS)
def test_round_the_clock_loses_and_gains_nothing(night: tuple[str, date]) -> None:
    zone, begin = night
    hours = Hours(zone, ((Span(0, 1440),),) * 7)
    start = datetime.combine(begin, time(), ZoneInfo(zone)).astimezone(UTC)

    assert add(hours, start, timedelta(days=4)) == start + timedelta(days=4)
    assert all(opened for _moment, opened in open_minutes(hours, begin))
