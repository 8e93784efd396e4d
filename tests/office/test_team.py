"""Adam looks after the accounts of the team."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from samehand.people.models import Role, Staff
from tests.personas import PASSWORD, staff

pytestmark = pytest.mark.django_db
EWA: dict[str, Any] = {
    "email": "Ewa@Fala.example",
    "first_name": "Ewa",
    "last_name": "Nowak",
    "role": "consultant",
    "skills": ["technical"],
    "language": "pl",
}


def test_a_new_colleague_chooses_her_password_by_a_link(admin: Client) -> None:
    page = admin.post("/desk/office/team/add", EWA).content.decode()
    link = re.search(r'value="http://testserver(/account/[^"]+)"', page)
    assert link
    ewa = Staff.objects.get(email="ewa@fala.example")
    assert not ewa.has_usable_password()

    newcomer = Client()
    form = newcomer.get(link[1], follow=True).redirect_chain[-1][0]
    newcomer.post(form, {"password1": "nowe-mocne-haslo", "password2": "nowe-mocne-haslo"})

    ewa.refresh_from_db()
    assert ewa.check_password("nowe-mocne-haslo")
    assert "Ten link już nie działa" in Client().get(link[1]).content.decode()


def test_an_address_signs_in_only_one(admin: Client, anna: Staff) -> None:
    response = admin.post("/desk/office/team/add", EWA | {"email": "ANNA@fala.example"})

    assert response.status_code == 422
    assert "Ktoś już loguje się tym adresem." in response.content.decode()


def test_what_is_edited_is_kept(admin: Client, anna: Staff) -> None:
    admin.post(f"/desk/office/team/{anna.pk}", EWA | {"email": anna.email, "role": "lead", "skills": []})

    anna.refresh_from_db()
    assert (anna.first_name, anna.role, anna.skills) == ("Ewa", "lead", [])
    assert anna.check_password(PASSWORD)


def test_ending_the_access_ends_her_sessions(
    admin: Client, anna: Staff, marek: Staff, signed_in: Callable[[Staff], Client]
) -> None:
    hers, his = signed_in(anna), signed_in(marek)

    admin.post(f"/desk/office/team/{anna.pk}/off")

    assert hers.get("/sent").status_code == 302
    assert not hers.session.get("_auth_user_id")
    assert his.get("/sent").status_code == 200
    login = Client().post("/account/login/", {"login": anna.email, "password": PASSWORD})
    assert not login.wsgi_request.user.is_authenticated


def test_she_can_be_let_in_again(admin: Client, anna: Staff) -> None:
    admin.post(f"/desk/office/team/{anna.pk}/off")
    admin.post(f"/desk/office/team/{anna.pk}/on")

    anna.refresh_from_db()
    assert anna.is_active


class TestTheLastAdministrator:
    def test_cannot_be_sent_away(self, admin: Client, adam: Staff) -> None:
        response = admin.post(f"/desk/office/team/{adam.pk}/off", follow=True)

        adam.refresh_from_db()
        assert adam.is_active
        assert "To ostatni administrator." in response.content.decode()

    def test_cannot_become_something_else(self, admin: Client, adam: Staff) -> None:
        response = admin.post(f"/desk/office/team/{adam.pk}", EWA | {"role": "lead"})

        adam.refresh_from_db()
        assert adam.role == Role.ADMIN
        assert adam.first_name == "Adam"
        assert response.status_code == 422

    def test_a_second_one_makes_it_possible(self, admin: Client, adam: Staff) -> None:
        second = staff("Basia", Role.ADMIN)

        admin.post(f"/desk/office/team/{second.pk}/off")
        admin.post(f"/desk/office/team/{adam.pk}/off")

        assert list(Staff.objects.filter(role=Role.ADMIN, is_active=True)) == [adam]
