"""What the page tells while the owner is away: when she is back, who else may answer, and nothing more."""

from __future__ import annotations

import pytest
from django.test import Client

from samehand.cases.models import Case, Message
from samehand.people.models import Absence, Break, ServiceHours, Shift, Staff
from tests.personas import a_mail, arrive, at, the_case
from tests.portal.choosing.acts import SetClock, due, on, page, until_of, wait
from tests.portal.conftest import link

pytestmark = pytest.mark.django_db


class TestWhatSheIsTold:
    def test_when_her_consultant_is_back_and_by_when_somebody_answers(self, client: Client, asked: Case) -> None:
        said = page(client, asked)

        assert "Ktoś z nas odpowie do 18:30" in said
        assert "Anna wraca jutro o 8:00." in said
        assert "Poczekam. Niech odpowie Anna" in said
        assert "Wtedy Anna odpowie najpóźniej jutro o 8:30." in said

    def test_in_english(self, client: Client, asked: Case) -> None:
        said = page(client, asked, "?lang=en")

        assert "One of us will answer you by 18:30" in said
        assert "Anna is back tomorrow at 8:00." in said
        assert "Wait for Anna" in said
        assert "Then Anna will answer you by 8:30 tomorrow." in said

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


def test_a_name_that_is_hostile_stays_a_name(client: Client, asked: Case, anna: Staff) -> None:
    Staff.objects.filter(pk=anna.pk).update(first_name='<img src=x onerror="alert(1)">')

    assert "<img src=x" not in client.get(link(asked)).content.decode()


def test_nothing_of_it_costs_a_page_where_it_is_off(
    client: Client, anna: Staff, clock: SetClock, django_assert_max_num_queries: object
) -> None:
    arrive(a_mail())
    page(client, the_case())

    # One of them asks for the notices that stand on every page.
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        page(client, the_case())
