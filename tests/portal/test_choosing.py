"""The owner is away: the customer is told, waits for her or does not, and the desk, the counts and the receipt know."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from samehand.cases import actions
from samehand.cases.actions import dispatching
from samehand.cases.actions.choosing_to_wait import CHANGES_AN_HOUR
from samehand.cases.models import Case, Message, Post, Turn
from samehand.config import metrics
from samehand.lib.models import Event
from samehand.people.actions import rostering
from samehand.people.models import Absence, Break, ServiceHours, Shift, Staff
from samehand.people.queries import service_hours
from tests.personas import JAN, PROVEN, a_mail, answer, arrive, at, the_case
from tests.portal.conftest import link

pytestmark = pytest.mark.django_db
SetClock = Callable[[datetime], None]
WARSAW = ZoneInfo("Europe/Warsaw")
FIRST = "<first@poczta.example>"


def on(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of that week's day, 23 is the Monday, by the clock of the desk."""
    return datetime(2026, 11, day, hour, minute, tzinfo=WARSAW).astimezone(UTC)


EVENING = on(23, 18)


@pytest.fixture
def offered() -> None:
    service_hours()
    ServiceHours.objects.update(customers_may_wait=True)


@pytest.fixture
def asked(offered: None, anna: Staff, clock: SetClock) -> Case:
    """Anna answered at noon. In the evening, when she is at home until Tuesday at 8, the customer writes again."""
    Shift.objects.create(consultant=anna, starts_at=on(24, 8), ends_at=on(24, 16))
    arrive(a_mail(mid=FIRST))
    answer(the_case(), anna, now=at(5))
    arrive(a_mail(answers=FIRST, text="Dalej nie działa."), now=EVENING)
    clock(EVENING)
    return the_case()


@pytest.fixture
def late(marek: Staff) -> Staff:
    """Marek is there in the evening."""
    Shift.objects.create(consultant=marek, starts_at=on(23, 17), ends_at=on(23, 22))
    return marek


def page(client: Client, case: Case, query: str = "") -> str:
    response = client.get(link(case) + query)
    assert response.status_code == 200
    return " ".join(html.unescape(response.content.decode()).split())


def until_of(client: Client, case: Case) -> str:
    found = re.search(r'name="until" value="([^"]+)"', page(client, case))
    assert found
    return found[1]


def wait(client: Client, case: Case, until: str = "") -> int:
    return client.post(f"{link(case)}/wait", {"until": until or until_of(client, case)}).status_code


def take_back(client: Client, case: Case) -> int:
    return client.post(f"{link(case)}/no-wait").status_code


def due(case: Case) -> datetime | None:
    case.refresh_from_db()
    return case.due_at


def last(case: Case) -> Message:
    return case.messages.order_by("-id")[0]


