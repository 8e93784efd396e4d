"""A case whose owner is at home for the night."""

from __future__ import annotations

import pytest

from samehand.cases.models import Case
from samehand.people.models import ServiceHours, Shift, Staff
from samehand.people.queries import service_hours
from tests.personas import a_mail, answer, arrive, at, the_case
from tests.portal.choosing.acts import EVENING, FIRST, SetClock, on


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
