"""What a roster means for promises, as tables and against properties that hold for any roster."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samehand.core.coverage import Duty, Owed, at_risk, consequences, headcount, uncovered
from samehand.core.intervals import joined, within, without

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def spans(*pairs: tuple[float, float]) -> tuple[tuple[datetime, datetime], ...]:
    return tuple((at(begin), at(end)) for begin, end in pairs)


def duty(number: int, *pairs: tuple[float, float], skills: str = "general", languages: str = "pl") -> Duty:
    return Duty(number, frozenset(skills.split()), frozenset(languages.split()), spans(*pairs))


def owed(number: int, due: float, skill: str = "general", language: str = "pl", owner: int | None = None) -> Owed:
    return Owed(number, at(due), skill, language, customer=number, owner=owner)


ANNA = duty(1, (-60, 240))


@pytest.mark.parametrize(
    ("crew", "promise", "why"),
    [
        pytest.param([ANNA], owed(1, 30), None, id="somebody is there"),
        pytest.param([], owed(1, 30), "nobody", id="nobody is there"),
        pytest.param([duty(1, (24, 60))], owed(1, 30), None, id="comes six minutes before the end"),
        pytest.param([duty(1, (25, 60))], owed(1, 30), "nobody", id="comes five minutes before the end"),
        pytest.param([duty(1, (-60, 6))], owed(1, 30), None, id="goes in six minutes"),
        pytest.param([duty(1, (-60, 5))], owed(1, 30), "nobody", id="goes in five minutes"),
        pytest.param([duty(1, (0, 5), (25, 29))], owed(1, 30), "nobody", id="two pieces too short do not add up"),
        pytest.param([ANNA], owed(1, 30, skill="porting"), "nobody", id="nobody has the skill"),
        pytest.param([ANNA], owed(1, 30, language="uk"), "nobody", id="nobody has the language"),
        pytest.param(
            [duty(1, (0, 60), skills="porting"), duty(2, (0, 60), languages="uk")],
            owed(1, 30, skill="porting", language="uk"),
            "nobody",
            id="skill and language in two different people",
        ),
        pytest.param([], owed(1, -1), None, id="late already: broken, not at risk"),
    ],
)
def test_a_promise_needs_somebody_able_long_enough(crew: list[Duty], promise: Owed, why: str | None) -> None:
    risks = at_risk([promise], crew, NOW)

    assert [risk.why for risk in risks] == ([why] if why else [])


def test_one_person_keeps_five_promises_in_half_an_hour_and_not_six() -> None:
    assert at_risk([owed(n, 30) for n in range(5)], [ANNA], NOW) == ()

    (risk,) = at_risk([owed(n, 30) for n in range(6)], [ANNA], NOW)
    assert (risk.promise.id, risk.why) == (5, "too_many")


def test_the_one_who_can_do_least_else_takes_it() -> None:
    both = duty(1, (0, 60), skills="general porting")
    general = duty(2, (0, 60))

    assert at_risk([owed(1, 7), owed(2, 8, skill="porting")], [both, general], NOW) == ()


def test_who_falls_ill_takes_promises_and_her_customers_person_along() -> None:
    promises = [owed(1, 30, owner=1), owed(2, 30, skill="porting", owner=2)]
    marek = duty(2, (-60, 240), skills="general porting")
    hours = spans((-60, 300))
    change = {"before": [ANNA, marek], "now": NOW, "today_ends": at(600)}

    without_anna = consequences(promises, hours, after=[marek], **change)
    without_marek = consequences(promises, hours, after=[ANNA], **change)
    without_both = consequences(promises, hours, after=[], **change)

    assert [one.id for one in without_anna.lost] == [1]
    assert without_anna.at_risk == () == without_anna.uncovered
    assert [risk.promise.id for risk in without_marek.at_risk] == [2]
    assert without_both.uncovered == spans((-60, 240)), "from four hours on nobody was planned before either"
    assert not without_both.harmless


def test_an_owner_who_comes_later_today_is_not_lost() -> None:
    promises = [owed(1, 30, owner=1)]
    change = {"before": [ANNA], "now": NOW, "today_ends": at(600)}

    assert consequences(promises, (), after=[duty(1, (120, 240))], **change).lost == ()
    assert consequences(promises, (), after=[duty(1, (700, 900))], **change).lost == tuple(promises)


def test_who_comes_back_relieves() -> None:
    promises = [owed(1, 30)]

    back = consequences(promises, (), before=[], after=[ANNA], now=NOW, today_ends=at(600))

    assert back.relieved == tuple(promises)
    assert back.harmless


def test_headcount_is_a_mean() -> None:
    assert headcount([ANNA, duty(2, (30, 60))], at(0), at(60)) == pytest.approx(1.5)


minute = st.integers(-120, 480)
pair = st.tuples(minute, minute).map(sorted).filter(lambda two: two[0] < two[1])
some_spans = st.lists(pair, max_size=4).map(lambda pairs: joined(spans(*map(tuple, pairs))))
topics = st.frozensets(st.sampled_from(["general", "porting"]), min_size=1)
tongues = st.frozensets(st.sampled_from(["pl", "uk"]), min_size=1)
crews = st.lists(st.builds(Duty, st.integers(1, 9), topics, tongues, some_spans), max_size=6, unique_by=lambda d: d.id)
promised = st.builds(
    Owed,
    st.integers(),
    minute.map(at),
    st.sampled_from(["general", "porting"]),
    st.sampled_from(["pl", "uk"]),
    st.integers(),
    st.none() | st.integers(1, 9),
)
promises = st.lists(promised, max_size=12, unique_by=lambda one: one.id)


@given(promises, crews)
@settings(deadline=None)
def test_one_colleague_less_never_helps_those_whom_nobody_can_serve(owed: list[Owed], crew: list[Duty]) -> None:
    nobody = {risk.promise.id for risk in at_risk(owed, crew, NOW) if risk.why == "nobody"}

    for gone in crew:
        fewer = [one for one in crew if one is not gone]
        assert nobody <= {risk.promise.id for risk in at_risk(owed, fewer, NOW) if risk.why == "nobody"}


@given(promises, crews)
@settings(deadline=None)
def test_a_roster_that_stays_has_no_consequences(owed: list[Owed], crew: list[Duty]) -> None:
    found = consequences(owed, spans((-100, 500)), before=crew, after=list(reversed(crew)), now=NOW, today_ends=at(600))

    assert found.harmless
    assert not found.relieved


@given(promises, crews)
@settings(deadline=None)
def test_nothing_is_at_risk_twice_nor_late_already(owed: list[Owed], crew: list[Duty]) -> None:
    found = [risk.promise for risk in at_risk(owed, crew, NOW)]

    assert len(found) == len(set(found))
    assert all(one.due > NOW for one in found)


@given(some_spans, some_spans)
def test_what_is_cut_out_is_gone_and_the_rest_is_there(mine: tuple, cut: tuple) -> None:
    left = without(mine, cut)

    for instant in (at(n) for n in range(-121, 482)):
        inside = any(begin <= instant < end for begin, end in mine)
        taken = any(begin <= instant < end for begin, end in cut)
        assert any(begin <= instant < end for begin, end in left) == (inside and not taken)


@given(crews)
def test_an_open_hour_is_covered_or_not(crew: list[Duty]) -> None:
    opened = spans((-100, 500))
    bare = uncovered(opened, crew)

    worked = within(joined(span for one in crew for span in one.spans), *opened[0])
    assert joined([*bare, *worked]) == joined(opened)
    assert all(without([piece], worked) == (piece,) for piece in bare)