class TestWhatSheIsTold:
    def test_when_her_consultant_is_back_and_by_when_somebody_answers(self, client: Client, asked: Case) -> None:
        said = page(client, asked)

        assert "Ktoś z nas odpowie do 18:30" in said
        assert "Anna wraca jutro o 8:00." in said
        assert "Poczekam. Niech odpowie Anna" in said
        assert "Wtedy Anna odpowie najpóźniej jutro o 8:30." in said

    def test_in_english(self, client: Client, asked: Case) -> None:
        said = page(client, asked, "?lang=en")

        assert "One of us answers you by 18:30" in said
        assert "Anna is back tomorrow at 8:00." in said
        assert "Wait for Anna" in said
        assert "Then Anna answers you by 8:30 tomorrow." in said

    def test_a_colleague_who_knows_the_case_is_named(self, client: Client, asked: Case, late: Staff) -> None:
        Message.objects.create(case=asked, direction="out", channel="mail", author=late, at=at(8), text="Jestem.")

        assert "Anna wraca jutro o 8:00. Marek zna Twoją sprawę." in page(client, asked)

    def test_who_only_knows_the_customer_is_not_said_to_know_the_case(
        self, client: Client, asked: Case, late: Staff
    ) -> None:
        earlier = Case.objects.create(
            customer=asked.customer, subject="Dawniej", status="solved", opened_at=at(0), touched_at=at(0)
        )
        Message.objects.create(case=earlier, direction="out", channel="mail", author=late, at=at(8), text="Gotowe.")

        said = page(client, asked)

        assert "Marek zna Cię z wcześniejszej sprawy." in said
        assert "Twoją sprawę" not in said

    def test_a_colleague_who_does_not_is_not(self, client: Client, asked: Case, late: Staff) -> None:
        assert "Marek" not in page(client, asked)

    def test_nothing_more_of_the_roster_and_no_surname(self, client: Client, asked: Case, anna: Staff) -> None:
        Absence.objects.create(consultant=anna, kind="sick", note="Grypa", starts_at=on(24, 8), ends_at=on(24, 16))
        Shift.objects.create(consultant=anna, starts_at=on(25, 10), ends_at=on(25, 18))

        said = page(client, asked)

        assert "Anna wraca w środę 25 listopada o 10:00." in said
        for secret in ("Grypa", "sick", "chor", "urlop", "16:00", "18:00</", "Testowa"):
            assert secret not in said.replace("o 18:00</time>", "")

    def test_after_a_break_she_answers_herself_in_time(self, client: Client, asked: Case, anna: Staff) -> None:
        shift = Shift.objects.create(consultant=anna, starts_at=on(23, 17), ends_at=on(23, 22))
        Break.objects.create(shift=shift, starts_at=on(23, 17, 55), ends_at=on(23, 18, 10))

        said = page(client, asked)

        assert "Anna wraca" in said
        assert "Niech odpowie Anna" in said
        assert "Wtedy Anna odpowie do 18:40." in said

    def test_where_it_is_not_offered_nothing_changes(self, client: Client, asked: Case) -> None:
        ServiceHours.objects.update(customers_may_wait=False)

        said = page(client, asked)

        assert "Anna odpowie do 18:30" in said
        assert "Anna wraca" not in said
        assert "Niech odpowie" not in said

    def test_while_she_is_there_there_is_nothing_to_choose(self, client: Client, asked: Case, anna: Staff) -> None:
        Shift.objects.create(consultant=anna, starts_at=on(23, 17), ends_at=on(23, 22))

        said = page(client, asked)

        assert "Anna odpowie do 18:30" in said
        assert "Niech odpowie" not in said

    def test_a_broken_promise_is_not_made_whole(self, client: Client, asked: Case, clock: SetClock) -> None:
        until = until_of(client, asked)
        clock(on(23, 18, 31))

        assert "Nie dotrzymaliśmy słowa." in page(client, asked)
        assert "Niech odpowie" not in page(client, asked)
        assert wait(client, asked, until) == 409
        assert due(asked) == on(23, 18, 30)

    def test_who_has_left_us_is_not_waited_for(self, client: Client, asked: Case, anna: Staff) -> None:
        Staff.objects.update(is_active=False)

        said = page(client, asked)

        assert "Ktoś z nas odpowie do 18:30" in said
        assert "Anna wraca" not in said


