"""Each mailbox beside its ledger: what is missing is found, fetched, and told when it cannot be had."""

from __future__ import annotations

import argparse
import json
from datetime import timedelta
from typing import Any

import pytest

from samehand.cases.models import Message, RawArrival
from samehand.channels.mail.boxes import commands, comparing
from samehand.channels.mail.boxes.comparing import Compared, compare
from samehand.channels.mail.models import Mailbox, Reconciliation, Taken
from samehand.lib.clock import now
from samehand.lib.seal import seal
from tests.doors.dovecot import Dovecot
from tests.doors.maildirs import fill
from tests.doors.watched import Callers, a_mailbox, be_quick, until
from tests.personas import a_mail, arrive

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.dovecot]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    be_quick(monkeypatch)


def watched(dovecot: Dovecot, callers: Callers, *mails: bytes, **fields: Any) -> Mailbox:
    """A mailbox whose mails have all been taken; nobody watches it any more."""
    dovecot.start()
    dovecot.deliver(*mails)
    mailbox = a_mailbox(dovecot, **fields)
    watcher = callers.watch(mailbox)
    until(lambda: Taken.objects.count() == len(mails))
    watcher.stop()
    watcher.join(15)
    reader = callers.read_history(mailbox)
    reader.join(15)
    mailbox.refresh_from_db()
    return mailbox


def reconcile(capsys: pytest.CaptureFixture[str], *, every_byte: bool = False) -> tuple[int, dict[str, Any]]:
    code = commands.reconcile(argparse.Namespace(json=True, bytes=every_byte))
    return code, json.loads(capsys.readouterr().out)


def test_a_mail_that_is_not_in_the_ledger_is_fetched_at_once(
    dovecot: Dovecot, callers: Callers, capsys: pytest.CaptureFixture[str]
) -> None:
    mailbox = watched(dovecot, callers, a_mail(), a_mail(subject="Zgubiona"))
    lost = RawArrival.objects.get(fingerprint=Taken.objects.latest("uid").fingerprint)
    Message.objects.filter(arrival=lost).delete()
    lost.delete()
    Taken.objects.latest("uid").delete()

    code, said = reconcile(capsys)

    assert code == 0
    (box,) = said["mailboxes"]
    assert (box["on_server"], box["missing"], box["fetched"], box["still_missing"]) == (2, 1, 1, 0)
    assert (box["kept"], RawArrival.objects.count()) == (2, 2)
    assert compare(mailbox) == Compared("Helpdesk", on_server=2, kept=2)


def test_mail_that_comes_now_is_kept_and_called_missing_by_nobody(dovecot: Dovecot, callers: Callers) -> None:
    mailbox = watched(dovecot, callers, a_mail())
    dovecot.deliver(a_mail(subject="Świeża"))

    assert compare(mailbox) == Compared("Helpdesk", on_server=2, kept=2, arriving=1)
    assert RawArrival.objects.count() == 2


def test_what_people_moved_away_is_no_loss(dovecot: Dovecot, callers: Callers) -> None:
    mailbox = watched(dovecot, callers, a_mail(), a_mail(subject="Druga"))
    client = dovecot.client()
    client.select_folder("INBOX")
    client.delete_messages([1])
    client.expunge()
    client.logout()

    assert compare(mailbox) == Compared("Helpdesk", on_server=1, kept=1)


def test_what_was_left_out_on_purpose_and_what_is_to_come_is_not_missing(dovecot: Dovecot, callers: Callers) -> None:
    dovecot.start()
    fill(dovecot, 7, newest=now() - timedelta(days=30))
    mailbox = a_mailbox(dovecot, history="none")

    assert compare(mailbox) == Compared("Helpdesk", on_server=7, left_out=7)
    Mailbox.objects.update(history="all")
    assert compare(mailbox) == Compared("Helpdesk", on_server=7, to_come=7)


def test_a_mail_that_the_server_does_not_give_stays_missing_and_the_command_says_so(
    dovecot: Dovecot, callers: Callers, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    watched(dovecot, callers, a_mail(), a_mail(subject="Zepsuta"))
    Taken.objects.latest("uid").delete()
    monkeypatch.setattr(comparing, "take", lambda client, mailbox, batch, from_before: batch)

    code, said = reconcile(capsys)

    assert code == 1
    assert said["lost"] == 1
    assert said["mailboxes"][0]["still_missing"] == 1


def test_a_mailbox_that_cannot_be_read_is_no_proof(
    dovecot: Dovecot, callers: Callers, capsys: pytest.CaptureFixture[str]
) -> None:
    watched(dovecot, callers, a_mail())
    Mailbox.objects.update(sealed_secret=seal("złe"))

    code, said = reconcile(capsys)

    assert (code, said["lost"], said["not_compared"]) == (1, 0, 1)
    assert said["mailboxes"][0]["trouble"].startswith("login")
    assert "złe" not in json.dumps(said, ensure_ascii=False)


def test_the_same_mail_in_two_mailboxes_is_kept_in_both_ledgers_as_one_message(
    dovecot: Dovecot, callers: Callers
) -> None:
    dovecot.start()
    client = dovecot.client()
    client.create_folder("Reklamacje")
    client.logout()
    dovecot.deliver(a_mail())
    dovecot.deliver(a_mail(), folder="Reklamacje")
    first, second = a_mailbox(dovecot), a_mailbox(dovecot, name="Reklamacje", folder="Reklamacje")
    callers.watch(first)
    callers.watch(second)

    until(lambda: Taken.objects.count() == 2)

    assert RawArrival.objects.count() == 1
    until(lambda: Message.objects.count() == 1)
    assert compare(first).kept == compare(second).kept == 1


class TestTheLedgerBesideItself:
    def test_all_that_is_kept_is_filed_and_can_be_read(self, capsys: pytest.CaptureFixture[str]) -> None:
        arrive(a_mail(), a_mail(subject="Druga"))

        code, said = reconcile(capsys, every_byte=True)

        assert code == 0
        assert (said["arrived"], said["filed"], said["waiting"], said["aside"]) == (2, 2, 0, 0)
        assert (said["bytes_checked"], said["bytes_missing"]) == (2, 0)
        assert Reconciliation.objects.get().ended_at

    def test_bytes_that_are_gone_are_found(self, capsys: pytest.CaptureFixture[str]) -> None:
        arrive(a_mail(), a_mail(subject="Druga"))
        RawArrival.objects.filter(pk=RawArrival.objects.latest("pk").pk).update(blob="0" * 64)

        code, said = reconcile(capsys)

        assert (code, said["bytes_missing"]) == (1, 1)

    def test_a_filed_arrival_without_its_message_is_found(self, capsys: pytest.CaptureFixture[str]) -> None:
        arrive(a_mail())
        Message.objects.all().delete()

        code, said = reconcile(capsys)

        assert (code, said["without_message"]) == (1, 1)

    def test_a_taken_mail_without_its_arrival_is_found(self, capsys: pytest.CaptureFixture[str]) -> None:
        box = Mailbox.objects.create(name="Pomoc", host="h", username="u", enabled=False)
        Taken.objects.create(mailbox=box, uid_validity=1, uid=1, fingerprint="0" * 64)

        code, said = reconcile(capsys)

        assert (code, said["without_arrival"]) == (1, 1)
