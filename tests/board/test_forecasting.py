"""From the house's rows to the simulator's day and back: history, roster, what waits, hours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from samehand.cases import actions
from samehand.cases.actions import dispatching
from samehand.cases.models import Case, Forecast, Message
from samehand.config import forecasting
from samehand.lib.models import Event
from samehand.people.actions import noticing
from samehand.people.models import Absence, Break, Customer, ServiceHours, Shift, Staff
from samehand.sim.forecast import Today
from tests.personas import MONDAY, a_mail, arrive, at, staff

pytestmark = pytest.mark.django_db


def six_weeks(a_day: int = 24, until: datetime = MONDAY) -> None:
    """On every day before, within twelve hours, so many cases of one message each, answered after eight minutes."""
    customer = Customer.objects.create(name="Jan", known_since=until - timedelta(days=60))
    cases, asked = [], []
    for day in range(1, 43):
        for number in range(a_day):
            moment = until - timedelta(days=day, hours=3) + timedelta(minutes=720 / a_day * number)
            case = Case(
                reference=f"H{day}-{number}", customer=customer, opened_at=moment, touched_at=moment, status="solved"
            )
            cases.append(case)
            asked.append(
                Message(case=case, direction="in", channel="mail", at=moment, due_at=moment + timedelta(minutes=30))
            )
    Case.objects.bulk_create(cases)
    for message in asked:
        message.answered_at = message.at + timedelta(minutes=8)
    Message.objects.bulk_create(asked)


def test_without_a_past_it_says_so(anna: Staff) -> None:
    told = forecasting.today(MONDAY)
    assert (told["status"], told["cases"]) == ("short", 0)


@pytest.mark.parametrize(
    ("moment", "status"),
    [(datetime(2026, 11, 23, 22, 0, tzinfo=UTC), "closed"), (datetime(2026, 11, 23, 2, 0, tzinfo=UTC), "early")],
    ids=["after closing", "long before opening"],
)
def test_when_the_desk_is_closed_there_is_none(moment: datetime, status: str) -> None:
    assert forecasting.today(moment) == {"status": status}


def a_notice(ola: Staff, **said: object) -> None:
    told = {"kind": "slow", "titles": {"pl": "Wolniej"}, "starts_at": at(-60), "ends_at": at(900), **said}
    noticing.announce(by=ola, said=noticing.Announcement(**told), now=MONDAY)


def test_what_a_notice_closes_is_closed(ola: Staff) -> None:
    a_notice(ola, closes=True)

    assert forecasting.today(MONDAY) == {"status": "closed"}


def test_with_slow_answers_the_rest_of_the_day_is_reckoned_by_the_longer_promise(
    anna: Staff, ola: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    six_weeks()
    asked: list[Today] = []
    real = forecasting.forecast
    monkeypatch.setattr(forecasting, "forecast", lambda day: asked.append(day) or real(day))
    a_notice(ola, promise_minutes=120)

    forecasting.today(MONDAY)

    assert [day.rules.promise for day in asked] == [120.0]


def test_a_day_with_enough_people_keeps_its_promises(anna: Staff, marek: Staff) -> None:
    six_weeks()
    Shift.objects.update(ends_at=MONDAY + timedelta(hours=12))

    told = forecasting.today(MONDAY)

    assert told["status"] == "told"
    assert [hour["hour"] for hour in told["hours"]] == list(range(11, 22))
    assert told["broken"] < 1
    assert told["seeds"] == 30


def test_nobody_after_six_breaks_what_comes_then(anna: Staff) -> None:
    """Anna goes at 17:00; two mails an hour are asked until 20."""
    six_weeks()

    told = forecasting.today(at(0))

    late = {hour["hour"]: hour["broken"] for hour in told["hours"]}
    assert late[18] > 1
    assert late[13] < 0.5
    assert told["worst"] >= 17
    assert told["remedy"]["kind"] == "one"


def test_what_waits_and_whoever_is_ill_count(anna: Staff) -> None:
    six_weeks(a_day=6)
    arrive(*(a_mail(f"k{n}@x.example", f"case {n}") for n in range(5)), now=at(-2))
    well = forecasting.today(at(0))
    Absence.objects.create(consultant=anna, kind="sick", starts_at=at(-60), ends_at=at(900))
    ill = forecasting.today(at(0))

    assert well["hours"][0]["broken"] < 1
    assert ill["hours"][0]["broken"] >= 5


def test_a_break_keeps_a_person_away(anna: Staff) -> None:
    six_weeks(a_day=6)
    arrive(*(a_mail(f"k{n}@x.example", f"case {n}") for n in range(3)), now=at(-20))
    before = forecasting.today(at(0))["hours"][0]["broken"]
    Break.objects.create(shift=anna.shifts.get(), starts_at=at(0), ends_at=at(25))

    assert forecasting.today(at(0))["hours"][0]["broken"] > before + 1


def test_a_house_that_never_closes_is_reckoned_until_midnight(anna: Staff) -> None:
    ServiceHours.objects.update_or_create(id=1, defaults={"week": [[["00:00", "00:00"]]] * 7, "country": ""})
    six_weeks()
    assert forecasting.today(at(0))["hours"][-1]["hour"] == 23


@pytest.mark.parametrize(
    ("moment", "first"),
    [(datetime(2026, 10, 25, 9, tzinfo=UTC), 10), (datetime(2026, 3, 29, 9, tzinfo=UTC), 11)],
    ids=["clocks went back", "clocks went forward"],
)
def test_days_on_which_clocks_change_are_reckoned_by_the_wall_clock(moment: datetime, first: int, anna: Staff) -> None:
    six_weeks(until=moment)

    told = forecasting.today(moment)

    assert [hour["hour"] for hour in told["hours"]] == list(range(first, 22))
    assert sum(hour["asked"] for hour in told["hours"]) > 5


def test_it_is_kept_once_a_day_and_announced(anna: Staff) -> None:
    actions.reckon_forecast(now=at(0))
    actions.reckon_forecast(now=at(5))

    assert Forecast.objects.get().made_at == at(5)
    assert Event.objects.filter(kind="forecast.made").count() == 2


def test_the_same_state_says_the_same(anna: Staff) -> None:
    six_weeks()
    assert forecasting.today(at(3)) == forecasting.today(at(3))


class TestWhereMailsAreHandedOut:
    @pytest.fixture(autouse=True)
    def _hands_out(self, db: None) -> None:
        ServiceHours.objects.update_or_create(pk=1, defaults={"hands_out": True})

    @pytest.fixture
    def state(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[float], dict[int, tuple[float, float]]]:
        """By person from when on, and until when, she takes mails: minutes from the personas' Monday."""
        seen: list[Today] = []
        real = forecasting.forecast
        monkeypatch.setattr(forecasting, "forecast", lambda today: seen.append(today) or real(today, seeds=2))

        def ask(minute: float) -> dict[int, tuple[float, float]]:
            forecasting.today(at(minute))
            self.today = today = seen[-1]
            return {
                one.id: (round(one.begins - today.now + minute, 3), round(one.end - today.now + minute, 3))
                for one in today.crew
            }

        return ask

    def test_who_is_planned_and_gives_no_sign_is_not_there(
        self, anna: Staff, marek: Staff, state: Callable[[float], dict[int, tuple[float, float]]]
    ) -> None:
        six_weeks(a_day=6)
        dispatching.here(staff_id=anna.pk, now=at(0))
        later = staff("Ewa", works=False)
        Shift.objects.create(consultant=later, starts_at=at(60), ends_at=at(400))

        assert state(20) == {anna.pk: (20, 360), later.pk: (60, 400)}

        dispatching.say(staff_id=anna.pk, wish="away", now=at(30))
        assert set(state(31)) == {later.pk}

    def test_who_is_busy_is_free_after_a_usual_work_and_her_mail_waits_for_nobody(
        self, anna: Staff, state: Callable[[float], dict[int, tuple[float, float]]]
    ) -> None:
        six_weeks(a_day=6)
        dispatching.here(staff_id=anna.pk, now=at(0))
        arrive(a_mail(), a_mail("Jan <jan@x.example>", "second"), now=at(2))

        assert state(3) == {anna.pk: (8, 360)}
        assert len(self.today.waiting) == 1

    def test_who_has_a_break_is_free_when_it_usually_ends(
        self, anna: Staff, state: Callable[[float], dict[int, tuple[float, float]]]
    ) -> None:
        six_weeks(a_day=6)
        dispatching.here(staff_id=anna.pk, now=at(0))
        dispatching.say(staff_id=anna.pk, wish="break", now=at(10))

        assert state(12) == {anna.pk: (25, 360)}

    def test_whose_shift_has_just_begun_is_awaited_and_who_is_unplanned_counts(
        self, ola: Staff, state: Callable[[float], dict[int, tuple[float, float]]]
    ) -> None:
        six_weeks(a_day=6)
        fresh = staff("Ewa", works=False)
        Shift.objects.create(consultant=fresh, starts_at=at(59), ends_at=at(400))
        dispatching.say(staff_id=ola.pk, wish="mails", now=at(50))

        assert state(60) == {ola.pk: (60, 530), fresh.pk: (60, 400)}


def test_a_break_that_lasts_by_the_roster_ends_as_planned(anna: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    six_weeks(a_day=6)
    Break.objects.create(shift=anna.shifts.get(), starts_at=at(-5), ends_at=at(10))
    seen: list[Today] = []
    real = forecasting.forecast
    monkeypatch.setattr(forecasting, "forecast", lambda today: seen.append(today) or real(today, seeds=2))

    forecasting.today(at(0))

    [worker] = seen[0].crew
    assert (worker.start, worker.begins, worker.breaks) == (seen[0].now, seen[0].now + 10, ())
