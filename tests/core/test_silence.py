"""When a silence is longer than the habit, as a table of days, nights, weekends and clocks that change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samehand.core.silence import HOUR, LEAST_MAILS, LONGEST, SHORTEST, Habit, learn, unusual_from

WARSAW = "Europe/Warsaw"
MONDAY = datetime(2026, 9, 28)  # noqa: DTZ001  # hours on the wall


def eight_weeks(by_day: int = 12, by_night: int = 0, on_weekends: int = 0) -> dict[datetime, int]:
    """Mails in each hour: from 8 to 20, in the other hours, on Saturdays and Sundays."""
    counts: dict[datetime, int] = {}
    for number in range(56 * 24):
        hour = MONDAY + number * HOUR
        rate = on_weekends if hour.weekday() > 4 else by_day if 8 <= hour.hour < 20 else by_night
        if rate:
            counts[hour] = rate
    return counts


def office() -> Habit:
    habit = learn(eight_weeks(), MONDAY + timedelta(weeks=8))
    assert habit
    return habit


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("last", "unusual"),
    [
        pytest.param(utc(2026, 11, 24, 9, 0), utc(2026, 11, 24, 9, 57), id="by day an hour is long"),
        pytest.param(utc(2026, 11, 24, 18, 50), utc(2026, 11, 25, 7, 47), id="a night is not"),
        pytest.param(utc(2026, 11, 27, 18, 50), utc(2026, 11, 30, 7, 47), id="nor is a weekend"),
        pytest.param(utc(2026, 10, 24, 12, 0), utc(2026, 10, 26, 7, 57), id="winter time begins at eight on its clock"),
        pytest.param(utc(2026, 3, 28, 12, 0), utc(2026, 3, 30, 6, 57), id="summer time begins at eight on its clock"),
    ],
)
def test_a_silence_is_measured_by_its_hours(last: datetime, unusual: datetime) -> None:
    found = unusual_from(office(), last, WARSAW)

    assert found
    assert abs(found - unusual) < timedelta(minutes=1)


def test_on_a_holiday_sunday_is_the_measure() -> None:
    feast = date(2026, 11, 11)

    assert unusual_from(office(), utc(2026, 11, 11, 9, 0), WARSAW) < utc(2026, 11, 11, 11)  # type: ignore[operator]
    found = unusual_from(office(), utc(2026, 11, 11, 9, 0), WARSAW, {feast})
    assert found
    assert abs(found - utc(2026, 11, 12, 7, 57)) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("counts", "until"),
    [
        pytest.param({}, MONDAY, id="nothing ever came"),
        pytest.param(eight_weeks(), MONDAY + timedelta(days=20), id="less than three weeks"),
        pytest.param({MONDAY: LEAST_MAILS - 1}, MONDAY + timedelta(weeks=8), id="hardly a mail"),
    ],
)
def test_too_little_is_no_habit(counts: dict[datetime, int], until: datetime) -> None:
    known = {hour: number for hour, number in counts.items() if hour < until}
    assert learn(known, until) is None


def test_a_very_busy_mailbox_is_given_a_quarter_of_an_hour() -> None:
    busy = learn(eight_weeks(by_day=3000, by_night=3000, on_weekends=3000), MONDAY + timedelta(weeks=8))
    assert busy

    assert unusual_from(busy, utc(2026, 11, 24, 9), WARSAW) == utc(2026, 11, 24, 9) + SHORTEST


def test_days_that_differ_make_it_more_patient_and_an_outage_hardly() -> None:
    until = MONDAY + timedelta(weeks=8)
    uneven = {hour: number * (2 if hour.toordinal() % 3 else 1) for hour, number in eight_weeks().items()}
    outage = {hour: number for hour, number in eight_weeks().items() if not 21 <= (hour - MONDAY).days < 26}
    last = utc(2026, 11, 24, 7, 0)
    calm, wild, hurt = (learn(counts, until) for counts in (eight_weeks(), uneven, outage))
    assert calm and wild and hurt

    assert calm.spread == 0 < wild.spread
    assert unusual_from(hurt, last, WARSAW) < last + timedelta(hours=6)  # type: ignore[operator]


@given(
    rates=st.lists(st.floats(0, 500), min_size=168, max_size=168),
    spread=st.floats(0, 0.2),
    minutes=st.integers(0, 60 * 24 * 400),
)
def test_it_comes_after_the_last_mail_and_not_later_than_three_weeks(
    rates: list[float], spread: float, minutes: int
) -> None:
    last = utc(2026, 1, 1) + timedelta(minutes=minutes)

    found = unusual_from(Habit(tuple(rates), spread), last, WARSAW)

    assert found is None or last + SHORTEST <= found <= last + LONGEST + HOUR


@given(more=st.floats(1, 50), minutes=st.integers(0, 60 * 24 * 7))
def test_the_more_usually_comes_the_sooner_it_is_noticed(more: float, minutes: int) -> None:
    last, few = utc(2026, 11, 23) + timedelta(minutes=minutes), Habit((0.7,) * 168, 0.05)
    many = Habit(tuple(rate * more for rate in few.rates), 0.05)

    sooner, later = unusual_from(many, last, WARSAW), unusual_from(few, last, WARSAW)

    assert sooner and later
    assert sooner <= later + timedelta(seconds=1)