class TestSheWaits:
    def test_her_promise_moves_and_the_page_says_so(self, client: Client, asked: Case, anna: Staff) -> None:
        assert wait(client, asked) == 302

        said = page(client, asked)
        assert "Anna odpowie najpóźniej jutro o 8:30" in said
        assert "Czekasz, bo tak wybierasz. Anna wraca jutro o 8:00." in said
        assert "Może odpowiedzieć ktoś inny" in said
        message = last(asked)
        assert (message.waits_for, message.due_at, message.due_before_choice) == (anna, on(24, 8, 30), on(23, 18, 30))
        assert due(asked) == on(24, 8, 30)

    def test_reading_and_following_links_chooses_nothing(self, client: Client, asked: Case) -> None:
        before = (Event.objects.count(), list(Message.objects.values()))

        for path in ("/wait", "/no-wait", "/wait?until=2026-11-24T07:30:00Z", ""):
            assert client.get(link(asked) + path).status_code in (200, 302)
            assert client.head(link(asked) + path).status_code in (200, 302)

        assert (Event.objects.count(), list(Message.objects.values())) == before

    def test_choosing_twice_is_choosing_once(self, client: Client, asked: Case) -> None:
        until = until_of(client, asked)

        assert [wait(client, asked, until) for _time in range(3)] == [302, 302, 302]

        assert Event.objects.filter(kind="case.waits_for_owner").count() == 1

    def test_what_she_adds_is_waited_for_as_well(self, client: Client, asked: Case, anna: Staff) -> None:
        wait(client, asked)

        arrive(a_mail(answers=FIRST, text="Dodam, że mam Samsunga."), now=on(23, 18, 10))

        assert last(asked).waits_for == anna
        assert last(asked).due_before_choice == on(23, 18, 40)
        assert due(asked) == on(24, 8, 30)

    def test_somebody_elses_mail_in_her_case_is_not(self, client: Client, asked: Case) -> None:
        wait(client, asked)
        reply_to = Message.objects.filter(direction="out")[0].reply_to[0]

        arrive(a_mail(JAN, text="Jan pisze.", to=reply_to), now=on(23, 18, 10), recipients=[reply_to])

        assert last(asked).third_party
        assert last(asked).waits_for is None

    def test_she_takes_it_back_at_once(self, client: Client, asked: Case) -> None:
        wait(client, asked)

        assert take_back(client, asked) == 302

        message = last(asked)
        assert (message.waits_for, message.due_at, message.due_before_choice) == (None, on(23, 18, 30), None)
        assert "Ktoś z nas odpowie do 18:30" in page(client, asked)
        assert take_back(client, asked) == 302

    def test_she_takes_it_back_later(self, client: Client, asked: Case, clock: SetClock) -> None:
        wait(client, asked)
        clock(on(23, 20))

        take_back(client, asked)

        assert due(asked) == on(23, 20, 30)
        assert last(asked).due_before_choice == on(23, 18, 30)
        assert "Ktoś z nas odpowie do 20:30" in page(client, asked)

    def test_a_choice_after_the_answer_is_refused_in_words(
        self, client: Client, asked: Case, late: Staff, clock: SetClock
    ) -> None:
        until = until_of(client, asked)
        answer(asked, late, "Wymieniłem kartę.", now=on(23, 18, 10))
        clock(on(23, 18, 11))

        response = client.post(f"{link(asked)}/wait", {"until": until})

        assert response.status_code == 409
        assert "odpowiedź na Twoje pytanie już jest" in response.content.decode()
        assert last(asked).waits_for is None

    def test_what_she_was_told_must_still_hold(self, client: Client, asked: Case, anna: Staff) -> None:
        until = until_of(client, asked)
        Shift.objects.filter(starts_at=on(24, 8)).update(starts_at=on(24, 12))

        response = client.post(f"{link(asked)}/wait", {"until": until})

        assert response.status_code == 409
        said = response.content.decode()
        assert "sytuacja jest już inna" in said
        assert "Anna wraca jutro o 12:00." in said
        assert due(asked) == on(23, 18, 30)

    @pytest.mark.parametrize("until", ["", "nonsense", "2026-13-45T99:99:99", "2026-11-24T08:30:00", "x" * 5000])
    def test_nonsense_chooses_nothing(self, client: Client, asked: Case, until: str) -> None:
        assert client.post(f"{link(asked)}/wait", {"until": until}).status_code == 409
        assert due(asked) == on(23, 18, 30)

    def test_without_the_right_link_nobody_chooses(self, client: Client, asked: Case) -> None:
        until = until_of(client, asked)

        assert client.post("/s/wrong/wait", {"until": until}).status_code == 404
        assert client.post("/s/wrong/no-wait").status_code == 404
        assert due(asked) == on(23, 18, 30)

    def test_nobody_changes_it_for_ever(self, client: Client, asked: Case) -> None:
        answers = []
        for _time in range(CHANGES_AN_HOUR):
            answers += [wait(client, asked) if due(asked) != on(24, 8, 30) else take_back(client, asked)]

        refused = client.post(f"{link(asked)}/wait", {"until": until_of(client, asked)})

        assert set(answers) == {302}
        assert refused.status_code == 429
        assert "W ciągu godziny" in refused.content.decode()


def test_in_the_night_on_which_the_clock_is_set_back(
    client: Client, offered: None, anna: Staff, clock: SetClock
) -> None:
    ServiceHours.objects.update(week=[[["00:00", "00:00"]]] * 7, country="")
    begins = datetime(2026, 10, 25, 0, 45, tzinfo=UTC)  # 2:45 by the clock, for the first time
    Shift.objects.create(consultant=anna, starts_at=begins, ends_at=begins + timedelta(hours=6))
    evening = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)
    arrive(a_mail(mid=FIRST), now=evening)
    Case.objects.update(owner=anna)
    clock(evening)

    said = page(client, the_case())
    wait(client, the_case())

    assert "Anna wraca jutro o 2:45." in said
    # Half an hour later the clock shows 2:15 once more.
    assert due(the_case()) == begins + timedelta(minutes=30)
    assert "Anna odpowie najpóźniej jutro o 2:15" in page(client, the_case())


def test_joined_and_parted_again_the_cases_owe_what_she_chose(client: Client, asked: Case, anna: Staff) -> None:
    arrive(a_mail(subject="Faktura", text="Proszę o fakturę."), now=on(23, 12))
    other = Case.objects.exclude(pk=asked.pk).get()
    answer(other, anna, now=on(23, 12, 5))
    done = actions.merge(case_id=asked.pk, into_id=other.pk, author_id=anna.pk, now=on(23, 18, 1))

    assert wait(client, other) == 302
    actions.undo(rearrangement_id=done.pk, author_id=anna.pk, now=on(23, 18, 5))

    assert due(asked) == on(24, 8, 30)
    assert due(other) is None


