"""Bad days beside the same usual day: what must hold whatever the dice say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from samehand.sim.profile import EXAMPLES, read_profile
from samehand.sim.staffing.crews import Crew, through
from samehand.sim.staffing.customers import HISTORY_DAYS, customers_of
from samehand.sim.staffing.outages import Outage, strike, with_banner, with_mass_answer
from samehand.sim.staffing.shifts import cover, rota
from samehand.sim.staffing.trying import try_crew
from samehand.sim.staffing.whatif import ill, outage
from samehand.sim.world import DAY

SMALL = replace(read_profile(EXAMPLES / "example.json"), messages_per_day=300.0, subscribers=20_000, people=14)
SEEDS = range(1, 4)
DAY_ASKED = HISTORY_DAYS + 1


@pytest.fixture(scope="module")
def week() -> Crew:
    return rota(SMALL, cover(SMALL, ([0] * 6 + [5] * 16 + [0] * 2) * 7))


def test_everybody_ill_breaks_nearly_everything_and_nobody_ill_changes_nothing(week: Crew) -> None:
    nobody = ill(SMALL, week, SEEDS, 1, 0, lambda _share: None)
    all_ = ill(SMALL, week, SEEDS, 1, 99, lambda _share: None)

    assert nobody.then.broken == nobody.usual.broken and nobody.then.more_waited is not None
    assert nobody.then.more_waited.mean == 0.0
    assert all_.then.more_broken is not None and all_.then.more_broken.mean > 200


def test_more_ill_people_make_customers_wait_longer(week: Crew) -> None:
    waited = [ill(SMALL, week, SEEDS, 1, people, lambda _share: None).then.waited.mean for people in (0, 4, 8)]

    assert waited == sorted(waited) and waited[2] > 1.2 * waited[0]


def test_an_outage_breaks_promises_and_each_notice_saves_some(week: Crew) -> None:
    found = outage(SMALL, week, SEEDS, 1, Outage(factor=8.0, at=600.0), lambda _share: None)

    banner, answer = found.notices["banner"], found.notices["answer"]
    assert found.usual.broken.mean < banner.broken.mean < found.then.broken.mean
    assert answer.broken.mean < found.then.broken.mean
    assert banner.waited.mean < found.then.waited.mean > answer.waited.mean
    assert found.then.backlog and answer.backlog and answer.backlog.mean < found.then.backlog.mean


def test_eight_times_the_mail_is_seven_times_more_of_it_and_only_then() -> None:
    usual = outer = 0
    for seed in range(1, 6):
        customers = customers_of(SMALL, seed, 3, DAY_ASKED - 1)
        struck = strike(customers, SMALL, Outage(factor=8.0, at=630.0, minutes=60.0), seed, DAY_ASKED)
        begins = DAY_ASKED * DAY + 630
        opened = [struck.world.cases[case].opened_at for case in struck.cases]
        assert all(begins <= at < begins + 60 for at in opened)
        assert customers.cases.items() <= struck.world.cases.items(), "whoever writes anyway writes the same"
        fresh = [n for n, numbers in customers.messages_of.items() if customers.messages[numbers[0]].place == 0]
        usual += sum(begins <= customers.cases[n].opened_at < begins + 60 for n in fresh)
        outer += len(opened)
    assert outer == pytest.approx(7 * usual, rel=0.35)


def test_a_banner_silences_its_share_of_those_who_come_after_it_and_nobody_else() -> None:
    what = Outage(factor=20.0, at=600.0, banner_after=15.0)
    customers = customers_of(SMALL, 1, 3, DAY_ASKED - 1)
    struck = strike(customers, SMALL, what, 1, DAY_ASKED)

    def left(deflects: float) -> frozenset[int]:
        return with_banner(struck, replace(what, deflects=deflects), 1).cases

    early = {case for case in struck.cases if struck.world.cases[case].opened_at < struck.begins + 15}
    assert left(0.0) == struck.cases and left(1.0) == early
    assert left(0.0) >= left(0.3) >= left(0.6) >= left(1.0), "a better banner silences the same and more"
    later = len(struck.cases) - len(early)
    assert len(struck.cases) - len(left(0.5)) == pytest.approx(later / 2, rel=0.3)


def test_a_mass_answer_settles_what_nobody_had_begun_and_keeps_what_is_left_of_those_cases(week: Crew) -> None:
    what = Outage(factor=20.0, at=600.0, answer_after=30.0)
    customers = customers_of(SMALL, 1, 3, DAY_ASKED - 1)
    struck = strike(customers, SMALL, what, 1, DAY_ASKED)
    log = try_crew(struck.world, SMALL, through(week, DAY_ASKED - 1, DAY_ASKED + 3), 1, "ours").log

    after, mass = with_mass_answer(struck, what, log)

    sent = struck.begins + 30
    assert mass.settled and all(answered == max(came, sent) for came, answered in mass.settled)
    begun = {struck.world.messages[number].case for at, _, number in log.starts if at < sent} & struck.cases
    assert begun and all(after.world.messages_of[case] == struck.world.messages_of[case] for case in begun)
    left = sum(len(after.world.messages_of.get(case, ())) for case in struck.cases)
    assert left + len(mass.settled) == sum(len(struck.world.messages_of[case]) for case in struck.cases)


def test_an_outage_at_night_or_of_no_more_mail_is_an_answer_too(week: Crew) -> None:
    night = outage(SMALL, week, (1,), 6, Outage(factor=3.0, at=1410.0, minutes=60.0), lambda _share: None)
    same = outage(SMALL, week, (1,), 0, Outage(factor=1.0), lambda _share: None)

    assert night.then.messages.mean > night.usual.messages.mean
    assert same.then.broken == same.usual.broken
