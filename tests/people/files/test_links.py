"""The secret address of a person's own calendar."""

from __future__ import annotations

import pytest

from samehand.people.actions.rostering.links import make_link, person_of, token_of
from samehand.people.models import Staff
from tests.personas import MONDAY

pytestmark = pytest.mark.django_db


def test_a_link_ends_when_it_is_made_anew_or_the_person_goes(ola: Staff, anna: Staff, marek: Staff) -> None:
    assert token_of(anna) == ""
    old = make_link(by=anna, person_id=anna.pk, now=MONDAY)
    assert person_of(old) == anna

    new = make_link(by=anna, person_id=anna.pk, now=MONDAY)

    assert person_of(old) is None
    assert person_of(new) == anna
    assert person_of(new.replace(f"{anna.pk}.", f"{marek.pk}.", 1)) is None
    Staff.objects.filter(pk=anna.pk).update(is_active=False)
    assert person_of(new) is None


@pytest.mark.parametrize("token", ["", "x", "1.1", "1.1.x", "1:1:x", "..", "1.0." + "a" * 43])
def test_a_link_that_nobody_made(anna: Staff, token: str) -> None:
    assert person_of(token) is None
