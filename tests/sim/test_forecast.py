"""Laws of the forecast: no work breaks nothing, more people do no harm, the same seed says the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from samehand.sim.forecast import Forecast, Today, Waiting, Work, Worker, forecast
from samehand.sim.world import DAY, Rules

MIDNIGHT = 9 * DAY
TEN = MIDNIGHT + 600
RULES = Rules("today", days=10, measured_from=0, measured_to=DAY)
TOPICS = {"general": Work(0.7, 5.0, 0.6), "technical": Work(0.3, 7.0, 0.6)}
ALL = frozenset(TOPICS)


def worker(number: int, begins: float = 480, ends: float = 1320, *breaks: tuple[float, float]) -> Worker:
    rests = tuple((MIDNIGHT + begin, MIDNIGHT + end) for begin, end in breaks)
    return Worker(number, ALL, frozenset({"pl"}), MIDNIGHT + begins, MIDNIGHT + ends, rests)


def a_day(people: int = 3, mails: float = 20.0, waiting: int = 0, **more: object) -> Today:
    hours = {MIDNIGHT + 60.0 * hour: mails for hour in range(10, 22)}
    lying = [Waiting(TEN + 5.0 + n / 10, "general", "pl", owner=1) for n in range(waiting)]
    crew = [worker(n) for n in range(1, people + 1)]
    return replace(Today(TEN, RULES, lying, crew, hours, TOPICS, {"pl": 1.0}), **more)  # type: ignore[arg-type]


def broken(told: Forecast) -> float:
    return sum(hour.broken for hour in told.hours)


def test_without_work_nothing_breaks() -> None:
    told = forecast(a_day(mails=0.0), seeds=4)

    assert (broken(told), told.remedy) == (0, None)
    assert all(hour.backlog == 0 for hour in told.hours)


def test_a_well_staffed_day_needs_nobody() -> None:
    told = forecast(a_day(people=9), seeds=6)

    assert broken(told) < 0.5
    assert told.remedy is None


def test_the_hours_go_from_this_one_until_the_desk_closes() -> None:
    told = forecast(a_day(), seeds=3)

    assert [hour.begins - MIDNIGHT for hour in told.hours] == [60.0 * hour for hour in range(10, 22)]
    assert sum(hour.asked for hour in told.hours) == pytest.approx(240, rel=0.25)


def test_one_more_helps_where_one_is_missing() -> None:
    told = forecast(a_day(people=2, mails=25.0), seeds=8)

    assert told.remedy is not None
    assert told.remedy.kind in ("one", "two")
    assert sum(hour.two for hour in told.hours) <= sum(hour.one for hour in told.hours) <= broken(told)
    assert told.remedy.since == TEN + 15


@pytest.mark.parametrize("people", [1, 2, 3, 5])
def test_more_people_never_hurt_much(people: int) -> None:
    fewer, more = forecast(a_day(people), seeds=6), forecast(a_day(people + 1), seeds=6)

    assert broken(more) <= broken(fewer) + 1


def test_the_same_seed_says_the_same_and_another_one_differs() -> None:
    day = a_day(people=2)

    assert forecast(day, seed=1, seeds=4) == forecast(day, seed=1, seeds=4)
    assert forecast(day, seed=1, seeds=4) != forecast(day, seed=2, seeds=4)


def test_what_waits_keeps_its_promise_and_breaks_it_when_nobody_comes() -> None:
    told = forecast(a_day(people=0, mails=0.0, waiting=7), seeds=3)

    assert [hour.broken for hour in told.hours][:2] == [7, 0]
    assert told.hours[-1].backlog == 7


def test_what_is_late_already_is_no_forecast_but_still_work() -> None:
    late = [Waiting(TEN - 20, "general", "pl", None)] * 4
    told = forecast(replace(a_day(people=0, mails=0.0), waiting=late), seeds=3)

    assert (broken(told), told.hours[0].backlog) == (0, 4)


def test_a_break_may_be_what_helps() -> None:
    """Everybody rests at eleven; nobody more helps as much as resting an hour later."""
    crew = [worker(n, 480, 1320, (650, 715)) for n in range(1, 4)]
    quiet = {MIDNIGHT + 60.0 * hour: (14.0 if hour in (10, 11) else 1.0) for hour in range(10, 22)}
    told = forecast(replace(a_day(people=3), crew=crew, expected=quiet), seeds=8)

    assert told.remedy is not None


def test_a_notice_is_said_when_much_more_comes_than_usual_and_people_would_not_do() -> None:
    flood = a_day(people=3, mails=120.0, pace=6.0)
    told = forecast(flood, seeds=3)

    assert told.remedy is not None
    assert (told.remedy.kind, told.remedy.saves > 100) == ("notice", True)


def test_promises_of_the_night_are_due_after_opening() -> None:
    early = replace(a_day(people=0, mails=0.0), now=MIDNIGHT + 420.0)
    told = forecast(replace(early, waiting=[Waiting(MIDNIGHT + 500.0, "general", "pl")]), seeds=2)

    assert [(hour.begins - MIDNIGHT) / 60 for hour in told.hours if hour.broken] == [8.0]


def test_seeds_are_fewer_when_much_waits() -> None:
    assert forecast(a_day(people=2, mails=0.2)).seeds == 30
    crowd = [Waiting(TEN + 700.0, "general", "pl")] * 1600
    assert forecast(replace(a_day(people=40, mails=1.0), waiting=crowd)).seeds < 10


def test_who_ends_something_first_takes_what_waits_afterwards_and_cannot_be_called_earlier() -> None:
    lying = [Waiting(TEN + 40, "general", "pl", owner=1) for _ in range(4)]
    day = replace(a_day(people=1, mails=2), waiting=lying)
    free, busy = (forecast(replace(day, crew=[worker(1)._replace(free=until)])) for until in (0.0, TEN + 50))

    assert free.hours[0].broken < busy.hours[0].broken
    assert busy.remedy is not None
    assert busy.remedy.kind != "earlier"


def test_who_is_not_free_again_before_the_end_of_her_shift_takes_nothing() -> None:
    day = a_day(people=1, mails=2, waiting=3)
    told = forecast(replace(day, crew=[worker(1, ends=700)._replace(free=MIDNIGHT + 720)]))
    idle = forecast(replace(day, crew=[worker(1, begins=480, ends=480)]))
    assert [hour.broken for hour in told.hours] == [hour.broken for hour in idle.hours]


def test_the_owner_answers_in_her_case_whatever_it_is_about() -> None:
    day = a_day(people=1, mails=0, waiting=3)
    hers = forecast(replace(day, crew=[worker(1)._replace(topics=frozenset())]))
    strange = forecast(replace(day, crew=[worker(2)._replace(topics=frozenset())]))

    assert broken(hers) < broken(strange) == 3
