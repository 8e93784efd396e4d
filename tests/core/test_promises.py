"""What became of a promise, as tables and against a second, slower telling of the same rule."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samehand.core.hours import Hours, NeverOpen, Span
from samehand.core.promises import Event, Kind, Question, Standing, State, Terms, due_at, questions, standing, state

DAYTIME = Hours("Europe/Warsaw", ((Span(8 * 60, 22 * 60),),) * 7)
ALWAYS = Hours("Europe/Warsaw", ((Span(0, 1440),),) * 7)
CLOSED = Hours("Europe/Warsaw", ((),) * 7)
TERMS = Terms(promise=timedelta(minutes=30), risk=timedelta(minutes=10))
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def after(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def story(*happened: tuple[Kind, float] | tuple[Kind, float, int]) -> list[Event]:
    return [Event(kind, after(minute), *answer) for kind, minute, *answer in happened]


@pytest.mark.parametrize(
    ("events", "now", "expected", "due", "answered"),
    [
        pytest.param(story(), 0, "none", None, None, id="nothing was asked"),
        pytest.param(story(("answered", 1)), 5, "none", None, None, id="we wrote first"),
        pytest.param(story(("asked", 0)), 5, "open", 30, None, id="asked a moment ago"),
        pytest.param(story(("asked", 0)), 19.99, "open", 30, None, id="a little more than ten minutes left"),
        pytest.param(story(("asked", 0)), 20, "at_risk", 30, None, id="ten minutes left"),
        pytest.param(story(("asked", 0)), 30, "at_risk", 30, None, id="the very last instant"),
        pytest.param(story(("asked", 0)), 30.01, "broken", 30, None, id="nobody answered in time"),
        pytest.param(story(("asked", 0), ("answered", 12)), 99, "kept", 30, 12, id="answered in time"),
        pytest.param(story(("asked", 0), ("answered", 30)), 99, "kept", 30, 30, id="answered in the last instant"),
        pytest.param(story(("asked", 0), ("answered", 31)), 99, "broken", 30, 31, id="answered too late"),
        pytest.param(story(("asked", 0), ("receipt", 1)), 25, "at_risk", 30, None, id="a robot's receipt is no answer"),
        pytest.param(story(("receipt", 1)), 25, "none", None, None, id="a receipt asks nothing"),
        pytest.param(
            story(("answered", -1), ("asked", 0)), 5, "open", 30, None, id="an answer before the question is none"
        ),
        pytest.param(story(("asked", 0), ("answered", 0)), 5, "kept", 30, 0, id="answered in the same instant"),
        pytest.param(
            story(("asked", 0), ("answered", 5), ("refused", 6)), 10, "open", 30, None, id="the answer came back"
        ),
        pytest.param(
            story(("asked", 0), ("answered", 5), ("refused", 40)),
            41,
            "broken",
            30,
            None,
            id="the answer came back when the time was over",
        ),
        pytest.param(
            story(("asked", 0), ("answered", 5), ("refused", 6), ("answered", 9)),
            10,
            "kept",
            30,
            9,
            id="the second answer reached the customer",
        ),
        pytest.param(
            story(("asked", 0), ("answered", 5, 1), ("answered", 8, 2), ("refused", 9, 1)),
            10,
            "kept",
            30,
            8,
            id="the first of two answers came back",
        ),
        pytest.param(
            story(("asked", 0), ("answered", 5, 1), ("answered", 8, 2), ("refused", 9, 2)),
            10,
            "kept",
            30,
            5,
            id="the second of two answers came back",
        ),
        pytest.param(
            story(("asked", 0), ("answered", 5), ("answered", 8), ("refused", 9)),
            10,
            "kept",
            30,
            5,
            id="a refusal without a name takes back the latest answer",
        ),
        pytest.param(
            story(("asked", 0), ("answered", 5, 1), ("refused", 9, 7)),
            10,
            "kept",
            30,
            5,
            id="a refusal of something else takes back nothing",
        ),
        pytest.param(
            story(("asked", 0), ("answered", 5, 1), ("refused", 9, 1), ("answered", 12, 1)),
            13,
            "kept",
            30,
            12,
            id="the same answer sent again",
        ),
        pytest.param(
            story(("asked", 0), ("refused", 3)), 5, "open", 30, None, id="a refusal without an answer changes nothing"
        ),
        pytest.param(story(("asked", 0), ("waived", 3)), 99, "waived", 30, None, id="closed without an answer"),
        pytest.param(
            story(("asked", 0), ("waived", 3), ("answered", 90)), 99, "waived", 30, None, id="written to after closing"
        ),
        pytest.param(
            story(("asked", 0), ("answered", 3), ("waived", 3)), 99, "kept", 30, 3, id="answered and closed in one act"
        ),
        pytest.param(
            story(("asked", 0), ("answered", 3), ("waived", 4), ("refused", 5)),
            6,
            "open",
            30,
            None,
            id="closed after an answer that came back",
        ),
        pytest.param(story(("waived", -1), ("asked", 0)), 5, "open", 30, None, id="asked again after closing"),
        pytest.param(
            story(("asked", 0), ("asked", 10)), 15, "open", 30, None, id="of two questions the earlier one is due"
        ),
        pytest.param(
            story(("asked", 0), ("answered", 5), ("asked", 10)),
            15,
            "open",
            40,
            None,
            id="an answered question leaves the next one due",
        ),
        pytest.param(
            story(("asked", 0), ("asked", 10), ("answered", 35)),
            50,
            "broken",
            30,
            35,
            id="one answer for two is late for the first",
        ),
        pytest.param(
            story(("asked", 0), ("answered", 35), ("asked", 40), ("answered", 45)),
            50,
            "kept",
            70,
            45,
            id="all settled so the last promise tells",
        ),
        pytest.param(
            story(("asked", 0), ("answered", 5, 1), ("asked", 10), ("answered", 15, 2), ("refused", 16, 1)),
            50,
            "kept",
            30,
            15,
            id="a later answer covers the question whose own came back",
        ),
        pytest.param(
            story(("asked", 0), ("waived", 5), ("asked", 10)), 20, "open", 40, None, id="a new question after closing"
        ),
    ],
)
def test_how_the_case_stands(
    events: list[Event], now: float, expected: State, due: float | None, answered: float | None
) -> None:
    stand = standing(events, DAYTIME, TERMS, after(now))

    assert stand.state == expected
    assert stand.due_at == (None if due is None else after(due))
    assert stand.answered_at == (None if answered is None else after(answered))


def test_the_night_does_not_count() -> None:
    asked = datetime(2026, 3, 2, 20, 50, tzinfo=UTC)  # 21:50 in Warsaw, ten minutes before closing

    assert due_at(asked, DAYTIME, TERMS) == datetime(2026, 3, 3, 7, 20, tzinfo=UTC)
    assert standing([Event("asked", asked)], DAYTIME, TERMS, asked + timedelta(hours=8)).state == "open"


def test_a_desk_that_never_opens_promises_nothing() -> None:
    with pytest.raises(NeverOpen):
        due_at(NOON, CLOSED, TERMS)
    with pytest.raises(NeverOpen):
        standing(story(("asked", 0)), CLOSED, TERMS, NOON)


def test_every_question_keeps_its_own_columns() -> None:
    told = questions(story(("asked", 0), ("waived", 2), ("asked", 5), ("asked", 6), ("answered", 9), ("asked", 12)))

    assert told == (
        Question(after(0), waived_at=after(2)),
        Question(after(5), answered_at=after(9)),
        Question(after(6), answered_at=after(9)),
        Question(after(12)),
    )
    assert [one.settled for one in told] == [True, True, True, False]


@pytest.mark.parametrize(
    ("due", "answered", "waived", "now", "expected"),
    [
        pytest.param(None, None, None, 0, "none", id="nothing promised"),
        pytest.param(None, 5, None, 9, "none", id="nothing promised though answered"),
        pytest.param(30, None, None, 5, "open", id="time left"),
        pytest.param(30, None, None, 20, "at_risk", id="ten minutes left"),
        pytest.param(30, None, None, 31, "broken", id="time over"),
        pytest.param(30, 30, None, 99, "kept", id="answered in time"),
        pytest.param(30, 31, None, 99, "broken", id="answered late"),
        pytest.param(30, None, 5, 99, "waived", id="closed without an answer"),
        pytest.param(30, 20, 5, 99, "waived", id="closed first and answered later"),
        pytest.param(30, 5, 5, 99, "kept", id="answered and closed in one act"),
        pytest.param(30, 5, 20, 99, "kept", id="answered first and closed later"),
    ],
)
def test_the_stored_columns_say(
    due: float | None, answered: float | None, waived: float | None, now: float, expected: State
) -> None:
    due_then, answered_then, waived_then = (None if one is None else after(one) for one in (due, answered, waived))

    assert state(due_then, answered_then, waived_then, after(now), TERMS.risk) == expected


minutes = st.integers(0, 90)
kinds = st.sampled_from(["asked", "answered", "receipt", "refused", "waived"])
events = st.lists(
    st.builds(Event, kinds, minutes.map(after), st.none() | st.integers(1, 3)),
    max_size=9,
)


@settings(deadline=None, max_examples=250)
@given(events, minutes, st.integers(0, 10**6))
def test_the_order_of_the_list_does_not_matter(told: list[Event], now: int, seed: int) -> None:
    shuffled = random.Random(seed).sample(told, len(told))

    assert standing(shuffled, DAYTIME, TERMS, after(now)) == standing(told, DAYTIME, TERMS, after(now))


@settings(deadline=None, max_examples=250)
@given(events, minutes)
def test_receipts_change_nothing(told: list[Event], now: int) -> None:
    people = [one for one in told if one.kind != "receipt"]

    assert standing(told, DAYTIME, TERMS, after(now)) == standing(people, DAYTIME, TERMS, after(now))


@settings(deadline=None, max_examples=250)
@given(events, minutes)
def test_the_stored_columns_agree_with_the_story(told: list[Event], now: int) -> None:
    rows = [
        state(due_at(one.asked_at, ALWAYS, TERMS), one.answered_at, one.waived_at, after(now), TERMS.risk)
        for one in questions(told)
    ]
    stand = standing(told, ALWAYS, TERMS, after(now))

    assert stand.state in (rows or ["none"])
    assert stand.state == state(stand.due_at, stand.answered_at, stand.waived_at, after(now), TERMS.risk)
    if len(rows) == 1:
        assert [stand.state] == rows


def slowly(told: list[Event], now: datetime) -> Standing:
    """The rule told again for stories without waivers, where every answer has a name of its own."""
    stands = sorted(
        one.at
        for one in told
        if one.kind == "answered"
        and not any(back.kind == "refused" and back.answer == one.answer and back.at >= one.at for back in told)
    )
    asked = sorted(one.at for one in told if one.kind == "asked")
    settled = [(at, next((answer for answer in stands if answer >= at), None)) for at in asked]
    unsettled = [at for at, answer in settled if answer is None]
    if not asked:
        return Standing("none")
    if unsettled:
        left = unsettled[0] + TERMS.promise - now
        name: State = "broken" if left < timedelta(0) else "at_risk" if left <= TERMS.risk else "open"
        return Standing(name, unsettled[0] + TERMS.promise)
    last = settled[-1][1]
    assert last is not None
    due = next(at for at, answer in settled if answer == last) + TERMS.promise
    return Standing("kept" if last <= due else "broken", due, last)


@st.composite
def named_stories(draw: st.DrawFn) -> list[Event]:
    asked = [Event("asked", after(at)) for at in draw(st.lists(minutes, max_size=4))]
    answers = [Event("answered", after(at), name) for name, at in enumerate(draw(st.lists(minutes, max_size=4)))]
    back = st.builds(Event, st.just("refused"), minutes.map(after), st.integers(0, 4))
    return asked + answers + draw(st.lists(back, max_size=3, unique_by=lambda one: one.answer))


@settings(deadline=None, max_examples=400)
@given(named_stories(), minutes)
def test_the_rule_told_twice_is_the_same_rule(told: list[Event], now: int) -> None:
    assert standing(told, ALWAYS, TERMS, after(now)) == slowly(told, after(now))
