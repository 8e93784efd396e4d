"""The engine that holds messages for the right person: tables, short stories, and what must never be."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samehand.core.routing import Colleague, Engine, Give, Rules
from samehand.core.routing.fitting import Habits
from samehand.core.routing.people import Pace

ANNA, MAREK, EWA = 1, 2, 3
EIGHT, TWO, TEN = 480.0, 840.0, 1320.0
RULES = Rules()


def colleague(one: int, start: float, end: float, topics: str = "general", tongues: str = "PL") -> Colleague:
    shifts = {day: (day * 1440 + start, day * 1440 + end) for day in range(7)}
    return Colleague(one, frozenset(topics.split()), frozenset(tongues.split()), shifts)


def desk(*crew: Colleague, here: tuple[int, ...] = (ANNA, MAREK), now: float = EIGHT) -> Engine:
    """Anna and Marek work until ten in the evening, Ewa comes at two, unless a crew is given."""
    default = (colleague(ANNA, EIGHT, TEN), colleague(MAREK, EIGHT, TEN), colleague(EWA, TWO, TEN))
    engine = Engine(crew or default, RULES)
    for one in here:
        engine.on(now, one, TEN)
        engine.free(now, one)
    return engine


def writes(engine: Engine, now: float, message: int, case: int = 1, **what: Any) -> list[Give]:
    told = {"customer": 100 + case, "topic": "general", "language": "PL", "due": now + 30} | what
    engine.waits(now, message=message, case=case, **told)
    return engine.decide(now)


def ends(engine: Engine, now: float, one: int) -> list[Give]:
    engine.done(now, one)
    engine.free(now, one)
    return engine.decide(now)


def served(engine: Engine, now: float = EIGHT, message: int = 1, case: int = 1) -> int:
    """A case's first message is answered; the owner's id."""
    (give,) = writes(engine, now, message, case)
    assert ends(engine, now + 5, give.consultant) == []
    return give.consultant


def other(one: int) -> int:
    return MAREK if one == ANNA else ANNA


def who(gives: list[Give]) -> list[tuple[int, int, str]]:
    return [(give.message, give.consultant, give.reason) for give in gives]


def wakes(engine: Engine) -> tuple[float, list[Give]]:
    """Ask at each moment that the engine named until it gives something."""
    while (moment := engine.wake()) is not None:
        if gives := engine.decide(moment):
            return moment, gives
    return 0.0, []


def test_a_follow_up_goes_to_the_owner_who_is_free() -> None:
    engine = desk()
    owner = served(engine)

    assert who(writes(engine, 500, 2)) == [(2, owner, "owner")]


def test_a_follow_up_waits_for_the_owner_who_is_busy_and_says_so() -> None:
    engine = desk()
    owner = served(engine)
    engine.free(499, other(owner))
    engine.pauses(499, other(owner))
    assert who(writes(engine, 500, 10, case=9))[0][1] == owner
    engine.free(501, other(owner))

    assert writes(engine, 502, 2) == []
    hold = engine.why_waiting(2, 502)
    assert hold is not None
    assert (hold.consultant, hold.reason, hold.until) == (owner, "owner", 532 - RULES.release)
    assert hold.free_at == pytest.approx(500 + (20 * RULES.work_takes + 5) / 21)
    assert who(ends(engine, 510, owner)) == [(2, owner, "owner")]
    assert engine.why_waiting(2, 511) is None


def test_a_hold_ends_while_somebody_else_can_still_keep_the_promise() -> None:
    engine = desk()
    owner = served(engine)
    engine.calls(499, owner)
    assert writes(engine, 500, 2) == []

    moment, gives = wakes(engine)

    assert who(gives) == [(2, other(owner), "best_of_rest")]
    assert moment == 530 - RULES.release


def test_the_second_person_stays_the_second_before_all_others() -> None:
    engine = desk(*(colleague(one, EIGHT, TEN) for one in (ANNA, MAREK, EWA)), here=(ANNA, MAREK, EWA))
    owner = served(engine)
    engine.calls(499, owner)
    writes(engine, 500, 2)
    second = wakes(engine)[1][0].consultant
    assert ends(engine, 530, second) == []

    writes(engine, 600, 3)
    moment, gives = wakes(engine)

    assert who(gives) == [(3, second, "second")]
    assert moment == 630 - RULES.release


def test_without_the_owner_who_knows_the_case_takes_it_at_once() -> None:
    engine = desk()
    owner = served(engine)
    engine.calls(499, owner)
    writes(engine, 500, 2)
    wakes(engine)
    assert ends(engine, 530, other(owner)) == []
    engine.free(540, owner)
    engine.off(540, owner)

    assert who(writes(engine, 2000, 3)) == [(3, other(owner), "second")]


def test_a_later_case_goes_to_somebody_whom_the_customer_knows() -> None:
    engine = desk()
    owner = served(engine)

    assert who(writes(engine, 600, 2, case=2, customer=101)) == [(2, owner, "known")]


def test_a_new_case_goes_to_the_roster_that_fits_the_hour_at_which_the_customer_writes() -> None:
    early, late = colleague(ANNA, EIGHT, TWO + 20), colleague(EWA, TWO, TEN)
    engine = desk(early, late, here=())
    for one, until in ((ANNA, TWO + 20), (EWA, TEN)):
        engine.on(TWO, one, until)
        engine.free(TWO, one)

    assert who(writes(engine, TWO + 5, 1)) == [(1, EWA, "fits")]


def test_a_new_case_waits_a_little_for_the_fitting_and_no_longer() -> None:
    early, late = colleague(ANNA, EIGHT, TWO + 20), colleague(EWA, TWO, TEN)
    engine = desk(early, late, here=(ANNA,))
    engine.on(TWO, ANNA, TWO + 20)
    engine.on(TWO, EWA, TEN)
    engine.free(TWO, EWA)
    engine.calls(TWO, EWA)

    assert writes(engine, TWO + 5, 1) == []
    hold = engine.why_waiting(1, TWO + 5)
    assert hold is not None and (hold.reason, hold.consultant) == ("fits", None)
    moment, gives = wakes(engine)

    assert who(gives) == [(1, ANNA, "best_of_rest")]
    assert moment == TWO + 5 + RULES.near_hold


@pytest.mark.parametrize(
    ("what", "given_to"),
    [
        pytest.param({"topic": "porting"}, [EWA], id="only who has the topic"),
        pytest.param({"language": "UA"}, [MAREK], id="only who has the language"),
        pytest.param({"topic": "porting", "language": "UA"}, [], id="nobody who has one of the two"),
    ],
)
def test_skill_and_language(what: dict[str, str], given_to: list[int]) -> None:
    crew = (
        colleague(ANNA, EIGHT, TEN),
        colleague(MAREK, EIGHT, TEN, tongues="PL UA"),
        colleague(EWA, EIGHT, TEN, topics="general porting"),
    )
    engine = desk(*crew, here=(ANNA, MAREK, EWA))

    assert [give.consultant for give in writes(engine, 500, 1, **what)] == given_to


def test_a_work_whose_first_word_is_out_is_put_aside_for_what_cannot_wait() -> None:
    engine = desk(here=(ANNA,))
    writes(engine, 500, 1)
    assert writes(engine, 501, 2, case=2) == []
    engine.first_word(515, ANNA)
    assert engine.decide(515) == []

    moment, gives = wakes(engine)

    assert [(give.message, give.aside) for give in gives] == [(2, 1)]
    assert moment == 531 - RULES.aside_all
    engine.done(530, ANNA)
    assert engine.board.people[ANNA].work is not None and engine.board.people[ANNA].work.id == 1


def test_nothing_is_put_aside_before_its_first_word_or_twice() -> None:
    engine = desk(here=(ANNA,))
    writes(engine, 500, 1, due=600)
    writes(engine, 501, 2, case=2, due=505)
    assert wakes(engine) == (0.0, [])
    engine.first_word(515, ANNA)
    engine.decide(515)
    writes(engine, 516, 3, case=3, due=520)
    assert engine.board.people[ANNA].aside is not None

    assert writes(engine, 517, 4, case=4, due=521) == []


def test_what_is_late_waits_behind_what_can_be_in_time_but_not_for_ever() -> None:
    engine = desk(here=(ANNA,))
    writes(engine, 500, 1)
    writes(engine, 500, 2, case=2, due=505)
    writes(engine, 509, 3, case=3, due=539)
    engine.decide(510)

    assert who(ends(engine, 525, ANNA)) == [(3, ANNA, "fits")]
    assert who(ends(engine, 530, ANNA)) == [(2, ANNA, "late")]


def test_who_goes_lets_go_what_was_held_for_her() -> None:
    engine = desk()
    owner = served(engine)
    engine.calls(499, owner)
    assert writes(engine, 500, 2) == []

    engine.off(505, owner)

    assert [give.consultant for give in engine.decide(505)] == [other(owner)]


def test_who_did_not_come_is_not_waited_for() -> None:
    engine = desk()
    owner = served(engine)
    assert ends(engine, 900, other(owner)) == []
    engine.off(TEN, owner)
    engine.off(TEN, other(owner))
    engine.absent(1440 + EIGHT, owner)
    engine.on(1440 + EIGHT, other(owner), 1440 + TEN)
    engine.free(1440 + EIGHT, other(owner))

    assert [give.consultant for give in writes(engine, 1440 + 490, 2)] == [other(owner)]


def test_a_break_that_lasts_too_long_ends_the_hold_at_once() -> None:
    engine = desk()
    owner = served(engine)
    engine.calls(499, owner)
    assert writes(engine, 500, 2) == []

    engine.pauses(515, owner)

    assert [give.consultant for give in engine.decide(515)] == [other(owner)]


def test_a_break_that_ends_in_time_does_not() -> None:
    engine = desk()
    owner = served(engine)
    engine.calls(499, owner)
    assert writes(engine, 500, 2) == []
    engine.pauses(504, owner)

    assert engine.decide(530 - RULES.release) == []
    engine.free(524, owner)

    assert who(engine.decide(524)) == [(2, owner, "owner")]


def test_a_break_that_lasts_longer_than_breaks_do_is_not_waited_for() -> None:
    engine = desk()
    owner = served(engine)
    engine.pauses(499, owner)
    assert writes(engine, 500, 2) == []

    assert [give.consultant for give in engine.decide(530 - RULES.release)] == [other(owner)]


def test_what_is_withdrawn_is_given_to_nobody() -> None:
    engine = desk(here=())
    writes(engine, 500, 1)

    engine.withdraw(1)
    engine.on(501, ANNA, TEN)
    engine.free(501, ANNA)

    assert engine.decide(501) == []
    assert engine.wake() is None


def test_what_a_work_takes_is_learned() -> None:
    pace = Pace(6.0)
    assert pace.of(("general", "PL")) == 6.0

    pace.learn(("general", "PL"), 27.0)

    assert pace.of(("general", "PL")) == 7.0
    assert pace.of(("billing", "PL")) == 6.0


def test_habits_learn_how_soon_and_at_which_hour_customers_write_again() -> None:
    habits = Habits()
    soon, later, drift = list(habits.soon), list(habits.later), list(habits.drift)

    habits.learn(510, 500, 480)
    habits.learn(1440 + 600, 500, 600)

    assert [a - b for a, b in zip(habits.soon, soon, strict=True)].index(1.0) == 1
    assert habits.later[1] == later[1] + 1
    assert habits.drift[0] == drift[0] + 1


class World:
    """A day of made-up events that obeys the bench's rules of who may begin what; it checks as it goes."""

    def __init__(self, events: list[tuple[str, int, int]]) -> None:
        self.crew = [colleague(one, EIGHT, TEN, "general billing" if one % 2 else "general") for one in range(1, 5)]
        self.engine = desk(*self.crew, here=(1, 2, 3, 4))
        self.free, self.working = {1, 2, 3, 4}, dict[int, float]()
        self.given: list[Give] = []
        self.waiting: dict[int, float] = {}
        self.now = EIGHT
        for number, (kind, wait, which) in enumerate(events):
            self.pass_time(self.now + wait)
            self.happen(kind, number, which)
            self.decide()

    def pass_time(self, until: float) -> None:
        """Reminders and ends of works, in the order of time."""
        while True:
            ends_at, one = min(((end, one) for one, end in self.working.items()), default=(until + 1, 0))
            wake = self.engine.wake()
            moment = min(ends_at, until + 1 if wake is None else wake)
            if moment > until:
                break
            self.now = max(self.now, moment)
            if one and ends_at == moment:
                del self.working[one]
                self.engine.done(self.now, one)
                self.become_free(one)
            self.decide()
        self.now = until

    def become_free(self, one: int) -> None:
        self.free.add(one)
        self.engine.free(self.now, one)

    def happen(self, kind: str, number: int, which: int) -> None:
        one = which % 4 + 1
        if kind == "message":
            self.waiting[number] = self.now
            topic = "billing" if which % 3 == 2 else "general"
            what = {"case": which, "customer": which % 5, "topic": topic, "language": "PL", "due": self.now + 30}
            self.engine.waits(self.now, message=number, **what)
        elif kind == "call" and one in self.free:
            self.free.discard(one)
            self.engine.calls(self.now, one)
            self.working[one] = self.now + 7
        elif kind == "break" and one in self.free:
            self.free.discard(one)
            self.engine.pauses(self.now, one)
            self.working[one] = self.now + 15

    def decide(self) -> None:
        for give in self.engine.decide(self.now):
            assert give.consultant in self.free and give.aside is None
            del self.waiting[give.message]
            self.free.discard(give.consultant)
            self.working[give.consultant] = self.now + 3 + give.message % 11
            self.given.append(give)
        self.nobody_waits_beside_the_free()

    def nobody_waits_beside_the_free(self) -> None:
        for message in self.waiting:
            hold = self.engine.why_waiting(message, self.now)
            assert hold is not None
            key = self.engine.board.messages[message].key
            if hold.reason == "anybody":
                assert not [one for one in self.crew if one.id in self.free and key[0] in one.topics]
            else:
                assert hold.until > self.now


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["message", "message", "message", "call", "break"]), st.integers(0, 9), st.integers(0, 30)
    ),
    max_size=80,
)


@settings(max_examples=60, deadline=None)
@given(EVENTS)
def test_none_is_given_twice_none_waits_past_its_hold_none_starves(events: list[tuple[str, int, int]]) -> None:
    world = World(events)
    world.pass_time(world.now + 2000)

    given = [give.message for give in world.given]
    assert len(given) == len(set(given)) == sum(kind == "message" for kind, *_ in events)
    assert world.waiting == {}


@settings(max_examples=20, deadline=None)
@given(EVENTS)
def test_the_same_events_give_the_same_decisions(events: list[tuple[str, int, int]]) -> None:
    assert World(events).given == World(events).given
