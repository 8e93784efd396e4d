"""Adam sets up the mailboxes; Ola sees how they are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from samehand.channels.mail.imap import explain
from samehand.channels.mail.models import Grant, Habit, Mailbox
from samehand.lib.clock import now
from samehand.lib.seal import SealBroken, seal, unseal

SAID: dict[str, Any] = {
    "name": "Pomoc",
    "host": "imap.fala.example",
    "port": "993",
    "security": "tls",
    "username": "pomoc",
    "login": "password",
    "secret": " tajne ",
    "folder": "INBOX",
    "enabled": "on",
}


class TestTheSeal:
    def test_what_goes_in_comes_out(self) -> None:
        assert unseal(seal("zażółć gęślą jaźń")) == "zażółć gęślą jaźń"

    def test_twice_the_same_looks_different(self) -> None:
        assert seal("x") != seal("x")

    @pytest.mark.parametrize("broken", ["", "x", "gAAAAAB" + "A" * 80])
    def test_what_is_not_ours_stays_shut(self, broken: str) -> None:
        with pytest.raises(SealBroken):
            unseal(broken)

    def test_another_key_does_not_open_it(self, settings: Any) -> None:
        sealed = seal("x")
        settings.SECRET_KEY = "another"

        with pytest.raises(SealBroken):
            unseal(sealed)


@pytest.mark.django_db
class TestThePages:
    def test_a_new_mailbox_keeps_its_password_sealed(self, admin: Client) -> None:
        response = admin.post("/desk/office/mailboxes/add", SAID)

        mailbox = Mailbox.objects.get()
        assert response.status_code == 302
        assert "tajne" not in mailbox.sealed_secret
        assert unseal(mailbox.sealed_secret) == " tajne "
        assert "tajne" not in admin.get(f"/desk/office/mailboxes/{mailbox.pk}").content.decode()

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            pytest.param({"secret": ""}, "Hasło albo token", id="no password"),
            pytest.param({"port": "70000"}, "od 1 do 65535", id="no such port"),
            pytest.param({"security": "none"}, "Bez szyfrowania", id="a password in clear over the net"),
            pytest.param({"name": ""}, "Nazwa", id="no name"),
        ],
    )
    def test_what_cannot_be_is_refused(self, admin: Client, change: dict[str, str], words: str) -> None:
        response = admin.post("/desk/office/mailboxes/add", SAID | change)

        assert response.status_code == 422
        assert words in response.content.decode()
        assert not Mailbox.objects.exists()

    def test_on_this_machine_it_may_go_without_encryption(self, admin: Client) -> None:
        assert (
            admin.post("/desk/office/mailboxes/add", SAID | {"security": "none", "host": "localhost"}).status_code
            == 302
        )

    def test_an_empty_password_keeps_the_old_one(self, admin: Client) -> None:
        admin.post("/desk/office/mailboxes/add", SAID)
        mailbox = Mailbox.objects.get()

        admin.post(f"/desk/office/mailboxes/{mailbox.pk}", SAID | {"secret": "", "name": "Pomoc 2"})

        mailbox.refresh_from_db()
        assert (mailbox.name, unseal(mailbox.sealed_secret)) == ("Pomoc 2", " tajne ")

    def test_a_kept_password_never_goes_to_another_server(self, admin: Client) -> None:
        admin.post("/desk/office/mailboxes/add", SAID)
        mailbox = Mailbox.objects.get()

        response = admin.post(f"/desk/office/mailboxes/{mailbox.pk}", SAID | {"secret": "", "host": "evil.example"})

        assert response.status_code == 422
        mailbox.refresh_from_db()
        assert mailbox.host == "imap.fala.example"

    def test_another_folder_is_read_from_its_beginning(self, admin: Client) -> None:
        admin.post("/desk/office/mailboxes/add", SAID)
        Mailbox.objects.update(uid_validity=7, last_uid=400, trouble="login: NO")
        mailbox = Mailbox.objects.get()

        admin.post(f"/desk/office/mailboxes/{mailbox.pk}", SAID | {"secret": "", "folder": "Inne"})

        mailbox.refresh_from_db()
        assert (mailbox.uid_validity, mailbox.last_uid, mailbox.trouble) == (None, 0, "")

    def test_a_lead_sees_since_when_it_fails_and_why(self, lead: Client, settings: Any) -> None:
        settings.HEALTH = ("samehand.channels.mail.health.findings",)
        Mailbox.objects.create(
            name="Pomoc",
            host="imap.fala.example",
            username="u",
            sealed_secret=seal("x"),
            trouble="login: [AUTHENTICATIONFAILED]",
            trouble_since=now() - timedelta(hours=1),
        )

        page = lead.get("/desk/office/mailboxes").content.decode()
        strip = lead.get("/desk/office/health").content.decode()

        assert "Nie działa od:" in page
        assert "Serwer odrzuca nazwę użytkownika albo hasło." in page
        assert "Zmień" not in page
        assert "Skrzynka Pomoc: Serwer odrzuca" in strip

    def test_a_removed_mailbox_is_gone(self, admin: Client) -> None:
        admin.post("/desk/office/mailboxes/add", SAID)

        admin.post(f"/desk/office/mailboxes/{Mailbox.objects.get().pk}/remove")

        assert not Mailbox.objects.exists()
        assert "Nie ma żadnej skrzynki" in admin.get("/desk/office/mailboxes").content.decode()


class TestWhatTheCardSays:
    def test_a_withdrawn_sign_in_leads_to_signing_in_and_promises_no_try(self, admin: Client) -> None:
        box = Mailbox.objects.create(name="Pomoc", host="h", username="u", trouble="grant")
        Grant.objects.create(mailbox=box, provider="google", given_at=now(), refused_at=now())

        page = admin.get("/desk/office/mailboxes", headers={"accept-language": "en"}).text

        assert f"/desk/office/mailboxes/{box.pk}#sign-in" in page
        assert "We keep trying." not in page

    def test_a_secret_sealed_with_another_key_is_said_in_words(self, admin: Client) -> None:
        Mailbox.objects.create(name="Pomoc", host="h", username="u", trouble=explain(SealBroken()))

        page = admin.get("/desk/office/mailboxes", headers={"accept-language": "pl"}).text

        assert "Jej hasło albo logowanie zapisano z innym SAMEHAND_SECRET. Podaj je ponownie." in page

    @pytest.mark.parametrize(("minutes", "state"), [(-5, "silent"), (5, "well")])
    def test_an_unusual_silence_is_no_green_card(self, admin: Client, minutes: int, state: str) -> None:
        Mailbox.objects.create(name="Pomoc", host="h", username="u", contact_at=now())
        moment = now() + timedelta(minutes=minutes)
        Habit.objects.create(source="Pomoc", rates=[1.0], made_at=now(), last_at=now(), unusual_from=moment)

        assert f'data-state="{state}"' in admin.get("/desk/office/mailboxes").text
