"""Days on which something repeats: told as a table, and against dateutil for rules that end."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday
from hypothesis import given, settings
from hypothesis import strategies as st

from samehand.core.recurrence import FREQUENCIES, NotFollowed, Rule, days

MONDAY = date(2026, 11, 23)


def told(rule: str, first: date = MONDAY, begin: date = MONDAY, length: int = 60) -> list[str]:
    parts = {key: value.split(",") for key, value in (part.split("=") for part in rule.split(";"))}
    found = days(Rule.of(parts, None), first, begin, begin + timedelta(days=length))
    return [f"{day.day}.{day.month}" for day in found]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        pytest.param("FREQ=DAILY;COUNT=3", ["23.11", "24.11", "25.11"], id="three days"),
        pytest.param("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3", ["23.11", "25.11", "30.11"], id="Mondays and Wednesdays"),
        pytest.param("FREQ=WEEKLY;INTERVAL=2;COUNT=3", ["23.11", "7.12", "21.12"], id="every other week"),
        pytest.param("FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", ["27.11", "25.12"], id="the last Friday of the month"),
        pytest.param("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", ["30.11", "31.12"], id="the last day of the month"),
        pytest.param("FREQ=DAILY;INTERVAL=7;BYDAY=TU", [], id="a rule that never matches ends"),
        pytest.param("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", [], id="so does the thirtieth of February"),
    ],
)
def test_days_of_a_rule(rule: str, expected: list[str]) -> None:
    assert told(rule) == expected


def test_what_began_before_counts_from_its_beginning() -> None:
    assert told("FREQ=DAILY;COUNT=10", first=MONDAY - timedelta(days=8)) == ["23.11", "24.11"]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=HOURLY", "FREQ=", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;BYHOUR=1,2,3", "FREQ=DAILY;BYSECOND=1", "FREQ=DAILY;INTERVAL=x", "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=MONTHLY;BYDAY=9MO", "FREQ=WEEKLY;BYDAY=2MO", "FREQ=YEARLY;BYDAY=20MO", "FREQ=DAILY;COUNT=9" + "9" * 400,
        "FREQ=DAILY;WKST=", "FREQ=MONTHLY;BYMONTHDAY=99", "FREQ=YEARLY;BYYEARDAY=100",
    ],
)  # fmt: skip
def test_what_is_not_followed(rule: str) -> None:
    with pytest.raises(NotFollowed):
        told(rule)


def test_what_began_too_long_ago() -> None:
    with pytest.raises(NotFollowed):
        told("FREQ=DAILY", first=date(1900, 1, 1))


weekdays = st.frozensets(st.tuples(st.just(0), st.integers(0, 6)), max_size=3)


@given(
    st.sampled_from(FREQUENCIES),
    st.integers(1, 4),
    st.none() | st.integers(1, 30),
    weekdays,
    st.frozensets(st.integers(1, 28) | st.integers(-3, -1), max_size=2),
    st.frozensets(st.integers(1, 12), max_size=2),
    st.integers(0, 6),
    st.integers(0, 800),
)
@settings(deadline=None, max_examples=300)
def test_dateutil_finds_the_same(
    frequency: str,
    interval: int,
    count: int | None,
    byday: frozenset[tuple[int, int]],
    monthdays: frozenset[int],
    months: frozenset[int],
    week_starts: int,
    offset: int,
) -> None:
    if frequency == "WEEKLY":
        monthdays = frozenset()  # RFC 5545 forbids it
    first = MONDAY + timedelta(days=offset)
    end = first + timedelta(days=500)
    rule = Rule(frequency, interval, count, None, byday, monthdays, months, week_starts)

    ours = list(days(rule, first, first, end))

    begins, ends = (datetime.fromisoformat(day.isoformat()) for day in (first, end - timedelta(days=1)))
    theirs = rrule(
        {"DAILY": DAILY, "WEEKLY": WEEKLY, "MONTHLY": MONTHLY, "YEARLY": YEARLY}[frequency],
        dtstart=begins,
        interval=interval,
        # Its own end, because it would search for a match for ever.
        until=ends if count is None else None,
        count=count,
        byweekday=[weekday(day) for _n, day in byday] or None,
        bymonthday=sorted(monthdays) or None,
        bymonth=sorted(months) or None,
        wkst=week_starts,
    )
    assert ours == [moment.date() for moment in theirs.between(begins, ends, inc=True)]
