"""Service hours, as tables for the desk's days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from samehand.core.hours import Hours, NeverOpen, Span, add, between, is_open, next_opening

WARSAW = ZoneInfo("Europe/Warsaw")
NEVER: tuple[Span, ...] = ()


def span(text: str) -> Span:
    """ "22:00-06:00" runs over midnight."""
    opens, closes = (int(at[:2]) * 60 + int(at[3:]) for at in text.split("-"))
    return Span(opens, closes if closes > opens else closes + 1440)


def daily(*spans: str, days: Mapping[date, tuple[Span, ...]] | None = None, zone: str = "Europe/Warsaw") -> Hours:
    return Hours(zone, (tuple(span(one) for one in spans),) * 7, days or {})


def only(weekday: int, *spans: str, days: Mapping[date, tuple[Span, ...]] | None = None) -> Hours:
    return Hours(
        "Europe/Warsaw",
        tuple(tuple(span(one) for one in spans) if day == weekday else NEVER for day in range(7)),
        days or {},
    )


def at(text: str, fold: int = 0) -> datetime:
    """A wall time in Warsaw; 2026-03-02 is a Monday."""
    return datetime.fromisoformat(text).replace(tzinfo=WARSAW, fold=fold)


DAYTIME = daily("08:00-22:00")
NIGHTS = daily("22:00-06:00")
ALWAYS = daily("00:00-00:00")
SHORT_FRIDAY = Hours(
    "Europe/Warsaw", ((span("08:00-18:00"),),) * 4 + ((span("08:00-14:00"),), NEVER, (span("10:00-12:00"),))
)
LUNCH = daily("08:00-12:00", "13:00-17:00")
OVERLAPPING = daily("12:00-20:00", "08:00-16:00", "09:00-10:00", "20:00-22:00")
MONDAY_HOLIDAYS = {date(2026, 3, day): NEVER for day in (2, 9, 16, 23)}
CHRISTMAS_EVE = {date(2026, 12, 24): (span("08:00-14:00"),), date(2026, 12, 25): NEVER}
HALF_NIGHT = {date(2026, 3, 3): NEVER}

SUMS = [
    pytest.param(DAYTIME, "2026-03-02T12:00", 30, "2026-03-02T12:30", id="at noon it is half past noon"),
    pytest.param(DAYTIME, "2026-03-02T12:00:17.25", 30, "2026-03-02T12:30:17.25", id="seconds and their parts count"),
    pytest.param(DAYTIME, "2026-03-02T21:50", 30, "2026-03-03T08:20", id="ten minutes tonight and twenty tomorrow"),
    pytest.param(DAYTIME, "2026-03-02T21:30", 30, "2026-03-02T22:00", id="due at the very closing"),
    pytest.param(DAYTIME, "2026-03-02T22:00", 30, "2026-03-03T08:30", id="at closing time it is tomorrow"),
    pytest.param(DAYTIME, "2026-03-02T23:30", 30, "2026-03-03T08:30", id="late at night it is tomorrow morning"),
    pytest.param(DAYTIME, "2026-03-03T03:00", 30, "2026-03-03T08:30", id="early in the morning it is this morning"),
    pytest.param(DAYTIME, "2026-03-02T08:00", 14 * 60 * 3, "2026-03-04T22:00", id="three whole days"),
    pytest.param(DAYTIME, "2026-03-02T23:00", 0, "2026-03-02T23:00", id="no time at all passes at once"),
    pytest.param(SHORT_FRIDAY, "2026-03-05T17:45", 30, "2026-03-06T08:15", id="from Thursday into the short Friday"),
    pytest.param(SHORT_FRIDAY, "2026-03-06T13:45", 30, "2026-03-08T10:15", id="from Friday over Saturday into Sunday"),
    pytest.param(SHORT_FRIDAY, "2026-03-08T11:59", 2, "2026-03-09T08:01", id="from Sunday into Monday"),
    pytest.param(LUNCH, "2026-03-02T11:50", 30, "2026-03-02T13:20", id="the lunch does not count"),
    pytest.param(LUNCH, "2026-03-02T12:30", 30, "2026-03-02T13:30", id="asked at lunch"),
    pytest.param(OVERLAPPING, "2026-03-02T07:00", 840, "2026-03-02T22:00", id="overlapping spans count once"),
    pytest.param(NIGHTS, "2026-03-02T23:50", 30, "2026-03-03T00:20", id="a night shift runs over midnight"),
    pytest.param(NIGHTS, "2026-03-03T05:50", 30, "2026-03-03T22:20", id="from the end of a night into the next"),
    pytest.param(NIGHTS, "2026-03-03T12:00", 30, "2026-03-03T22:30", id="the day is closed for a night shift"),
    pytest.param(
        ALWAYS, "2026-03-02T23:50", 30, "2026-03-03T00:20", id="round the clock no minute is lost at midnight"
    ),
    pytest.param(ALWAYS, "2026-03-02T00:00", 7 * 1440, "2026-03-09T00:00", id="round the clock for a week"),
    pytest.param(
        only(0, "10:00-12:00", days=MONDAY_HOLIDAYS),
        "2026-03-02T11:00",
        30,
        "2026-03-30T10:30",
        id="Mondays only and four of them are holidays",
    ),
    pytest.param(
        only(0, "10:00-10:01"), "2026-01-05T10:00", 60, "2027-02-22T10:01", id="a minute a week for over a year"
    ),
    pytest.param(
        daily("08:00-22:00", days=CHRISTMAS_EVE),
        "2026-12-24T13:50",
        30,
        "2026-12-26T08:20",
        id="a short Christmas Eve and a closed day",
    ),
    pytest.param(
        only(0, days={date(2026, 3, 7): (span("08:00-09:00"),)}),
        "2026-03-02T12:00",
        60,
        "2026-03-07T09:00",
        id="open on a single day of its own",
    ),
    pytest.param(
        daily("22:00-06:00", days=HALF_NIGHT),
        "2026-03-03T05:50",
        30,
        "2026-03-04T22:20",
        id="the night begun before a closed day ends in it and no other begins",
    ),
]


@pytest.mark.parametrize(("hours", "moment", "minutes", "due"), SUMS)
def test_when_so_much_open_time_has_passed(hours: Hours, moment: str, minutes: int, due: str) -> None:
    result = add(hours, at(moment), timedelta(minutes=minutes))

    assert result == at(due)
    assert result.tzinfo is UTC
    assert between(hours, at(moment), result) == timedelta(minutes=minutes)


DST = [
    pytest.param(NIGHTS, at("2026-03-28T22:00"), 7 * 60, at("2026-03-29T06:00"), id="the spring night has seven hours"),
    pytest.param(NIGHTS, at("2026-10-24T22:00"), 9 * 60, at("2026-10-25T06:00"), id="the autumn night has nine hours"),
    pytest.param(ALWAYS, at("2026-03-29T01:50"), 30, at("2026-03-29T03:20"), id="over the spring gap"),
    pytest.param(ALWAYS, at("2026-10-25T02:50"), 30, at("2026-10-25T02:20", fold=1), id="into the second two o'clock"),
    pytest.param(
        ALWAYS, at("2026-10-25T02:50", fold=1), 30, at("2026-10-25T03:20"), id="out of the second two o'clock"
    ),
    pytest.param(DAYTIME, at("2026-03-28T21:50"), 30, at("2026-03-29T08:20"), id="over the whole spring night"),
    pytest.param(DAYTIME, at("2026-10-24T21:50"), 30, at("2026-10-25T08:20"), id="over the whole autumn night"),
    pytest.param(
        daily("02:30-06:00"), at("2026-03-29T00:00"), 60, at("2026-03-29T04:00"), id="an opening in the gap is the jump"
    ),
    pytest.param(
        daily("01:00-02:30"), at("2026-03-29T00:00"), 60, at("2026-03-29T03:00"), id="a closing in the gap is the jump"
    ),
    pytest.param(
        daily("02:10-02:50"), at("2026-03-29T00:00"), 1, at("2026-03-30T02:11"), id="a span in the gap does not happen"
    ),
    pytest.param(
        daily("02:30-06:00"), at("2026-10-25T00:00"), 60, at("2026-10-25T02:30", fold=1), id="opens at the first 02:30"
    ),
    pytest.param(
        daily("01:00-02:30"), at("2026-10-25T00:00"), 91, at("2026-10-26T01:01"), id="closes at the first 02:30"
    ),
]


@pytest.mark.parametrize(("hours", "moment", "minutes", "due"), DST)
def test_when_the_clocks_change(hours: Hours, moment: datetime, minutes: int, due: datetime) -> None:
    result = add(hours, moment, timedelta(minutes=minutes))

    # Compared in UTC: between two moments of one zone Python compares the wall times and overlooks the fold.
    assert result == due.astimezone(UTC)
    assert between(hours, moment, result) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("hours", "moment", "expected"),
    [
        pytest.param(DAYTIME, at("2026-03-02T07:59:59"), False, id="a second before opening"),
        pytest.param(DAYTIME, at("2026-03-02T08:00"), True, id="at opening"),
        pytest.param(DAYTIME, at("2026-03-02T21:59:59"), True, id="a second before closing"),
        pytest.param(DAYTIME, at("2026-03-02T22:00"), False, id="at closing"),
        pytest.param(DAYTIME, datetime(2026, 3, 2, 7, tzinfo=UTC), True, id="eight in Warsaw is seven in UTC"),
        pytest.param(
            DAYTIME, datetime(2026, 3, 3, 6, 30, tzinfo=timezone(timedelta(hours=12))), True, id="seen from far away"
        ),
        pytest.param(NIGHTS, at("2026-03-02T01:00"), True, id="in the night begun yesterday"),
        pytest.param(NIGHTS, at("2026-03-02T12:00"), False, id="by day between nights"),
        pytest.param(ALWAYS, at("2026-03-02T00:00"), True, id="round the clock at midnight"),
        pytest.param(
            daily("22:00-06:00", days=HALF_NIGHT), at("2026-03-03T05:59"), True, id="a night ends in a closed day"
        ),
        pytest.param(daily("22:00-06:00", days=HALF_NIGHT), at("2026-03-03T23:00"), False, id="no night begins in it"),
    ],
)
def test_whether_it_is_open(hours: Hours, moment: datetime, expected: bool) -> None:
    assert is_open(hours, moment) is expected


@pytest.mark.parametrize(
    ("hours", "moment", "opening"),
    [
        pytest.param(DAYTIME, "2026-03-02T12:00", "2026-03-02T12:00", id="open already"),
        pytest.param(DAYTIME, "2026-03-02T03:00", "2026-03-02T08:00", id="later today"),
        pytest.param(DAYTIME, "2026-03-02T22:00", "2026-03-03T08:00", id="tomorrow from the closing on"),
        pytest.param(
            only(0, "10:00-12:00", days=MONDAY_HOLIDAYS), "2026-02-28T10:00", "2026-03-30T10:00", id="next month"
        ),
    ],
)
def test_when_it_opens(hours: Hours, moment: str, opening: str) -> None:
    assert next_opening(hours, at(moment)) == at(opening)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        pytest.param("2026-03-02T12:00", "2026-03-02T12:30", 30, id="within a day"),
        pytest.param("2026-03-02T21:00", "2026-03-03T09:00", 120, id="over a night"),
        pytest.param("2026-03-02T23:00", "2026-03-03T03:00", 0, id="within a night"),
        pytest.param("2026-03-02T12:30", "2026-03-02T12:00", 0, id="backwards"),
        pytest.param("2025-03-02T12:00", "2026-03-02T12:00", 365 * 14 * 60, id="a year"),
    ],
)
def test_how_long_it_was_open(start: str, end: str, minutes: int) -> None:
    assert between(DAYTIME, at(start), at(end)) == timedelta(minutes=minutes)


def test_a_long_closure_is_counted_through() -> None:
    late = only(0, days={date(2029, 5, 5): (span("08:00-09:00"),)})

    assert between(late, at("2026-01-01T00:00"), at("2030-01-01T00:00")) == timedelta(hours=1)
    assert between(late, at("2026-01-01T00:00"), at("2028-01-01T00:00")) == timedelta(0)


def test_a_day_begun_twice_is_open_from_its_first_beginning() -> None:
    mornings = daily("00:00-02:00", zone="America/St_Johns")  # on 2010-11-07 a minute past midnight became 23:01
    again = datetime(2010, 11, 6, 23, 30, tzinfo=ZoneInfo("America/St_Johns"), fold=1)

    assert is_open(mornings, again)
    assert not is_open(mornings, again.replace(fold=0))
    assert next_opening(mornings, again) == again.astimezone(UTC)


def test_never_open_is_said_only_when_nothing_opens_for_400_days() -> None:
    opening = {date(2026, 1, 1) + timedelta(days=399): (span("08:00-09:00"),)}
    too_far = {date(2026, 1, 1) + timedelta(days=405): (span("08:00-09:00"),)}

    assert next_opening(only(0, days=opening), at("2026-01-01T12:00")) == at("2027-02-04T08:00")
    for closed in (only(0), only(0, days=too_far)):
        with pytest.raises(NeverOpen):
            next_opening(closed, at("2026-01-01T12:00"))
        with pytest.raises(NeverOpen):
            add(closed, at("2026-01-01T12:00"), timedelta(minutes=30))
        assert not is_open(closed, at("2026-01-01T12:00"))


def test_the_last_opening_is_used_before_never() -> None:
    once = only(0, days={date(2026, 1, 5): (span("08:00-09:00"),)})

    assert add(once, at("2026-01-01T12:00"), timedelta(minutes=60)) == at("2026-01-05T09:00")
    with pytest.raises(NeverOpen):
        add(once, at("2026-01-01T12:00"), timedelta(minutes=61))


def test_equal_calendars_are_equal_and_cannot_be_changed() -> None:
    days = {date(2026, 12, 25): NEVER, date(2026, 12, 24): (span("08:00-14:00"),)}
    one = daily("08:00-22:00", days=days)
    same = daily("08:00-22:00", days=dict(reversed(days.items())))
    days.clear()

    assert one == same
    assert hash(one) == hash(same)
    assert one != daily("08:00-22:00")
    assert one != "Europe/Warsaw"
    assert one.spans_of(date(2026, 12, 25)) == ()
    with pytest.raises(TypeError):
        one.days[date(2026, 1, 1)] = ()  # type: ignore[index]


def test_plain_pairs_are_spans() -> None:
    assert Hours("Europe/Warsaw", (((480, 1320),),) * 7) == DAYTIME  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "build",
    [
        pytest.param(lambda: Hours("Europe/Atlantis", (NEVER,) * 7), id="no such zone"),
        pytest.param(lambda: Hours("", (NEVER,) * 7), id="no zone"),
        pytest.param(lambda: Hours("../etc/passwd", (NEVER,) * 7), id="a path for a zone"),
        pytest.param(lambda: Hours("Europe", (NEVER,) * 7), id="a folder for a zone"),
        pytest.param(lambda: Hours("Europe/Warsaw", (NEVER,) * 6), id="six days"),
        pytest.param(lambda: Hours("Europe/Warsaw", ((Span(480, 480),),) * 7), id="a span of nothing"),
        pytest.param(lambda: Hours("Europe/Warsaw", ((Span(-1, 480),),) * 7), id="before midnight"),
        pytest.param(lambda: Hours("Europe/Warsaw", ((Span(1440, 1500),),) * 7), id="a span that begins tomorrow"),
        pytest.param(lambda: Hours("Europe/Warsaw", ((Span(60, 1501),),) * 7), id="longer than a day"),
        pytest.param(lambda: only(0, days={date(2026, 1, 1): (Span(9, 8),)}), id="a day that ends before it begins"),
        pytest.param(lambda: add(DAYTIME, at("2026-01-01T00:00"), timedelta(seconds=-1)), id="time backwards"),
        pytest.param(lambda: is_open(DAYTIME, datetime(2026, 1, 1)), id="a moment without a zone"),  # noqa: DTZ001
    ],
)
def test_nonsense_is_refused(build: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        build()  # type: ignore[operator]
