"""Watched mailboxes, on a real Dovecot."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import structlog
from django.db import connection

from samehand.cases.models import RawArrival
from samehand.channels.mail.boxes.calling import Caller, look_after
from samehand.channels.mail.models import Mailbox
from samehand.channels.mail.watching import Watcher
from samehand.lib.models import Event
from samehand.lib.seal import seal
from tests.doors.dovecot import Dovecot
from tests.personas import a_mail

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.dovecot]


def a_mailbox(server: Dovecot, **fields: object) -> Mailbox:
    values = {
        "name": "Helpdesk", "host": "127.0.0.1", "port": server.port, "security": "none", "username": "desk",
        "sealed_secret": seal(server.password),
    }  # fmt: skip
    return Mailbox.objects.create(**(values | fields))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samehand.channels.mail.watching.LOOK_FOR_CHANGES", 0.2)
    monkeypatch.setattr("samehand.channels.mail.boxes.calling.BACK_OFF", (0.2,))


@pytest.fixture
def watch() -> Iterator[Callable[[Mailbox], Watcher]]:
    watchers: list[Watcher] = []

    def start(mailbox: Mailbox) -> Watcher:
        watcher = Watching(mailbox)
        watcher.start()
        watchers.append(watcher)
        return watcher

    yield start
    for watcher in watchers:
        watcher.stop()
    for watcher in watchers:
        watcher.join(15)
        assert not watcher.is_alive()


class Watching(Watcher):
    """Closes its connection behind itself: the test's database is dropped at the end."""

    def run(self) -> None:
        try:
            super().run()
        finally:
            connection.close()