class TestSheDoesNotCome:
    def end(self, moment: datetime) -> int:
        return actions.end_choices(now=moment)

    def test_while_she_comes_as_planned_nothing_ends(self, client: Client, asked: Case) -> None:
        wait(client, asked)

        assert [self.end(on(23, 23)), self.end(on(24, 7, 59)), self.end(on(24, 8, 20))] == [0, 0, 0]

    def test_leave_entered_meanwhile_ends_it(self, client: Client, asked: Case, anna: Staff, clock: SetClock) -> None:
        wait(client, asked)
        Absence.objects.create(consultant=anna, kind="sick", starts_at=on(24, 0), ends_at=on(25, 0))

        assert self.end(on(23, 20)) == 1

        clock(on(23, 20, 1))
        said = page(client, asked)
        assert "Ktoś z nas odpowie do 20:30" in said
        assert "Anna wróci później, niż mówiliśmy, więc nie musisz czekać." in said
        assert due(asked) == on(23, 20, 30)
        assert Event.objects.filter(kind="case.waits_no_more", data__why="absent").count() == 1

    def test_in_the_morning_the_earlier_of_both_promises_counts(self, client: Client, asked: Case, anna: Staff) -> None:
        wait(client, asked)
        Absence.objects.create(consultant=anna, kind="leave", starts_at=on(24, 0), ends_at=on(25, 0))

        self.end(on(24, 8, 10))

        assert due(asked) == on(24, 8, 30)

    def test_she_has_left_us(self, client: Client, asked: Case, anna: Staff) -> None:
        wait(client, asked)
        Staff.objects.filter(pk=anna.pk).update(is_active=False)

        assert self.end(on(23, 20)) == 1

    def test_the_case_went_into_other_hands(self, client: Client, asked: Case, late: Staff, clock: SetClock) -> None:
        wait(client, asked)

        actions.take(case_id=asked.pk, author_id=late.pk, now=on(23, 19))

        clock(on(23, 19))
        assert due(asked) == on(23, 19, 30)
        assert "Marek odpowie do 19:30" in page(client, asked)

    def test_what_was_answered_stays_as_it_was(self, client: Client, asked: Case, anna: Staff) -> None:
        wait(client, asked)
        answer(asked, anna, now=on(24, 8, 10))
        Absence.objects.create(consultant=anna, kind="sick", starts_at=on(24, 8), ends_at=on(25, 0))

        assert self.end(on(24, 8, 20)) == 0
        assert Message.objects.get(text__startswith="Dalej").waits_for == anna


