"""What is closed between two instants, and what takes longer meanwhile: promises move later, never earlier."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samehand.core.hours import Hours, Interval, NeverOpen, add, between, is_open, next_opening, opened
from samehand.core.promises import Slower, Terms, due_at, moved

from .test_hours import ALWAYS, DAYTIME, LUNCH, at
from .test_hours_walked import MINUTE, calendars, open_minutes

HALF_AN_HOUR = timedelta(minutes=30)
TERMS = Terms(promise=HALF_AN_HOUR, risk=timedelta(minutes=10))
DAY = timedelta(days=1)


def closed(hours: Hours, *spans: tuple[str, str]) -> Hours:
    return Hours(hours.zone, hours.week, hours.days, tuple((at(begins), at(ends)) for begins, ends in spans))


AFTERNOON = closed(DAYTIME, ("2026-03-02T14:00", "2026-03-02T18:00"))

DUE = [
    pytest.param(AFTERNOON, "2026-03-02T13:00", "2026-03-02T13:30", id="before it all is as ever"),
    pytest.param(AFTERNOON, "2026-03-02T13:30", "2026-03-02T14:00", id="due at the very closing"),
    pytest.param(AFTERNOON, "2026-03-02T13:50", "2026-03-02T18:20", id="ten minutes before it and twenty after"),
    pytest.param(AFTERNOON, "2026-03-02T15:00", "2026-03-02T18:30", id="asked meanwhile"),
    pytest.param(AFTERNOON, "2026-03-02T18:00", "2026-03-02T18:30", id="asked when it is over"),
    pytest.param(
        closed(DAYTIME, ("2026-03-02T14:00", "2026-03-02T16:00"), ("2026-03-02T15:00", "2026-03-02T18:00")),
        "2026-03-02T13:50",
        "2026-03-02T18:20",
        id="closings that overlap count once",
    ),
    pytest.param(
        closed(DAYTIME, ("2026-03-02T20:00", "2026-03-03T10:00")),
        "2026-03-02T19:50",
        "2026-03-03T10:20",
        id="over the night",
    ),
    pytest.param(
        closed(LUNCH, ("2026-03-02T12:00", "2026-03-02T13:00")),
        "2026-03-02T11:50",
        "2026-03-02T13:20",
        id="at a time that is closed anyway",
    ),
    pytest.param(
        closed(ALWAYS, ("2026-03-29T01:00", "2026-03-29T04:00")),
        "2026-03-29T00:50",
        "2026-03-29T04:20",
        id="over the night in which the clocks go forward",
    ),
]


@pytest.mark.parametrize(("hours", "asked", "due"), DUE)
def test_a_promise_waits_until_somebody_answers_again(hours: Hours, asked: str, due: str) -> None:
    assert due_at(at(asked), hours, TERMS) == at(due)
    assert moved(at(asked), hours, TERMS) == at(due) - add(hours.usual(), at(asked), HALF_AN_HOUR)


def test_what_is_closed_is_not_open_and_does_not_count() -> None:
    assert is_open(AFTERNOON, at("2026-03-02T13:59:59"))
    assert not is_open(AFTERNOON, at("2026-03-02T14:00"))
    assert is_open(AFTERNOON, at("2026-03-02T18:00"))
    assert next_opening(AFTERNOON, at("2026-03-02T15:00")) == at("2026-03-02T18:00")
    assert between(AFTERNOON, at("2026-03-02T08:00"), at("2026-03-02T22:00")) == timedelta(hours=10)
    assert len(opened(AFTERNOON, at("2026-03-02T00:00"), at("2026-03-03T00:00"))) == 2


def test_a_calendar_knows_itself_without_its_closings() -> None:
    assert AFTERNOON != DAYTIME
    assert AFTERNOON.usual() == DAYTIME
    assert DAYTIME.usual() is DAYTIME


def test_a_closing_for_longer_than_anybody_waits_is_said() -> None:
    for_ever = closed(DAYTIME, ("2026-03-02T00:00", "2028-03-02T00:00"))

    with pytest.raises(NeverOpen):
        add(for_ever, at("2026-03-02T12:00"), HALF_AN_HOUR)


def test_a_closing_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        Hours(DAYTIME.zone, DAYTIME.week, {}, ((datetime(2026, 3, 2), datetime(2026, 3, 3)),))  # noqa: DTZ001


SLOW = Slower(at("2026-03-02T12:00"), at("2026-03-02T15:00"), timedelta(hours=2))
WITHIN = [
    pytest.param((), "2026-03-02T12:30", 30, id="at usual times"),
    pytest.param((SLOW,), "2026-03-02T11:59", 30, id="a minute before"),
    pytest.param((SLOW,), "2026-03-02T12:00", 120, id="from its first instant"),
    pytest.param((SLOW,), "2026-03-02T15:00", 30, id="not at its end"),
    pytest.param((SLOW, SLOW._replace(promise=timedelta(hours=3))), "2026-03-02T13:00", 180, id="the longest of two"),
    pytest.param((SLOW._replace(promise=MINUTE),), "2026-03-02T13:00", 30, id="never faster than usual"),
]


@pytest.mark.parametrize(("slower", "asked", "minutes"), WITHIN)
def test_what_is_asked_meanwhile_is_answered_later(slower: tuple[Slower, ...], asked: str, minutes: int) -> None:
    terms = Terms(HALF_AN_HOUR, MINUTE, slower)

    assert terms.within(at(asked)) == timedelta(minutes=minutes)
    assert due_at(at(asked), DAYTIME, terms) == at(asked) + timedelta(minutes=minutes)
    assert moved(at(asked), DAYTIME, terms) == timedelta(minutes=minutes - 30)
    assert terms.usual() == Terms(HALF_AN_HOUR, MINUTE)


@st.composite
def closings(draw: st.DrawFn, begin: date) -> tuple[Interval, ...]:
    start = datetime.combine(begin, datetime.min.time(), UTC)
    spans = st.tuples(st.integers(0, 5 * 1440), st.integers(1, 1800))
    found = draw(st.lists(spans, min_size=1, max_size=4))
    return tuple((start + MINUTE * first, start + MINUTE * (first + length)) for first, length in found)


@st.composite
def with_closings(draw: st.DrawFn) -> tuple[Hours, date]:
    hours, begin = draw(calendars())
    return Hours(hours.zone, hours.week, hours.days, draw(closings(begin))), begin


@settings(deadline=None, max_examples=60)
@given(with_closings())
def test_every_minute_is_open_unless_somebody_closed_it(calendar: tuple[Hours, date]) -> None:
    hours, begin = calendar

    for moment, usually in open_minutes(hours.usual(), begin):
        shut = any(begins <= moment < ends for begins, ends in hours.closed)
        assert is_open(hours, moment) == (usually and not shut)


@settings(deadline=None, max_examples=200)
@given(with_closings(), st.integers(0, 4 * 1440), st.integers(1, 600), st.integers(0, 600))
def test_no_promise_falls_due_while_closed_nor_earlier_than_without(
    calendar: tuple[Hours, date], after: int, minutes: int, slower: int
) -> None:
    hours, begin = calendar
    asked = datetime.combine(begin, datetime.min.time(), UTC) + MINUTE * after
    meanwhile = Slower(asked - DAY, asked + DAY, MINUTE * slower)
    terms = Terms(MINUTE * minutes, MINUTE, (meanwhile,))
    try:
        due = due_at(asked, hours, terms)
    except NeverOpen:
        return

    assert not any(begins < due <= ends for begins, ends in hours.closed)
    assert due >= due_at(asked, hours.usual(), terms.usual())
    assert between(hours, asked, due) == terms.within(asked)
