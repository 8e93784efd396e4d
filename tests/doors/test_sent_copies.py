"""Our answers in the mailbox's folder of sent mail: once each, whatever is killed, and never at an answer's cost."""

from __future__ import annotations

from datetime import datetime

import pytest

from samehand.cases.models import Delivery, Message
from samehand.channels.mail import copies
from samehand.channels.mail.models import Mailbox, SentCopy
from samehand.lib import blobs
from samehand.lib.identity import me
from samehand.people.models import Staff
from tests.cases.test_answering import Server, deliver, server
from tests.doors.conftest import Dovecot, dovecot
from tests.doors.watched import a_mailbox
from tests.personas import a_mail, anna, answer, arrive, at, the_case

__all__ = ["anna", "dovecot", "server"]

pytestmark = [pytest.mark.dovecot, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sent(anna: Staff) -> Message:
    arrive(a_mail())
    return answer(the_case(), anna)


@pytest.fixture(autouse=True)
def running(dovecot: Dovecot) -> None:
    dovecot.start()


@pytest.fixture
def folder(dovecot: Dovecot, running: None) -> str:
    with dovecot.client() as client:
        client.create_folder("Wysłane")
    return "Wysłane"


def kept(dovecot: Dovecot, folder: str) -> list[bytes]:
    with dovecot.client() as client:
        client.select_folder(folder, readonly=True)
        uids = client.search()
        return [one[b"BODY[]"] for one in client.fetch(uids, ["BODY.PEEK[]"]).values()] if uids else []


def file(moment: datetime) -> None:
    copies.file_copies(clock=lambda: moment)


def leave(message: Message) -> None:
    deliver(message, at(6))
    me.forget()


def test_what_left_stands_in_the_folder_byte_for_byte_and_once(
    dovecot: Dovecot, folder: str, sent: Message, server: Server
) -> None:
    a_mailbox(dovecot, sent_folder=copies.BY_ITSELF)
    leave(sent)

    for _turn in range(2):
        file(at(7))

    assert kept(dovecot, folder) == [blobs.get(sent.blob)]
    copy = SentCopy.objects.get()
    assert (copy.filed_at, copy.next_try_at) == (at(7), None)


def test_a_kill_between_the_servers_word_and_our_record_files_nothing_twice(
    dovecot: Dovecot, folder: str, sent: Message, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_mailbox(dovecot, sent_folder=folder)
    leave(sent)
    append = copies._append

    def append_and_die(*args: object) -> None:
        append(*args)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(copies, "_append", append_and_die)
    with pytest.raises(KeyboardInterrupt):
        file(at(7))
    assert SentCopy.objects.get().filed_at is None
    monkeypatch.setattr(copies, "_append", append)

    file(at(8))

    assert len(kept(dovecot, folder)) == 1
    assert SentCopy.objects.get().filed_at == at(8)


def test_a_mailbox_that_is_away_changes_nothing_for_the_answer(
    dovecot: Dovecot, folder: str, sent: Message, server: Server
) -> None:
    mailbox = a_mailbox(dovecot, sent_folder=folder, port=1)
    leave(sent)
    file(at(7))

    copy = SentCopy.objects.get()
    assert Delivery.objects.get().state == "sent"
    assert (copy.trouble, copy.tries, copy.next_try_at) == ("refused: ", 1, at(8))
    assert mailbox.copies_waiting == 1
    assert mailbox.copies_trouble

    Mailbox.objects.update(port=dovecot.port)
    file(at(8))
    assert len(kept(dovecot, folder)) == 1


def test_without_a_folder_the_trouble_is_named(dovecot: Dovecot, sent: Message, server: Server) -> None:
    a_mailbox(dovecot, sent_folder=copies.BY_ITSELF)
    leave(sent)
    file(at(7))

    assert "no folder for sent mail" in SentCopy.objects.get().trouble


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        pytest.param({"sent_folder": ""}, 0, id="not where nobody asked for it"),
        pytest.param({"sent_folder": "Sent", "sent_from": "rachunki@fala.example"}, 0, id="not of other addresses"),
        pytest.param({"sent_folder": "Sent", "sent_from": "Helpdesk@fala.example"}, 1, id="of its own address"),
    ],
)
def test_which_answers_are_filed(
    dovecot: Dovecot, sent: Message, server: Server, fields: dict[str, str], count: int
) -> None:
    a_mailbox(dovecot, **fields)
    leave(sent)

    assert SentCopy.objects.count() == count
