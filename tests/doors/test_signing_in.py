"""Mailboxes that are signed in at Google or Microsoft: with a stand-in that turns its refresh tokens."""

from __future__ import annotations

import threading
import urllib.request
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import structlog
from django.db import connection
from django.test import Client

from samehand.cases.models import RawArrival
from samehand.channels.mail.models import Grant, Mailbox
from samehand.channels.mail.oauth import providers, tokens
from samehand.lib.clock import now
from samehand.lib.seal import seal, unseal
from samehand.people.models import Staff
from tests.doors.dovecot import Dovecot
from tests.doors.stand_in import StandIn
from tests.doors.watched import Callers, a_mailbox, be_quick, until
from tests.personas import a_mail

pytestmark = pytest.mark.django_db(transaction=True)
GOOGLE = providers.PROVIDERS["google"]
EMPTY = dict.fromkeys(("client_id", "client_secret", "authorize_url", "token_url"), "")


@pytest.fixture
def there(settings: Any) -> Iterator[StandIn]:
    stand_in = StandIn()
    settings.OAUTH = {"google": stand_in.settings(), "microsoft": EMPTY}
    settings.URL = "http://localhost:8000"
    yield stand_in
    stand_in.stop()


@pytest.fixture
def callers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callers]:
    be_quick(monkeypatch)
    some = Callers()
    yield some
    some.end()


@pytest.fixture
def admin(adam: Staff) -> Client:
    client = Client()
    client.force_login(adam)
    return client


