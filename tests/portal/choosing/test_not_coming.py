"""The one who is waited for does not come: the waiting ends and somebody answers."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from samehand.cases import actions
from samehand.cases.models import Case, Message
from samehand.lib.models import Event
from samehand.people.actions.rostering.absences import end_absence
from samehand.people.models import Absence, Staff
from tests.personas import answer
from tests.portal.choosing.acts import SetClock, due, on, page, wait

pytestmark = pytest.mark.django_db


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

    def test_an_absence_that_lasts_longer_ends_it_at_once(
        self, client: Client, asked: Case, anna: Staff, ola: Staff
    ) -> None:
        leave = Absence.objects.create(consultant=anna, kind="leave", starts_at=on(23, 0), ends_at=on(24, 0))
        wait(client, asked)
        assert due(asked) == on(24, 8, 30)

        end_absence(by=ola, absence_id=leave.pk, ends_at=on(25, 0), now=on(23, 20))

        assert due(asked) == on(23, 20, 30)

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
