"""An administrator of an empty house is told what to do first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from samehand.desk.office.beginning import steps
from samehand.lib.clock import now
from samehand.people.models import Shift, Staff
from tests.personas import a_mail, arrive, staff

pytestmark = pytest.mark.django_db
STEPS = "Pierwsze kroki"


@pytest.mark.parametrize("address", ["/desk/", "/desk/office/"])
def test_a_new_house_shows_the_first_steps(admin: Client, address: str) -> None:
    assert STEPS in admin.get(address).content.decode()


def test_what_is_done_is_told_until_nothing_is_left(adam: Staff) -> None:
    assert [step.done for step in steps(adam)] == [False, False, False]

    anna = staff("Anna", works=False)
    arrive(a_mail())
    assert [step.done for step in steps(adam)] == [True, False, True]

    Shift.objects.create(consultant=anna, starts_at=now(), ends_at=now() + timedelta(hours=8))
    assert steps(adam) == []


def test_others_are_not_told(lead: Client) -> None:
    assert STEPS not in lead.get("/desk/").content.decode()
