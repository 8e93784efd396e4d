"""What somebody said goes before what the engine thinks: a lead, the customer, and what cannot wait."""

from __future__ import annotations

from dataclasses import replace

from samehand.core.routing import Colleague, Engine
from tests.routing.desk import (
    ANNA,
    EIGHT,
    MAREK,
    RULES,
    TEN,
    colleague,
    desk,
    ends,
    other,
    served,
    wakes,
    who,
    writes,
)

TOMORROW = 1440.0


def anna_has_tomorrow_off() -> Colleague:
    return replace(colleague(ANNA, EIGHT, TEN), shifts={0: ((EIGHT, TEN),), 2: ((2880 + EIGHT, 2880 + TEN),)})


class TestUrgent:
    def test_it_goes_before_what_is_due_earlier(self) -> None:
        engine = desk(here=(ANNA,))
        writes(engine, 500, 1)
        writes(engine, 501, 2, case=2)
        writes(engine, 502, 3, case=3, urgent=True)

        assert who(ends(engine, 510, ANNA)) == [(3, ANNA, "urgent")]

    def test_a_topic_may_be_urgent_by_the_rules(self) -> None:
        engine = Engine([colleague(ANNA, EIGHT, TEN, "general lost_sim")], replace(RULES, urgent_topics={"lost_sim"}))
        engine.on(EIGHT, ANNA, TEN)
        engine.free(EIGHT, ANNA)
        writes(engine, 500, 1)
        writes(engine, 501, 2, case=2)
        writes(engine, 502, 3, case=3, topic="lost_sim")

        assert who(ends(engine, 510, ANNA)) == [(3, ANNA, "urgent")]

    def test_it_is_not_held_for_the_owner(self) -> None:
        engine = desk()
        owner = served(engine)
        engine.calls(499, owner)

        assert who(writes(engine, 500, 2, urgent=True)) == [(2, other(owner), "urgent")]

    def test_the_owner_who_is_free_has_it_all_the_same(self) -> None:
        engine = desk()
        owner = served(engine)

        assert who(writes(engine, 500, 2, urgent=True)) == [(2, owner, "owner")]

    def test_a_work_whose_word_is_out_is_put_aside_for_it_at_once(self) -> None:
        engine = desk(here=(ANNA,))
        writes(engine, 500, 1)
        engine.first_word(515, ANNA)
        engine.decide(515)

        gives = writes(engine, 516, 2, case=2, urgent=True)

        assert [(give.message, give.aside) for give in gives] == [(2, 1)]

    def test_it_needs_the_skill(self) -> None:
        assert writes(desk(), 500, 1, topic="porting", urgent=True) == []