class TestTheHouseKnows:
    def test_the_desk_says_for_whom_and_until_when(
        self, client: Client, asked: Case, anna: Staff, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wait(client, asked)
        monkeypatch.setattr("samehand.desk.cases.now", lambda: EVENING)
        monkeypatch.setattr("samehand.lib.templatetags.house.now", lambda: EVENING)
        client.force_login(anna, backend="allauth.account.auth_backends.AuthenticationBackend")
        address = f"/desk/cases/{asked.reference}/"

        said = client.get(address).content.decode()
        english = client.get(address, headers={"accept-language": "en"}).content.decode()

        assert "klient woli poczekać: odpowie Anna do jutra, 8:30" in said
        assert "the customer chose to wait: Anna answers by tomorrow 8:30" in english

    def test_it_is_counted_apart(self, client: Client, asked: Case, anna: Staff) -> None:
        def counted(line: str) -> bool:
            return line in metrics.text()[0].decode()

        wait(client, asked)
        assert counted('samehand_promises{state="by_choice"} 1.0')
        assert counted('samehand_promises{state="broken"} 0.0')

        answer(asked, anna, now=on(24, 8, 10))
        assert counted("samehand_promises_kept_total 1.0")
        assert counted("samehand_promises_late_total 0.0")
        assert counted('samehand_promises_by_choice_total{outcome="kept"} 1.0')

    def test_the_roster_ends_it_at_once(self, client: Client, asked: Case, anna: Staff, adam: Staff) -> None:
        from samehand.people.actions import staffing

        wait(client, asked)

        staffing.deactivate(by=adam, person_id=anna.pk, now=on(23, 19))

        assert last(asked).waits_for is None
        assert due(asked) == on(23, 19, 30)


class TestTheReceipt:
    def test_it_leads_to_the_page_and_chooses_nothing_itself(
        self, offered: None, anna: Staff, marek: Staff, client: Client, clock: SetClock
    ) -> None:
        ServiceHours.objects.update(receipts=True)
        Shift.objects.all().delete()
        Shift.objects.create(consultant=anna, starts_at=on(24, 8), ends_at=on(24, 16))
        arrive(a_mail(), now=EVENING, evidence=PROVEN)
        case = the_case()
        Case.objects.update(owner=anna)

        actions.send_receipts(message_ids=[case.messages.get().pk], now=EVENING + timedelta(minutes=1))

        receipt = Message.objects.get(direction="out")
        assert "Odpowiemy do 18:30." in receipt.text
        assert "Anna wraca: jutro 8:00. Na stronie sprawy możesz wybrać, że poczekasz." in receipt.text
        from samehand.lib import blobs

        raw = blobs.get(receipt.blob).decode().replace("=\r\n", "")
        assert link(case).removeprefix("/s/")[:20] in raw
        assert "/wait" not in raw

    def test_with_nothing_to_choose_it_is_as_ever(self, offered: None, anna: Staff, clock: SetClock) -> None:
        ServiceHours.objects.update(receipts=True)
        arrive(a_mail(), evidence=PROVEN)

        actions.send_receipts(message_ids=[the_case().messages.get().pk], now=at(1))

        assert Message.objects.get(direction="out").text == "Mamy Twoją wiadomość. Anna odpowie do 11:30."


def test_a_name_that_is_hostile_stays_a_name(client: Client, asked: Case, anna: Staff) -> None:
    Staff.objects.filter(pk=anna.pk).update(first_name='<img src=x onerror="alert(1)">')

    assert "<img src=x" not in client.get(link(asked)).content.decode()


def test_nothing_of_it_costs_a_page_where_it_is_off(
    client: Client, anna: Staff, clock: SetClock, django_assert_max_num_queries: object
) -> None:
    arrive(a_mail())
    page(client, the_case())

    with django_assert_max_num_queries(9):  # type: ignore[operator]
        page(client, the_case())


class TestWhereMailsAreHandedOut:
    @pytest.fixture
    def handed_out(self, asked: Case, late: Staff) -> Case:
        """Marek is free at his desk; what the customer asked waits for its moment."""
        ServiceHours.objects.update(hands_out=True)
        dispatching.settle(case_ids=[asked.pk], now=EVENING)
        return asked

    def test_nobody_else_gets_what_is_waited_for(self, client: Client, handed_out: Case, anna: Staff) -> None:
        wait(client, handed_out)

        turn = Turn.objects.get()
        assert (turn.only_for, turn.given_to, turn.due_at) == (anna, None, on(24, 8, 30))

    def test_taken_back_it_stands_in_line_for_everybody(self, client: Client, handed_out: Case) -> None:
        wait(client, handed_out)

        take_back(client, handed_out)

        turn = Turn.objects.get()
        assert (turn.only_for, turn.due_at) == (None, on(23, 18, 30))

    def test_when_she_falls_ill_it_stands_in_line_for_everybody(
        self, client: Client, handed_out: Case, anna: Staff, adam: Staff
    ) -> None:
        wait(client, handed_out)

        rostering.add_absence(
            by=adam, person_id=anna.pk, kind="sick", starts_at=on(24, 0), ends_at=on(25, 0), note="", now=on(23, 19)
        )

        turn = Turn.objects.get()
        assert (turn.only_for, turn.due_at) == (None, on(23, 19, 30))
        assert due(handed_out) == on(23, 19, 30)

    def test_when_she_does_not_come_it_is_not_waited_to_the_end(
        self, client: Client, handed_out: Case, anna: Staff
    ) -> None:
        wait(client, handed_out)
        post = {"state": "off", "since": on(24, 8), "until": on(24, 16), "seen_at": on(23, 16)}
        Post.objects.update_or_create(consultant=anna, defaults={**post, "absent_on": on(24, 8).date()})

        assert actions.end_choices(now=on(24, 8, 10)) == 1

        assert Turn.objects.get().only_for is None
        assert due(handed_out) == on(24, 8, 30)

    def test_whoever_takes_it_keeps_it(self, client: Client, handed_out: Case, late: Staff) -> None:
        wait(client, handed_out)

        actions.take(case_id=handed_out.pk, author_id=late.pk, now=on(23, 19))

        turn = Turn.objects.get()
        assert late in (turn.only_for, turn.given_to)
        assert turn.due_at == on(23, 19, 30)
