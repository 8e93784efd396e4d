"""Adam looks after the accounts of the team."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from samehand.channels.mail import tasks
from samehand.core.dispatches import ChannelError
from samehand.lib import blobs
from samehand.people.models import Role, Staff
from tests.personas import PASSWORD, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def private_mail() -> Callable[[], bytes]:
    """Has the worker send the one mail that waits, and reads what left."""

    def sent() -> bytes:
        tasks.post(**ProcrastinateJob.objects.get(task_name="samehand.mail.post").args)
        (mail,) = Path(settings.PRIVATE_MAIL).glob("*.eml")
        return mail.read_bytes()

    return sent


EWA: dict[str, Any] = {
    "email": "Ewa@Fala.example",
    "first_name": "Ewa",
    "last_name": "Nowak",
    "role": "consultant",
    "skills": ["technical"],
    "languages": ["pl", "uk"],
    "language": "pl",
}


def test_a_new_colleague_chooses_her_password_by_a_link(admin: Client) -> None:
    page = admin.post("/desk/office/team/add", EWA).content.decode()
    link = re.search(rf'value="{settings.URL}(/account/[^"]+)"', page)
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


class TestAForgottenPassword:
    @pytest.fixture(autouse=True)
    def our_own_way_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Tests have Django's; without ours nobody would notice that it fails."""
        monkeypatch.setattr(settings, "EMAIL_BACKEND", "samehand.channels.mail.backend.OutboxBackend")

    def test_is_replaced_by_a_mailed_link(self, adam: Staff, private_mail: Callable[[], bytes]) -> None:
        Client().post("/account/password/reset/", {"email": adam.email}, headers={"host": "127.0.0.1"})

        raw = private_mail()
        assert b"\n" not in raw.replace(b"\r\n", b"")
        text = message_from_bytes(raw, policy=default).get_content()
        link = re.search(rf"{settings.URL}(/account/password/reset/key/\S+)", text)
        assert link
        assert "password1" in Client().get(link[1], follow=True).content.decode()

    def test_its_mail_is_shown_to_nobody(
        self, adam: Staff, sent_folder: Path, private_mail: Callable[[], bytes]
    ) -> None:
        Client().post("/account/password/reset/", {"email": adam.email})
        private_mail()

        assert not list(sent_folder.iterdir())
        kept = Path(settings.PRIVATE_MAIL)
        assert [stat.S_IMODE(path.stat().st_mode) for path in (kept, *kept.iterdir())] == [0o700, 0o600]

    def test_its_page_answers_alike_when_the_disk_is_full(self, adam: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(_data: bytes) -> str:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(blobs, "put", refuse)

        known, unknown = (
            Client().post("/account/password/reset/", {"email": email}) for email in (adam.email, "x@fala.example")
        )

        assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])

    def test_its_mail_waits_for_a_relay_that_is_away(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(settings, "RELAY", "smtp+plain://127.0.0.1:1")

        with pytest.raises(ChannelError) as said:
            tasks.post(key=blobs.put(b"Subject: x\r\n\r\n"), recipient="a@fala.example")

        assert tasks.post.get_retry_exception(said.value, Job(queue="", lock=None, queueing_lock=None, task_name=""))
