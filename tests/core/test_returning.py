"""When somebody is back, what one may choose meanwhile, and what is promised when the waiting ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samehand.core.hours import Hours, Span, add
from samehand.core.promises import Terms
from samehand.core.returning import FAR, Return, back, may_choose, resumed, still_comes

WARSAW = ZoneInfo("Europe/Warsaw")
DAILY = Hours("Europe/Warsaw", ((Span(8 * 60, 22 * 60),),) * 7)
ALWAYS = Hours("Europe/Warsaw", ((Span(0, 24 * 60),),) * 7)
TERMS = Terms(promise=timedelta(minutes=30), risk=timedelta(minutes=10))


def at(day: int, hour: int, minute: int = 0, *, month: int = 11, fold: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=WARSAW, fold=fold).astimezone(UTC)


NOW = at(23, 16)


@pytest.mark.parametrize(
    ("present", "returns"),
    [
        pytest.param([(at(24, 8), at(24, 16))], (at(24, 8), at(24, 8, 30)), id="tomorrow morning"),
        pytest.param([(at(24, 6), at(24, 14))], (at(24, 8), at(24, 8, 30)), id="not before the desk opens"),
        pytest.param([(at(23, 18), at(23, 22))], (at(23, 18), at(23, 18, 30)), id="a split shift, later today"),
        pytest.param(
            [(at(23, 18), at(23, 18, 20)), (at(24, 10), at(24, 18))], (at(24, 10), at(24, 10, 30)),
            id="twenty minutes are too few for the promise",
        ),
        pytest.param([(at(23, 23), at(24, 7))], None, id="only while the desk is closed"),
        pytest.param([(at(23, 8), at(23, 15))], None, id="gone, and nothing planned"),
        pytest.param([], None, id="no shift at all"),
    ],
)  # fmt: skip
def test_when_she_is_back(present: list[tuple[datetime, datetime]], returns: tuple[datetime, datetime] | None) -> None:
    assert back(present, DAILY, TERMS, NOW) == (Return(*returns) if returns else None)


@pytest.mark.parametrize(
    ("begin", "due"),
    [
        pytest.param(at(25, 2, 45, month=10), at(25, 2, 15, month=10, fold=1), id="the hour that comes twice"),
        pytest.param(at(25, 2, 45, month=10, fold=1), at(25, 3, 15, month=10), id="its second coming"),
        pytest.param(at(29, 1, 45, month=3), at(29, 3, 15, month=3), id="over the hour that is skipped"),
    ],
)
def test_in_the_nights_on_which_clocks_change_half_an_hour_is_half_an_hour(begin: datetime, due: datetime) -> None:
    found = back([(begin, begin + timedelta(hours=6))], ALWAYS, TERMS, begin - timedelta(hours=2))

    assert found == Return(begin, due)
    assert found.due - found.at == timedelta(minutes=30)


BACK = Return(at(24, 8), at(24, 8, 30))


@pytest.mark.parametrize(
    ("due_at", "returns", "now", "may"),
    [
        pytest.param(at(23, 16, 30), BACK, NOW, True, id="somebody else would answer before she is back"),
        pytest.param(at(24, 8, 30), BACK, NOW, False, id="she is back in time anyway"),
        pytest.param(at(23, 15, 30), BACK, NOW, False, id="a broken promise is not made whole"),
        pytest.param(at(23, 16, 30), None, NOW, False, id="nobody knows when she is back"),
        pytest.param(at(23, 16, 30), Return(NOW, at(23, 16, 40)), NOW, False, id="she is there"),
        pytest.param(
            at(23, 16, 30), Return(NOW + FAR + timedelta(hours=1), at(30, 18)), NOW, False, id="farther than a week"
        ),
    ],
)
def test_what_one_may_choose(due_at: datetime, returns: Return | None, now: datetime, may: bool) -> None:
    assert may_choose(due_at, returns, now) is may


@pytest.mark.parametrize(
    ("present", "now", "comes"),
    [
        pytest.param([(at(24, 8), at(24, 16))], NOW, True, id="as planned"),
        pytest.param([(at(24, 8), at(24, 16))], at(24, 8, 10), True, id="she is there, with twenty minutes left"),
        pytest.param([(at(25, 8), at(25, 16))], NOW, False, id="a day later"),
        pytest.param([], NOW, False, id="never"),
        pytest.param([], at(24, 9), True, id="it is over already: broken, not ended"),
    ],
)
def test_whether_she_still_comes(present: list[tuple[datetime, datetime]], now: datetime, comes: bool) -> None:
    assert still_comes(BACK.due, present, back(present, DAILY, TERMS, now), now) is comes


@pytest.mark.parametrize(
    ("now", "due"),
    [
        pytest.param(at(23, 15, 50), at(23, 16, 30), id="at once: what was promised first"),
        pytest.param(at(23, 18), at(23, 18, 30), id="later: as if asked now"),
        pytest.param(at(24, 8, 10), at(24, 8, 30), id="when she is nearly back: by her promise"),
    ],
)
def test_by_when_after_the_waiting_ended(now: datetime, due: datetime) -> None:
    assert resumed(at(23, 16, 30), BACK.due, DAILY, TERMS, now) == due


moments = st.integers(0, 5000).map(lambda minutes: at(23, 0) + timedelta(minutes=minutes))


@given(st.lists(st.tuples(moments, st.integers(1, 600)), max_size=5), moments)
def test_a_return_lies_in_her_time_and_in_open_hours(spans: list[tuple[datetime, int]], now: datetime) -> None:
    present = [(begin, begin + timedelta(minutes=length)) for begin, length in spans]

    found = back(present, DAILY, TERMS, now)

    if found:
        assert found.at >= now
        assert any(begin <= found.at and found.due <= end for begin, end in present)
        assert found.due == add(DAILY, found.at, TERMS.promise)


@given(moments, moments, moments)
def test_ending_never_promises_later_than_the_choice(before: datetime, chosen: datetime, now: datetime) -> None:
    due = resumed(before, chosen, DAILY, TERMS, now)

    assert due <= chosen
    assert due == chosen or due >= before
