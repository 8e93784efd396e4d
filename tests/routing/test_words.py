"""What somebody said goes before what the engine thinks: a lead, the customer, and what cannot wait."""

from __future__ import annotations

from dataclasses import replace

from samehand.core.routing import Engine
from tests.routing.desk import (
    ANNA,
    EIGHT,
    EWA,
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

    def waits_for_anna_alone(self) -> Engine:
        engine = desk()
        for one in (ANNA, MAREK):
            engine.calls(EIGHT, one)
        writes(engine, 490, 1)
        engine.assign(491, 1, ANNA)
        engine.free(492, MAREK)
        assert engine.decide(492) == []
        return engine

    def test_over_her_break(self) -> None:
        engine = self.waits_for_anna_alone()

        engine.pauses(493, ANNA)

        assert engine.decide(493) == []
        assert wakes(engine) == (0.0, [])

    def test_over_a_change_of_her_roster(self) -> None:
        engine = self.waits_for_anna_alone()

        engine.reconsider(493, [1])

        assert engine.decide(493) == []

    def test_until_she_goes_and_does_not_come_back_in_time(self) -> None:
        engine = self.waits_for_anna_alone()

        engine.off(493, ANNA)

        assert [give.consultant for give in engine.decide(493)] == [MAREK]

    def test_of_one_who_is_not_there_until_others_can_just_be_in_time(self) -> None:
        engine = desk(here=(MAREK,))
        engine.calls(EIGHT, MAREK)
        writes(engine, 490, 1)
        engine.assign(491, 1, EWA)
        engine.free(492, MAREK)
        assert engine.decide(492) == []

        moment, gives = wakes(engine)

        assert (moment, [give.consultant for give in gives]) == (520 - RULES.release, [MAREK])

    def test_what_is_late_waits_for_one_who_is_not_there_as_long_as_a_promise(self) -> None:
        engine = desk(here=(MAREK,))
        engine.calls(EIGHT, MAREK)
        writes(engine, 490, 1)
        engine.assign(530, 1, EWA)
        engine.free(531, MAREK)
        assert engine.decide(531) == []

        moment, gives = wakes(engine)

        assert (moment, [give.consultant for give in gives]) == (530 + RULES.promise, [MAREK])

    def test_until_the_lead_takes_it_back(self) -> None:
        engine = self.waits_for_anna_alone()

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
        engine.waits(490, message=1, case=1, customer=1, topic="general", language="PL", due=520)
        engine.assign(490, 1, ANNA, TOMORROW + EIGHT + 30)
        assert engine.decide(490) == []
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

    def test_when_nothing_is_heard_of_her_others_have_it_in_time(self) -> None:
        engine = self.waiting_for_anna_tomorrow()
        engine.on(TOMORROW + EIGHT, MAREK, TOMORROW + TEN)
        engine.free(TOMORROW + EIGHT, MAREK)
        assert engine.decide(TOMORROW + EIGHT) == []

        moment, gives = wakes(engine)

        assert [give.consultant for give in gives] == [MAREK]
        assert moment == TOMORROW + EIGHT + 30 - RULES.release

    def test_when_she_is_there_and_busy_it_is_hers_all_the_same(self) -> None:
        engine = self.waiting_for_anna_tomorrow()
        for one in (ANNA, MAREK):
            engine.on(TOMORROW + EIGHT, one, TOMORROW + TEN)
            engine.free(TOMORROW + EIGHT, one)
        engine.calls(TOMORROW + EIGHT, ANNA)

        assert wakes(engine) == (0.0, [])

    def test_the_customer_may_not_want_to_wait_any_more(self) -> None:
        engine = self.waiting_for_anna_tomorrow()

        engine.release(500, 1, 525)

        (give,) = engine.decide(500)
        assert (give.consultant, give.due) == (MAREK, 525)
