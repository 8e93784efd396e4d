"""Skill and language say who is asked first; they never leave a customer without a human answer."""

from __future__ import annotations

import pytest

from samehand.cases.actions import dispatching
from samehand.cases.models import Case, Turn
from samehand.people.models import ServiceHours, Staff
from tests.cases.test_handing_out import here, in_hand, served_by, signs, writes_again
from tests.personas import JAN, ZOFIA, a_mail, answer, arrive, at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hands_out(db: None) -> None:
    ServiceHours.objects.update_or_create(pk=1, defaults={"hands_out": True})


def able(one: Staff, *skills: str, languages: tuple[str, ...] = ("pl", "en")) -> None:
    Staff.objects.filter(pk=one.pk).update(skills=list(skills), languages=list(languages))


def test_whose_case_it_is_keeps_it_whatever_it_is_about(anna: Staff, marek: Staff) -> None:
    case = served_by(anna)
    able(anna, "technical")
    able(marek, "general", "billing", "porting")
    here(marek, now=at(5))

    writes_again(case, 6)

    assert Turn.objects.get(case=case).given_to == anna


def test_a_known_colleague_without_the_skill_is_not_asked_in_a_new_matter(anna: Staff, marek: Staff) -> None:
    served_by(anna)
    able(anna, "technical")
    able(marek, "general", "billing", "porting")
    here(marek, now=at(5))

    arrive(a_mail(ZOFIA, "Umowa"), now=at(6))

    assert Turn.objects.get().given_to == marek


def test_while_nobody_on_duty_has_the_skill_it_goes_to_who_is_there_before_it_is_late(
    anna: Staff, marek: Staff
) -> None:
    able(anna, "technical")
    able(marek, "general", "billing", "porting")
    here(anna)
    arrive(a_mail(JAN, "Umowa"), now=at(1))
    assert Turn.objects.get().given_to is None

    signs(anna, until=26)
    dispatching.step(now=at(26))

    turn = Turn.objects.get()
    assert (turn.given_to, turn.given_at < turn.due_at) == (anna, True)


def test_what_is_late_is_found_by_whoever_comes(anna: Staff, marek: Staff) -> None:
    able(anna, "technical")
    able(marek, "general", "billing", "porting")
    arrive(a_mail(JAN, "Umowa"), now=at(1))
    dispatching.step(now=at(20))
    dispatching.step(now=at(40))
    assert Turn.objects.get().given_to is None

    here(anna, now=at(41))

    assert in_hand(anna)


def test_the_skill_is_kept_while_somebody_on_duty_has_it(anna: Staff, marek: Staff) -> None:
    able(anna, "technical")
    able(marek, "general", "billing", "porting")
    here(anna, marek)
    arrive(a_mail(JAN, "Umowa"), a_mail(ZOFIA, "Faktura"), now=at(1))
    first, second = Case.objects.order_by("id")

    signs(anna, marek, until=29)
    dispatching.step(now=at(29))
    assert (in_hand(anna), in_hand(marek)) == (None, first.turn)

    answer(first, marek, now=at(30))
    assert in_hand(marek) == second.turn