class TestTheWordOfALead:
    def test_it_is_for_nobody_else_however_late(self) -> None:
        engine = desk()
        engine.calls(EIGHT, MAREK)
        engine.calls(EIGHT, ANNA)
        writes(engine, 490, 1)
        engine.assign(491, 1, MAREK)
        engine.decide(491)

        engine.free(492, ANNA)
        assert engine.decide(492) == []
        assert wakes(engine) == (0.0, [])
        hold = engine.why_waiting(1, 600)
        assert hold is not None and (hold.reason, hold.consultant) == ("assigned", MAREK)
        engine.free(600, MAREK)

        assert who(engine.decide(600)) == [(1, MAREK, "assigned")]

    def test_whatever_the_skills(self) -> None:
        engine = desk()
        assert writes(engine, 500, 1, topic="porting") == []

        engine.assign(501, 1, MAREK)

        assert who(engine.decide(501)) == [(1, MAREK, "assigned")]

    def test_over_her_day_off(self) -> None:
        engine = desk(anna_has_tomorrow_off(), colleague(MAREK, EIGHT, TEN))
        engine.calls(EIGHT, ANNA)
        engine.calls(EIGHT, MAREK)
        writes(engine, 490, 1)
        engine.assign(491, 1, ANNA)
        engine.free(500, MAREK)

        engine.off(TEN, ANNA)

        assert engine.decide(TEN) == []

    def test_until_she_is_gone_for_long(self) -> None:
        engine = desk(colleague(ANNA, EIGHT, TEN), colleague(MAREK, EIGHT, TEN))
        engine.calls(EIGHT, ANNA)
        writes(engine, 490, 9, case=9)
        writes(engine, 491, 1)
        engine.assign(492, 1, ANNA)
        ends(engine, 495, MAREK)

        engine.off(499, ANNA)
        assert engine.decide(499) == []
        engine.rostered(500, replace(colleague(ANNA, EIGHT, TEN), shifts={}))

        assert [give.consultant for give in engine.decide(500)] == [MAREK]

    def test_until_the_lead_takes_it_back(self) -> None:
        engine = desk()
        engine.calls(EIGHT, ANNA)
        engine.calls(EIGHT, MAREK)
        writes(engine, 490, 1)
        engine.assign(491, 1, ANNA)
        engine.free(492, MAREK)
        assert engine.decide(492) == []

        engine.release(493, 1)

        assert [give.consultant for give in engine.decide(493)] == [MAREK]

    def test_of_somebody_who_is_no_longer_there_it_is_for_everybody(self) -> None:
        engine = desk()
        engine.calls(EIGHT, ANNA)
        engine.calls(EIGHT, MAREK)
        writes(engine, 490, 1)

        engine.assign(491, 1, 77)
        engine.free(492, MAREK)

        assert [give.consultant for give in engine.decide(492)] == [MAREK]


class TestTheChoiceOfTheCustomer:
    def waiting_for_anna_tomorrow(self) -> Engine:
        engine = desk()
        engine.off(EIGHT, ANNA)
        assert writes(engine, 490, 1, due=TOMORROW + EIGHT + 30, only_for=ANNA) == []
        return engine

    def test_nobody_else_has_it(self) -> None:
        engine = self.waiting_for_anna_tomorrow()

        engine.free(600, MAREK)

        assert engine.decide(600) == []
        hold = engine.why_waiting(1, 600)
        assert hold is not None
        assert (hold.reason, hold.consultant, hold.consultant_is) == ("assigned", ANNA, "off")
        assert hold.free_at == TOMORROW + EIGHT

    def test_she_has_it_when_she_comes(self) -> None:
        engine = self.waiting_for_anna_tomorrow()

        engine.on(TOMORROW + EIGHT, ANNA, TOMORROW + TEN)
        engine.free(TOMORROW + EIGHT, ANNA)

        assert who(engine.decide(TOMORROW + EIGHT)) == [(1, ANNA, "assigned")]

    def test_when_she_does_not_come_others_have_it(self) -> None:
        engine = self.waiting_for_anna_tomorrow()
        engine.on(TOMORROW + EIGHT, MAREK, TOMORROW + TEN)
        engine.free(TOMORROW + EIGHT, MAREK)
        assert engine.decide(TOMORROW + EIGHT) == []

        engine.absent(TOMORROW + EIGHT + 5, ANNA)

        assert [give.consultant for give in engine.decide(TOMORROW + EIGHT + 5)] == [MAREK]

    def test_when_she_is_too_busy_others_have_it_in_time(self) -> None:
        engine = self.waiting_for_anna_tomorrow()
        for one in (ANNA, MAREK):
            engine.on(TOMORROW + EIGHT, one, TOMORROW + TEN)
        engine.calls(TOMORROW + EIGHT, ANNA)

        moment, gives = wakes(engine)

        assert [give.consultant for give in gives] == [MAREK]
        assert moment == TOMORROW + EIGHT + 30 - RULES.release

    def test_the_customer_may_not_want_to_wait_any_more(self) -> None:
        engine = self.waiting_for_anna_tomorrow()

        engine.release(500, 1)

        assert [give.consultant for give in engine.decide(500)] == [MAREK]
