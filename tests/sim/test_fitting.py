"""A profile makes weeks, and from the weeks comes the profile again; little data leaves the defaults."""

from __future__ import annotations

import csv
import gzip
import math
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samehand.sim.fitting import Fitted, History, PastCase, PastShift, PastWork, fit, history_of
from samehand.sim.fitting.arrivals import scatter_of_slots
from samehand.sim.making import make_world
from samehand.sim.policies import SharedPool
from samehand.sim.profile import EXAMPLES, Profile, check_profile, read_profile
from samehand.sim.running import run

FLOW = Path(__file__).resolve().parents[3] / "shared" / "data" / "flow"
BASE = read_profile(EXAMPLES / "example.json")
TRUE = replace(
    BASE,
    days=56,
    subscribers=60_000,
    messages_per_day=1200,
    people=60,
    over_dispersion=2.6,
    weekdays=(1.0, 1.0, 1.0, 1.0, 2.0, 0.5, 0.5),
    exchange_tail=1.9,
    returning=0.2,
    postscript_share=0.1,
    sick_share=0.08,
    calls_per_hour=1.0,
    skills=(),
    topics={
        "general": {"share": 0.7, "median_minutes": 3, "sigma": 0.5},
        "sim": {"share": 0.3, "median_minutes": 8, "sigma": 0.9},
    },
    delays=(
        {"share": 0.6, "median_minutes": 10, "sigma": 0.8},
        {"share": 0.25, "median_minutes": 120, "sigma": 0.4},
        {"share": 0.15, "median_minutes": 4000, "sigma": 0.6},
    ),
)


@cache
def there_and_back() -> Fitted:
    world = make_world(TRUE, 3)
    return fit(history_of(world, run(world, SharedPool), TRUE.subscribers), BASE)


@pytest.mark.parametrize(
    ("word", "within"),
    [
        ("messages_per_day", 0.05),
        ("over_dispersion", 0.15),
        ("exchange_tail", 0.03),
        ("returning", 0.1),
        ("postscript_share", 0.1),
        ("postscript_minutes", 0.1),
        ("later_work", 0.25),
        ("sick_share", 0.4),
        ("sick_days", 0.4),
        ("calls_per_hour", 0.15),
        ("call_minutes", 0.05),
        ("call_sigma", 0.05),
        ("people", 0),
        ("shift_minutes", 0),
        ("days_on", 0),
        ("starts", 0),
    ],
)
def test_the_profile_comes_back_from_the_weeks_it_made(word: str, within: float) -> None:
    assert getattr(there_and_back().profile, word) == pytest.approx(getattr(TRUE, word), rel=within)


def test_topics_and_delays_come_back() -> None:
    profile = there_and_back().profile

    for name, true in TRUE.topics.items():
        assert profile.topics[name]["share"] == pytest.approx(true["share"], abs=0.02)
        assert profile.topics[name]["median_minutes"] == pytest.approx(true["median_minutes"], rel=0.1)
        assert profile.topics[name]["sigma"] == pytest.approx(true["sigma"], rel=0.15)
    for found, wanted in zip(profile.delays, TRUE.delays, strict=True):
        assert found["share"] == pytest.approx(wanted["share"], abs=0.05)
        assert found["median_minutes"] == pytest.approx(wanted["median_minutes"], rel=0.2)


def test_the_week_comes_back_with_its_busy_friday() -> None:
    week = there_and_back().profile.hour_of_week

    by_day = [sum(week[day * 24 : day * 24 + 24]) for day in range(7)]
    assert by_day[4] / by_day[0] == pytest.approx(2.0, rel=0.1)
    assert by_day[5] / by_day[0] == pytest.approx(0.5, rel=0.15)
    assert max(week) == max(week[4 * 24 :])


def test_what_was_fitted_makes_weeks_again() -> None:
    fitted = replace(there_and_back().profile, days=14)

    world = make_world(fitted, 1)
    assert len(world.messages) / 14 == pytest.approx(1200, rel=0.1)
    assert len(world.consultants) >= 60


def test_nothing_known_leaves_every_default() -> None:
    fitted = fit(History(0, 0, BASE.subscribers), BASE)

    assert fitted.profile == replace(BASE, delays=fitted.profile.delays, topics=fitted.profile.topics)
    assert [one["median_minutes"] for one in fitted.profile.delays] == pytest.approx(
        [one["median_minutes"] for one in BASE.delays]
    )
    assert {name: one["median_minutes"] for name, one in fitted.profile.topics.items()} == pytest.approx(
        {name: one["median_minutes"] for name, one in BASE.topics.items()}
    )
    assert all(one.trust == 0 and one.observations == 0 for one in fitted.evidence.values())


def _history(**given: Any) -> History:
    return History(begins=0, ends=14 * 1440, subscribers=1000, **given)


