"""The laws of the search, of the shifts made of it, and of the marginal price, on a small desk."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samehand.sim.profile import EXAMPLES, Profile, read_profile
from samehand.sim.staffing.crews import Person, Presence, by_hour, skills, stacked, staffed, through
from samehand.sim.staffing.customers import HISTORY_DAYS, customers_of
from samehand.sim.staffing.needed import FIRST_DAY, LAST_DAY, Need, needed
from samehand.sim.staffing.prices import prices
from samehand.sim.staffing.shifts import cover, covered, heads, rota
from samehand.sim.staffing.trying import Worlds, count, try_crew
from samehand.sim.world import DAY, Shift

WEEK_OF_HOURS = st.lists(st.integers(0, 6), min_size=16, max_size=16)
SMALL = replace(read_profile(EXAMPLES / "example.json"), messages_per_day=240.0, subscribers=20_000, people=14)


@pytest.fixture(scope="module")
def worlds() -> Worlds:
    return {seed: customers_of(SMALL, seed, 7) for seed in (1, 2)}


@pytest.fixture(scope="module")
def found(worlds: Worlds) -> Need:
    return needed(SMALL, worlds, 0.98, lambda _share: None)


def test_what_was_found_keeps_the_target_when_it_is_simulated_again(found: Need, worlds: Worlds) -> None:
    assert found.reached
    crew = through(rota(SMALL, found.plan), FIRST_DAY, LAST_DAY)
    again = [count(try_crew(w, SMALL, crew, seed, "ours")) for seed, w in worlds.items()]
    assert sum(one.in_time for one in again) / 2 == pytest.approx(found.in_time.mean)
    assert found.in_time.mean >= 0.98


def test_it_needs_people_two_hours_before_opening_and_nobody_at_night(found: Need) -> None:
    for day in range(7):
        hours = found.people[24 * day : 24 * day + 24]
        assert all(hours[6:22]) and not any(hours[:6]) and not any(hours[22:])
    assert found.late_comers and found.late_comers.in_time < found.in_time.mean


def test_one_queue_needs_no_more_than_the_same_hands(found: Need) -> None:
    assert sum(found.pool) <= sum(found.people)
    assert found.pool_plan.shifts <= found.plan.shifts
    assert all(a <= b <= c for a, b, c in zip(found.least, found.people, found.most, strict=True))


def test_the_same_seeds_find_the_same(found: Need, worlds: Worlds) -> None:
    assert needed(SMALL, worlds, 0.98, lambda _share: None) == found


def test_a_higher_target_needs_no_fewer_people(found: Need, worlds: Worlds) -> None:
    assert sum(needed(SMALL, worlds, 0.90, lambda _share: None).people) <= sum(found.people)


def test_a_price_says_what_a_chair_changes_and_costs(found: Need, worlds: Worlds) -> None:
    table = prices(SMALL, worlds, rota(SMALL, found.plan), 50.0, lambda _share: None).table

    more = [price for price in table if price.hours > 0]
    assert [price.part for price in more] == ["early", "middle", "late"]
    assert all(price.hours == 56.0 and price.cost == 2800.0 for price in more)
    for price in table:
        assert price.promises.half_width is not None and price.in_time.half_width is not None
        if price.hours < 0:
            assert price.cost == -2800.0
            assert price.promises.mean <= price.promises.half_width, "fewer people keep no more promises"


@given(WEEK_OF_HOURS)
@settings(max_examples=40)
def test_shifts_cover_every_hour_and_none_can_go(hours: list[int]) -> None:
    people = [0] * 6 + hours + [0] * 2
    plan = cover(SMALL, people * 7)

    there = covered(plan)
    assert all(have >= want for have, want in zip(there, people * 7, strict=True))
    assert all(start >= 360 and start + plan.length <= 1320 for day in plan.starts for start in day)
    for start in {start for day in plan.starts for start in day}:
        first, last = int(start // 60), int((start + plan.length - 1) // 60)
        assert any(there[hour] - 1 < people[hour] for hour in range(first, last + 1)), "one shift is too many"


@pytest.mark.parametrize("hours", [[2] * 168, [1, 0, 0, 3] * 42], ids=["round the clock", "ragged"])
def test_a_desk_that_never_closes_is_covered_round_the_clock(hours: list[int]) -> None:
    profile = replace(SMALL, open_min=0.0, close_min=1440.0)

    assert all(have >= want for have, want in zip(covered(cover(profile, hours)), hours, strict=True))


def test_a_rota_works_the_plan_five_days_a_week_each_and_rests() -> None:
    plan = cover(SMALL, ([0] * 6 + [5, 5, 6, 7, 8, 9, 9, 8, 7, 7, 7, 6, 6, 5, 4, 3, 0, 0]) * 7)
    crew = through(rota(SMALL, plan), 14, 21)

    assert sum(len(who.shifts) for who in crew) == plan.shifts
    assert all(len(who.shifts) <= SMALL.days_on for who in crew)
    assert by_hour(crew, 14) == covered(plan)
    rests = [b[0] - a[1] for who in crew for a, b in zip(who.shifts, who.shifts[1:], strict=False)]
    assert min(rests) >= 11 * 60
    assert heads(SMALL, plan) > len(crew), "leave and illness need people too"


@given(WEEK_OF_HOURS)
@settings(max_examples=20)
def test_stacked_lanes_are_exactly_as_many_as_asked(hours: list[int]) -> None:
    people = [0] * 6 + hours + [0] * 2

    crew = stacked(SMALL, people * 7, FIRST_DAY, LAST_DAY)

    assert by_hour(crew, FIRST_DAY) == people * 7
    assert all(end - start <= 8 * 60 for who in crew for start, end in who.shifts)


def test_any_first_few_have_the_skills_of_all() -> None:
    dealt = [next_ for next_, _ in zip(skills(SMALL), range(41), strict=False)]

    assert dealt[0] == (frozenset(SMALL.topics), frozenset(SMALL.languages))
    assert 14 <= sum(topics == frozenset(SMALL.topics) for topics, _ in dealt) <= 18
    assert 14 <= sum(languages == {"PL"} for _, languages in dealt) <= 18


def test_two_crews_meet_the_same_calls_and_the_same_customers(worlds: Worlds) -> None:
    few, many = (stacked(SMALL, ([0] * 6 + [count] * 16 + [0] * 2) * 7, FIRST_DAY, LAST_DAY) for count in (3, 9))

    one, other = staffed(worlds[1], SMALL, few, 1), staffed(worlds[1], SMALL, many, 1)

    assert [(call.at, call.minutes) for call in one.calls] == [(call.at, call.minutes) for call in other.calls]
    assert one.calls and one.cases == other.cases and one.messages == other.messages


def test_a_call_goes_to_somebody_who_is_there() -> None:
    present = Presence([Shift(1, 0, 100, 200, True), Shift(2, 0, 150, 300, True), Shift(3, 0, 100, 300, False)])

    assert present.one(99, 0.0) is None and present.one(300, 0.5) is None
    assert present.one(120, 0.99) == 1
    assert {present.one(160, chance) for chance in (0.0, 0.99)} == {1, 2}


def test_the_weeks_before_leave_their_open_cases_and_nothing_of_the_past() -> None:
    world = customers_of(SMALL, 1, 7)

    begin = HISTORY_DAYS * DAY - 120
    assert all(case.opened_at >= begin for case in world.cases.values())
    taken_over = [numbers for numbers in world.messages_of.values() if world.messages[numbers[0]].place > 0]
    assert len(taken_over) > 50
    assert world.messages_of.keys() == world.cases.keys()


def test_who_is_ill_is_not_counted() -> None:
    who = Person(1, frozenset({"a"}), frozenset({"PL"}), ((480.0, 960.0), (1920.0, 2400.0)), frozenset({1}))

    assert sum(by_hour([who])) == 8.0


def test_a_desk_of_one_mail_an_hour_needs_one_person() -> None:
    quiet = Profile(days=14, subscribers=500, messages_per_day=12.0, people=2, calls_per_hour=0.0)

    found = needed(quiet, {seed: customers_of(quiet, seed, 7) for seed in (1, 2)}, 0.95, lambda _share: None)

    assert max(found.people) <= 3 and found.reached
