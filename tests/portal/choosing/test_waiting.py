"""The customer waits for her consultant, and takes it back; what she chose holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from samehand.cases import actions
from samehand.cases.actions.choosing_to_wait import CHANGES_AN_HOUR
from samehand.cases.models import Case, Message
from samehand.lib.models import Event
from samehand.people.models import ServiceHours, Shift, Staff
from tests.personas import JAN, a_mail, answer, arrive, the_case
from tests.portal.choosing.acts import FIRST, SetClock, due, last, on, page, take_back, until_of, wait
from tests.portal.conftest import link

pytestmark = pytest.mark.django_db


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