def _cases(*messages: int, ended: bool = True) -> list[PastCase]:
    return [PastCase(n, "general", "PL", n * 1440.0 + 600, length, ended) for n, length in enumerate(messages)]


@pytest.mark.parametrize(
    ("little", "word_of"),
    [
        ({"works": [PastWork("general", 60.0, False)] * 3, "cases": _cases(1)}, lambda p: p.topics["general"]["sigma"]),
        ({"cases": _cases(40, 40)}, lambda p: p.exchange_tail),
        ({"delays": [0.5] * 2}, lambda p: p.delays[0]["median_minutes"]),
        ({"shifts": [PastShift(0, day, 480, 960, False) for day in range(5)]}, lambda p: p.sick_share),
    ],
    ids=["handling", "exchanges", "delays", "illness"],
)
def test_little_data_moves_the_default_little(little: dict[str, Any], word_of: Callable[[Profile], float]) -> None:
    default, found = word_of(BASE), word_of(fit(_history(**little), BASE).profile)

    assert found != default
    assert found == pytest.approx(default, rel=0.6)


def test_a_mail_left_open_over_lunch_does_not_count() -> None:
    works = [PastWork("general", minutes, False) for minutes in [3.0, 4.0, 4.5, 5.0, 6.0] * 80]
    left_open = [PastWork("general", 600.0, False)] * 10

    plain, robust = (fit(_history(works=each, cases=_cases(1)), BASE) for each in (works, works + left_open))
    assert robust.profile.topics["general"]["median_minutes"] == pytest.approx(
        plain.profile.topics["general"]["median_minutes"], rel=0.1
    )


def test_a_case_that_goes_on_is_not_a_short_one() -> None:
    ended, going_on = (
        fit(_history(cases=_cases(*[1] * 60, *[3] * 60, ended=ended)), BASE).profile.exchange_tail
        for ended in (True, False)
    )
    assert going_on < ended


def test_a_first_half_week_says_how_much_a_week_is() -> None:
    world = make_world(replace(TRUE, days=3), 5)
    history = History(0, 3 * 1440, 60_000, cases=[PastCase(*case, 1) for case in world.cases.values()])

    fitted = fit(history, replace(BASE, exchange_tail=1.9, weekdays=TRUE.weekdays)).profile
    assert min(fitted.hour_of_week) > 0
    assert sum(fitted.hour_of_week[96:120]) > 1.5 * sum(fitted.hour_of_week[:24])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from("abc"), st.floats(0, 30 * 1440), st.integers(0, 5000)), max_size=40
    ),
    st.lists(st.floats(-10, 1e7), max_size=20),
    st.floats(0, 40 * 1440),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 30), st.floats(0, 2000), st.booleans()), max_size=60),
)
def test_whatever_the_rows_say_the_profile_can_be_simulated(
    rows: list[tuple[int, str, float, int]],
    minutes: list[float],
    ends: float,
    planned: list[tuple[int, int, float, bool]],
) -> None:
    cases = [PastCase(customer, topic, "PL", at, messages) for customer, topic, at, messages in rows]
    works = [
        PastWork(topic, minutes[n % len(minutes)] if minutes else 5.0, n % 2 == 1)
        for n, (_, topic, *_) in enumerate(rows)
    ]
    shifts = [
        PastShift(who, day, day * 1440 + 480, day * 1440 + 480 + length, came) for who, day, length, came in planned
    ]
    apart = [abs(one) for one in minutes]
    history = History(0, ends, 100, cases, minutes, apart, works, shifts=shifts, calls=minutes, leave_days=9, left=2)

    profile = check_profile(fit(history, BASE).profile, "fitted")

    assert all(math.isfinite(one) and one >= 0 for one in profile.hour_of_week)
    assert sum(topic["share"] for topic in profile.topics.values()) == pytest.approx(1, abs=0.01)
    make_world(replace(profile, days=2, warm_days=0, messages_per_day=min(profile.messages_per_day, 500)), 1)


def test_a_bank_s_hotline_scatters_almost_twice_as_much_as_poisson() -> None:
    recording = FLOW / "bank_calls_5min_2003-03_07.csv.gz"
    if not recording.exists():
        pytest.skip(f"{recording.name} is not here: the recorded hotline cannot be looked at")
    slots: dict[int, list[int]] = {}
    with gzip.open(recording, "rt") as lines:
        for row in csv.DictReader(lines):
            at = datetime.fromisoformat(row["DateTime"].replace("Z", "+00:00"))
            slots.setdefault(at.weekday() * 288 + at.hour * 12 + at.minute // 5, []).append(int(row["Calls"]))

    measured = scatter_of_slots(slots)

    assert measured is not None and 1.8 <= measured[0] <= 2.0
    assert measured[1] > 10_000
