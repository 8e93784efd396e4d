"""Who is there: a shift puts a person on duty, leave and illness take her away from it."""

from __future__ import annotations

import pytest

from samehand.people.access import absences_for
from samehand.people.models import Absence, AbsenceKind, Staff
from samehand.people.queries import crew, on_shift, with_shift
from tests.personas import at

pytestmark = pytest.mark.django_db


def away(person: Staff, begin: float, end: float, kind: str = AbsenceKind.SICK, note: str = "") -> Absence:
    return Absence.objects.create(consultant=person, kind=kind, starts_at=at(begin), ends_at=at(end), note=note)


@pytest.mark.parametrize(
    ("minute", "here"),
    [
        pytest.param(0, True, id="before she falls ill"),
        pytest.param(30, False, id="from the first minute"),
        pytest.param(59, False, id="to the last"),
        pytest.param(60, True, id="and no longer"),
    ],
)
def test_who_is_ill_is_not_on_shift(anna: Staff, marek: Staff, minute: int, here: bool) -> None:
    away(anna, 30, 60)

    assert (anna in on_shift(at(minute))) is here
    assert {one.id: one.on_shift for one in crew(at(minute), {})} == {anna.pk: here, marek.pk: True}
    assert with_shift(at(minute)).get(pk=anna.pk).on_shift is here


def test_why_somebody_is_away_is_for_leads_and_herself(anna: Staff, marek: Staff, ola: Staff) -> None:
    absence = away(anna, 0, 60, note="angina")

    assert list(absences_for(ola)) == [absence]
    assert list(absences_for(anna)) == [absence]
    assert list(absences_for(marek)) == []


def test_who_is_not_asked_answers_in_the_languages_of_the_house(anna: Staff) -> None:
    anna.refresh_from_db()

    assert anna.languages == ["pl", "en"]