def until(true: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def arrivals() -> int:
    return RawArrival.objects.count()


def test_what_is_there_and_what_comes_is_taken_and_nothing_is_marked(
    dovecot: Dovecot, watch: Callable[[Mailbox], Watcher]
) -> None:
    dovecot.start()
    dovecot.deliver(a_mail(subject="Była"), moment=datetime(2026, 11, 20, 9, 30, tzinfo=UTC))
    watch(a_mailbox(dovecot))
    until(lambda: arrivals() == 1)
    assert RawArrival.objects.get().received_at == datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

    begun = time.monotonic()
    dovecot.deliver(a_mail(subject="Nowa"))
    until(lambda: arrivals() == 2)
    # IDLE told of it: a poll would have taken twenty seconds.
    assert time.monotonic() - begun < 10

    client = dovecot.client()
    client.select_folder("INBOX", readonly=True)
    assert all(b"\\Seen" not in flags for flags in client.get_flags(client.search()).values())
    client.logout()


def test_a_server_without_idle_is_polled(
    dovecot: Dovecot, watch: Callable[[Mailbox], Watcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samehand.channels.mail.watching.POLL", 0.2)
    dovecot.start(capability="IMAP4rev1 LITERAL+")
    watch(a_mailbox(dovecot))
    dovecot.deliver(a_mail())

    until(lambda: arrivals() == 1)


def test_the_same_mail_in_two_mailboxes_and_twice_is_one(dovecot: Dovecot, watch: Callable[[Mailbox], Watcher]) -> None:
    dovecot.start()
    client = dovecot.client()
    client.create_folder("Reklamacje")
    client.logout()
    dovecot.deliver(a_mail(), a_mail())
    dovecot.deliver(a_mail(), a_mail(subject="Druga"), folder="Reklamacje")
    watch(a_mailbox(dovecot))
    watch(a_mailbox(dovecot, name="Drugi", folder="Reklamacje"))

    until(lambda: arrivals() == 2)
    until(lambda: all(box.last_uid == 2 for box in Mailbox.objects.all()))
    assert arrivals() == 2


def test_a_password_that_stops_working_is_shown_and_logged_once_and_mended(
    dovecot: Dovecot, watch: Callable[[Mailbox], Watcher]
) -> None:
    dovecot.start()
    mailbox = a_mailbox(dovecot, sealed_secret=seal("złe"))

    with structlog.testing.capture_logs() as logs:
        refused = watch(mailbox)
        until(lambda: Mailbox.objects.get().trouble.startswith("login"))
        time.sleep(1)
        errors = [entry for entry in logs if entry["log_level"] == "error"]
    assert len(errors) == 1
    assert "złe" not in str(logs)
    assert Mailbox.objects.get().trouble_since
    assert Mailbox.objects.get().trouble_words
    assert Event.objects.filter(kind="mailbox.changed").count() == 1

    refused.stop()
    refused.join(15)
    Mailbox.objects.update(sealed_secret=seal(dovecot.password))
    watch(Mailbox.objects.get())
    until(lambda: Mailbox.objects.get().trouble == "")


def test_a_wrong_certificate_is_told(dovecot: Dovecot, watch: Callable[[Mailbox], Watcher]) -> None:
    dovecot.start(ssl=True)
    watch(a_mailbox(dovecot, port=dovecot.tls_port, security="tls"))

    until(lambda: Mailbox.objects.get().trouble.startswith("certificate"))
    assert arrivals() == 0


def test_a_server_that_is_away_is_told_and_waited_for(dovecot: Dovecot, watch: Callable[[Mailbox], Watcher]) -> None:
    watch(a_mailbox(dovecot))
    until(lambda: Mailbox.objects.get().trouble.startswith("refused"))

    dovecot.start()
    dovecot.deliver(a_mail())

    until(lambda: arrivals() == 1)


def test_a_connection_that_breaks_once_is_made_anew_without_alarm(
    dovecot: Dovecot, watch: Callable[[Mailbox], Watcher]
) -> None:
    dovecot.start()
    with structlog.testing.capture_logs() as logs:
        watcher = watch(a_mailbox(dovecot))
        until(lambda: watcher.worked)
        dovecot.break_connections()
        dovecot.deliver(a_mail())
        until(lambda: arrivals() == 1, 10)

    assert not [entry for entry in logs if entry["log_level"] == "error"]
    assert Mailbox.objects.get().trouble == ""


def test_an_oauth_token_signs_in(dovecot: Dovecot, watch: Callable[[Mailbox], Watcher]) -> None:
    dovecot.start()
    dovecot.deliver(a_mail())

    watch(a_mailbox(dovecot, login="xoauth2", sealed_secret=seal(dovecot.token)))

    until(lambda: arrivals() == 1)
    assert Mailbox.objects.get().trouble == ""


def test_an_oauth_token_that_ran_out_is_told_and_not_repeated(
    dovecot: Dovecot, watch: Callable[[Mailbox], Watcher]
) -> None:
    dovecot.start()

    watch(a_mailbox(dovecot, login="xoauth2", sealed_secret=seal("ya29.stary")))

    until(lambda: Mailbox.objects.get().trouble.startswith("login"))
    assert "stary" not in Mailbox.objects.get().trouble


def test_a_renumbered_mailbox_loses_and_doubles_nothing(dovecot: Dovecot, watch: Callable[[Mailbox], Watcher]) -> None:
    dovecot.start()
    dovecot.deliver(a_mail(), a_mail(subject="Druga"))
    mailbox = a_mailbox(dovecot, uid_validity=1, last_uid=5000)

    watch(mailbox)

    until(lambda: arrivals() == 2)
    assert Mailbox.objects.get().uid_validity != 1


def test_a_mailbox_that_is_changed_or_removed_is_noticed(dovecot: Dovecot) -> None:
    mailbox = a_mailbox(dovecot)
    watchers: dict[int, Watcher] = {}

    look_after(watchers, [mailbox], Watcher)
    first = watchers[mailbox.pk]
    look_after(watchers, [mailbox], Watcher)
    assert watchers[mailbox.pk] is first
    mailbox.folder = "Inny"
    look_after(watchers, [mailbox], Watcher)
    second = watchers[mailbox.pk]
    look_after(watchers, [], Watcher)

    assert first.ended.is_set()
    assert second is not first
    assert second.ended.is_set()
    assert watchers == {}
    for thread in threading.enumerate():
        if isinstance(thread, Caller):
            thread.join(15)