class Redirected(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def gone_to(address: str) -> str:
    """Where the sign-in page sends the browser back to."""
    try:
        urllib.request.build_opener(Redirected).open(address)
    except urllib.error.HTTPError as answer:
        return str(answer.headers["Location"])
    raise AssertionError("the sign-in page sent the browser nowhere")


def a_google_mailbox(**fields: Any) -> Mailbox:
    values = {"name": "Pomoc", "host": "imap.example", "username": "desk", "login": "xoauth2"}
    return Mailbox.objects.create(**(values | fields))


def sign_in(client: Client, mailbox: Mailbox) -> Any:
    there = client.get(f"/desk/office/mailboxes/{mailbox.pk}/sign-in/google")["Location"]
    back = urlsplit(gone_to(there))
    assert back.netloc == "localhost:8000"
    return client.get(f"{back.path}?{back.query}")


def signed_in(there: StandIn, moment: datetime, **fields: Any) -> Mailbox:
    mailbox = a_google_mailbox(**fields)
    first = there._tokens()
    found = providers.Tokens(first["access_token"], first["refresh_token"], there.life)
    tokens.keep(mailbox=mailbox, provider="google", tokens=found, now=moment)
    return Mailbox.objects.get(pk=mailbox.pk)


class TestSigningIn:
    def test_the_way_there_and_back(self, there: StandIn, admin: Client) -> None:
        mailbox = a_google_mailbox(trouble="grant: ", trouble_since=now())

        asked = parse_qs(urlsplit(admin.get(f"/desk/office/mailboxes/{mailbox.pk}/sign-in/google")["Location"]).query)
        answer = sign_in(admin, mailbox)

        assert asked["code_challenge_method"] == ["S256"]
        assert asked["access_type"] == ["offline"]
        assert answer["Location"] == f"/desk/office/mailboxes/{mailbox.pk}"
        grant = Grant.objects.get()
        assert unseal(grant.sealed_refresh) == there.refresh
        assert there.refresh not in grant.sealed_refresh
        assert Mailbox.objects.get().trouble == ""
        page = admin.get(answer["Location"]).content.decode()
        assert "Zaloguj przez Google" in page
        assert "Microsoft" not in page
        assert there.refresh not in page

    @pytest.mark.parametrize("query", ["state=cudzy&code=1", "code=1", "", "state=&code=1"])
    def test_what_was_not_begun_here_is_refused(self, there: StandIn, admin: Client, query: str) -> None:
        mailbox = a_google_mailbox()
        admin.get(f"/desk/office/mailboxes/{mailbox.pk}/sign-in/google")

        admin.get(f"/desk/office/mailboxes/signed-in?{query}")

        assert not Grant.objects.exists()

    def test_a_code_is_good_once(self, there: StandIn, admin: Client) -> None:
        mailbox = a_google_mailbox()
        back = urlsplit(gone_to(admin.get(f"/desk/office/mailboxes/{mailbox.pk}/sign-in/google")["Location"]))
        admin.get(f"{back.path}?{back.query}")
        Grant.objects.all().delete()

        admin.get(f"{back.path}?{back.query}")

        assert not Grant.objects.exists()

    def test_a_lead_cannot(self, there: StandIn, ola: Staff) -> None:
        client = Client()
        client.force_login(ola)

        assert client.get(f"/desk/office/mailboxes/{a_google_mailbox().pk}/sign-in/google").status_code == 403

    @pytest.mark.parametrize("provider", ["microsoft", "inny"])
    def test_who_is_not_set_up_is_not_offered(self, there: StandIn, admin: Client, provider: str) -> None:
        assert admin.get(f"/desk/office/mailboxes/{a_google_mailbox().pk}/sign-in/{provider}").status_code == 404

    def test_another_server_never_gets_the_token(self, there: StandIn, admin: Client) -> None:
        mailbox = signed_in(there, now())
        form = {
            "name": "Pomoc", "host": "evil.example", "port": "993", "security": "tls", "username": "desk",
            "login": "xoauth2", "folder": "INBOX", "enabled": "on",
        }  # fmt: skip

        admin.post(f"/desk/office/mailboxes/{mailbox.pk}", form)

        assert Mailbox.objects.get().host == "evil.example"
        assert not Grant.objects.exists()


class TestRenewing:
    def test_a_token_is_used_for_four_fifths_of_its_life(self, there: StandIn) -> None:
        begun = now()
        mailbox = signed_in(there, begun)
        first = tokens.secret(mailbox, now=begun + timedelta(minutes=47))
        second = tokens.secret(mailbox, now=begun + timedelta(minutes=49))

        assert there.renewals == 1
        assert first != second
        assert unseal(Grant.objects.get().sealed_refresh) == there.refresh

    def test_turned_tokens_are_followed_for_a_week(self, there: StandIn) -> None:
        begun = now()
        mailbox = signed_in(there, begun)

        for hour in range(24 * 7):
            tokens.secret(mailbox, now=begun + timedelta(hours=hour))

        assert there.renewals == 24 * 7 - 1
        assert not Grant.objects.get().refused_at

    def test_a_token_that_is_not_turned_stays(self, there: StandIn) -> None:
        there.turns = False
        mailbox = signed_in(there, now())
        before = there.refresh

        tokens.secret(mailbox, now=now() + timedelta(hours=2))

        assert unseal(Grant.objects.get().sealed_refresh) == before

    def test_two_who_need_one_at_once_ask_once(self, there: StandIn) -> None:
        mailbox = signed_in(there, now())
        moment = now() + timedelta(hours=1)
        found: list[str] = []

        def need() -> None:
            try:
                found.append(tokens.secret(mailbox, now=moment))
            finally:
                connection.close()

        threads = [threading.Thread(target=need) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)

        assert there.renewals == 1
        assert len(found) == 4
        assert len(set(found)) == 1

    def test_the_one_before_is_tried_when_its_successor_never_came_to_be(self, there: StandIn) -> None:
        mailbox = signed_in(there, now())
        tokens.secret(mailbox, now=now() + timedelta(hours=1))
        used = unseal(Grant.objects.get().sealed_previous)
        # The provider went back to what it had before it gave us the last one.
        there.refresh = used

        tokens.secret(mailbox, now=now() + timedelta(hours=2))

        assert unseal(Grant.objects.get().sealed_refresh) == there.refresh

    def test_a_sign_in_that_was_taken_back_is_told_once_and_no_token_is_logged(self, there: StandIn) -> None:
        mailbox = signed_in(there, now())
        held = {there.refresh, *there.access}
        there.refresh = "cofnięty"

        with structlog.testing.capture_logs() as logs:
            for _ in range(3):
                with pytest.raises(providers.GrantRefused):
                    tokens.secret(mailbox, now=now() + timedelta(hours=1))

        assert there.renewals == 1
        assert Grant.objects.get().refused_at
        assert [entry["log_level"] for entry in logs] == ["error"]
        assert not [token for token in held if token in str(logs)]

    def test_a_service_that_is_away_is_no_reason_while_the_last_token_lives(self, there: StandIn) -> None:
        mailbox = signed_in(there, now())
        there.away = True

        assert tokens.secret(mailbox, now=now() + timedelta(minutes=55)) in there.access
        with pytest.raises(providers.TokenAway):
            tokens.secret(mailbox, now=now() + timedelta(minutes=61))
        assert Grant.objects.get().refused_at is None

    def test_tokens_are_never_asked_for_in_the_open(self, there: StandIn, settings: Any) -> None:
        mailbox = signed_in(there, now())
        settings.OAUTH = {"google": there.settings() | {"token_url": "http://evil.example/token"}, "microsoft": EMPTY}

        with pytest.raises(providers.TokenAway, match="https"):
            tokens.secret(mailbox, now=now() + timedelta(hours=2))

    def test_they_are_renewed_before_somebody_needs_them(self, there: StandIn) -> None:
        signed_in(there, now() - timedelta(minutes=50))

        tokens.renew_early(now=now())

        assert there.renewals == 1


@pytest.mark.dovecot
class TestTheMailbox:
    def test_it_is_read_with_a_token_that_was_taken_back_too_early(
        self, there: StandIn, dovecot: Dovecot, callers: Callers
    ) -> None:
        dovecot.asks_at = there.url
        dovecot.start()
        dovecot.deliver(a_mail())
        place = {"host": "127.0.0.1", "port": dovecot.port, "security": "none"}
        mailbox = signed_in(there, now() - timedelta(minutes=10), **place)
        there.access.clear()

        callers.watch(mailbox)

        until(lambda: RawArrival.objects.count() == 1)
        assert there.renewals == 1
        assert Mailbox.objects.get().trouble == ""

    def test_a_sign_in_that_was_taken_back_is_its_trouble(
        self, there: StandIn, dovecot: Dovecot, callers: Callers
    ) -> None:
        dovecot.asks_at = there.url
        dovecot.start()
        place = {"host": "127.0.0.1", "port": dovecot.port, "security": "none"}
        mailbox = signed_in(there, now() - timedelta(hours=2), **place)
        there.refresh = "cofnięty"

        callers.watch(mailbox)

        until(lambda: Mailbox.objects.get().trouble.startswith("grant"))
        assert Mailbox.objects.get().trouble_words

    def test_a_typed_in_token_still_works(self, dovecot: Dovecot, callers: Callers) -> None:
        dovecot.start()
        dovecot.deliver(a_mail())

        callers.watch(a_mailbox(dovecot, login="xoauth2", sealed_secret=seal(dovecot.token)))

        until(lambda: RawArrival.objects.count() == 1)
