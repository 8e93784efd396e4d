"""What servers answer that they should not, and lines that break: nothing is lost, nothing stands still."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
import structlog
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from samehand.cases.models import RawArrival
from samehand.channels.mail import imap, watching
from samehand.channels.mail.boxes import calling
from samehand.channels.mail.models import Mailbox
from samehand.channels.mail.watching import Watcher
from tests.personas import a_mail

pytestmark = pytest.mark.django_db


class Server:
    """The answers of an IMAP server, with what is wrong about them."""

    def __init__(self, *uids: int) -> None:
        self.mails = {uid: a_mail(subject=f"Sprawa {uid}") for uid in uids}
        self.bad: dict[int, object] = {}
        self.loud: dict[int, object] = {}
        self.gone_at_noop: list[int] = []
        self.asked: list[list[int]] = []
        self.large: dict[int, int] = {}

    def select_folder(self, folder: str, readonly: bool) -> dict[bytes, int]:
        return {b"UIDVALIDITY": 7}

    def search(self, criteria: list[str]) -> list[int]:
        if criteria == ["ALL"]:
            return list(self.mails)
        if criteria[1].endswith(":*"):
            return [uid for uid in self.mails if uid >= int(criteria[1].partition(":")[0])]
        return [uid for uid in self.mails if str(uid) in criteria[1].split(",")]

    def noop(self) -> None:
        for uid in self.gone_at_noop:
            self.mails.pop(uid, None)

    def fetch(self, uids: Sequence[int], items: Sequence[str]) -> dict[int, dict[bytes, object]]:
        if "RFC822.SIZE" in items:
            sizes = {uid: {b"RFC822.SIZE": self.large.get(uid, 500)} for uid in uids}
            return sizes | {uid: {b"FLAGS": ()} for uid in self.loud}  # type: ignore[dict-item]
        self.asked.append(list(uids))
        told: dict[int, dict[bytes, object]] = {}
        for uid in uids:
            if isinstance(self.bad.get(uid), Exception):
                raise self.bad[uid]  # type: ignore[misc]
            if self.bad.get(uid) != "left out":
                told[uid] = {b"BODY[]": self.bad.get(uid, self.mails[uid]) if self.bad.get(uid) != "nil" else None}
        return told


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox.objects.create(name="Helpdesk", host="imap.example", username="desk", uid_validity=7)


def one_round(watcher: Watcher, server: Server) -> None:
    watcher._take(server)  # type: ignore[arg-type]
    watcher._answered()


def arrivals() -> int:
    return RawArrival.objects.count()


@pytest.mark.parametrize("fault", ["nil", "left out", IMAPClientError("FETCH failed: NO [SERVERBUG]")])
def test_a_mail_that_cannot_be_had_stops_no_other_and_is_not_forgotten(mailbox: Mailbox, fault: object) -> None:
    server, watcher = Server(1, 2, 3), Watcher(mailbox)
    server.bad[2] = fault

    with structlog.testing.capture_logs() as logs:
        one_round(watcher, server)
        one_round(watcher, server)

    shown = Mailbox.objects.get()
    assert arrivals() == 2
    assert shown.last_uid < 2
    assert shown.trouble == "server: mail UID 2 cannot be fetched"
    assert [entry["log_level"] for entry in logs].count("error") == 1
    # Only the one that is missing is asked for again.
    assert server.asked[-1] == [2]

    server.bad.clear()
    one_round(watcher, server)
    shown = Mailbox.objects.get()
    assert (arrivals(), shown.last_uid, shown.trouble) == (3, 3, "")


def test_what_was_taken_behind_a_missing_mail_is_one_message_after_a_new_start(mailbox: Mailbox) -> None:
    server = Server(1, 2, 3)
    server.bad[1] = "nil"
    one_round(Watcher(mailbox), server)
    server.bad.clear()

    one_round(Watcher(Mailbox.objects.get()), server)

    assert arrivals() == 3
    assert Mailbox.objects.get().last_uid == 3


def test_a_mail_that_somebody_deleted_meanwhile_is_no_trouble(mailbox: Mailbox) -> None:
    server = Server(1, 2, 3)
    server.bad[2], server.gone_at_noop = "nil", [2]

    one_round(Watcher(mailbox), server)

    shown = Mailbox.objects.get()
    assert (arrivals(), shown.last_uid, shown.trouble) == (2, 3, "")


def test_answers_that_nobody_asked_for_are_passed_over(mailbox: Mailbox) -> None:
    server = Server(1, 2)
    server.loud = {1: (), 99: ()}

    one_round(Watcher(mailbox), server)

    assert arrivals() == 2


def test_a_mail_larger_than_our_doors_take_is_taken_alone(mailbox: Mailbox) -> None:
    server = Server(1, 2, 3)
    server.large[2] = 60 * 1024 * 1024

    one_round(Watcher(mailbox), server)

    assert server.asked == [[1], [2], [3]]
    assert arrivals() == 3


def test_the_old_watcher_leaves_an_edited_mailbox_alone(mailbox: Mailbox) -> None:
    watcher = Watcher(mailbox)
    Mailbox.objects.update(folder="Reklamacje", uid_validity=None, last_uid=0, trouble="")

    one_round(watcher, Server(1, 2))
    watcher.failed(ValueError("x"))

    shown = Mailbox.objects.get()
    assert (shown.last_uid, shown.contact_at, shown.trouble) == (0, None, "")
    assert watcher.ended.is_set()


@pytest.mark.parametrize("lost", [IMAPClientAbortError("* BYE restarting"), ConnectionResetError("reset")])
def test_a_line_that_breaks_is_a_trouble_only_the_second_time(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, lost: Exception
) -> None:
    watcher = Watcher(mailbox)
    tries: list[str] = []

    @contextmanager
    def connect(_mailbox: Mailbox) -> Iterator[Server]:
        tries.append(Mailbox.objects.get().trouble)
        if len(tries) > 1:
            watcher.ended.set() if len(tries) == 3 else None
            raise lost
        yield Server(1)

    def broken(_client: object) -> None:
        raise lost

    monkeypatch.setattr(watching, "connect", connect)
    monkeypatch.setattr(calling, "close_old_connections", lambda: None)
    monkeypatch.setattr(calling, "BACK_OFF", (0.0,))
    monkeypatch.setattr(watcher, "_wait", broken)
    with structlog.testing.capture_logs() as logs:
        watcher.run()

    assert tries[:2] == ["", ""]
    assert tries[2] != ""
    assert [entry["log_level"] for entry in logs].count("error") == 1


def lines_of(conversation: list[tuple[bytes, bytes]]) -> int:
    """A server that says what it is told to, once for each command; returns its port."""
    listening = socket.create_server(("127.0.0.1", 0))

    def talk() -> None:
        line, _address = listening.accept()
        with listening, line, line.makefile("rwb") as file:
            file.write(b"* OK here\r\n")
            file.flush()
            while command := file.readline():
                if b"CAPABILITY" in command:
                    answer = b"* CAPABILITY IMAP4rev1 IDLE\r\nTAG OK done\r\n"
                else:
                    expected, answer = conversation.pop(0)
                    assert expected in command.upper(), command
                file.write(answer.replace(b"TAG", command.split()[0]))
                file.flush()

    threading.Thread(target=talk, daemon=True).start()
    return int(listening.getsockname()[1])


def test_a_search_of_a_very_large_mailbox_is_read_whole() -> None:
    everything = b" ".join(str(uid).encode() for uid in range(1_000_000, 1_300_000))
    port = lines_of([(b"SEARCH", b"* SEARCH " + everything + b"\r\nTAG OK done\r\n")])
    client = imap.IMAPClient("127.0.0.1", port=port, ssl=False, timeout=20)

    client._imap.state = "SELECTED"

    assert len(client.search(["ALL"])) == 300_000
    client.shutdown()


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        pytest.param(b"+ idling\r\n* 2 EXISTS\r\n", True, id="told together with the beginning"),
        pytest.param(b"+ idling\r\n", False, id="told nothing"),
    ],
)
def test_what_is_told_as_an_idle_begins_is_heard(answer: bytes, told: bool) -> None:
    port = lines_of([(b"IDLE", answer)])
    client = imap.IMAPClient("127.0.0.1", port=port, ssl=False, timeout=20)

    client._imap.state = "SELECTED"

    assert imap.idle(client) is told
    client.shutdown()


def test_what_is_told_before_an_idle_begins_calls_the_server_again() -> None:
    port = lines_of([(b"IDLE", b"* 2 EXISTS\r\n+ idling\r\n")])
    client = imap.IMAPClient("127.0.0.1", port=port, ssl=False, timeout=20)

    client._imap.state = "SELECTED"

    with pytest.raises(IMAPClientAbortError):
        imap.idle(client)
    client.shutdown()
