"""What one sender can do to a door: not much, and nothing to the mails of the others."""

from __future__ import annotations

import asyncio
import smtplib
import socket
import ssl
import subprocess
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from samehand.cases.actions import Incoming
from samehand.channels.mail import doors, keeping, talking
from samehand.channels.mail.keeping import AWAY, KEPT, Keeper, Room
from samehand.lib import blobs
from tests.doors.conftest import Doors
from tests.doors.test_doors import ME, answer_to, kept, smtp, talk
from tests.personas import DESK, a_mail

pytestmark = pytest.mark.django_db(transaction=True)


def in_data(port: int, hello: str = "EHLO x") -> socket.socket:
    """A connection that is asked for the mail."""
    line = socket.create_connection(("127.0.0.1", port), 10)
    talk(line, hello, "MAIL FROM:<a@b.example>", f"RCPT TO:<{DESK}>", "DATA")
    return line


@pytest.mark.parametrize(
    "body",
    [b"\rX.\r\nrest\r\n", b"\r.\r\nrest\r\n", b".\rX\r\nrest\r\n", b"\r\r.\r\nrest\r\n", b"\n.\r\nrest\r\n"],
)
def test_only_a_dot_alone_on_its_line_ends_a_mail(open_doors: Doors, body: bytes) -> None:
    with in_data(open_doors.smtp) as line:
        line.sendall(body + b".\r\n")
        assert answer_to(line).startswith("250")
        line.sendall(b"NOOP\r\n")
        assert answer_to(line) == "250 2.0.0 OK"

    assert kept() == [body]


def test_a_slow_line_is_not_a_silent_one(open_doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "SILENCE", 0.6)
    with in_data(open_doors.smtp) as line:
        for _piece in range(6):
            line.sendall(b"Subject: x\r\n")
            time.sleep(0.2)
        line.sendall(b"\r\nx\r\n.\r\n")
        assert answer_to(line).startswith("250")

    with in_data(open_doors.smtp) as line:
        assert line.recv(10) == b""


def test_a_mail_that_trickles_in_for_too_long_is_given_up(open_doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talking, "MAIL_TIME", 0.3)
    with in_data(open_doors.smtp) as line:
        assert answer_to(line).startswith("421 4.4.2")
        assert line.recv(10) == b""
    assert kept() == []


def test_mails_in_memory_are_bounded_over_all_connections(open_doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Room, "take", _take_of(1_500_000))
    half = (b"x" * 998 + b"\r\n") * 900
    first, second = in_data(open_doors.smtp), in_data(open_doors.lmtp, "LHLO x")
    for line in (first, second):
        line.sendall(half)
        time.sleep(0.3)
    second.sendall(b".\r\n")
    assert answer_to(second).startswith("452 4.3.1")

    first.close()
    time.sleep(0.3)
    second.sendall(f"MAIL FROM:<a@b.example>\r\nRCPT TO:<{DESK}>\r\nDATA\r\n".encode())
    assert [answer_to(second)[:3] for _each in range(3)] == ["250", "250", "354"]
    second.sendall(half + b".\r\n")
    assert answer_to(second).startswith("250")
    second.close()
    assert kept() == [half]


def _take_of(limit: int) -> object:
    """A room of that size, in doors that are open already."""

    def take(self: Room, size: int) -> bool:
        if keeping.IN_FLIGHT - self.free + size > limit:
            return False
        self.free -= size
        return True

    return take


def test_a_door_has_room_for_so_many_connections(open_doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talking, "MAX_CONNECTIONS", 2)
    inside = [socket.create_connection(("127.0.0.1", open_doors.smtp), 10) for _each in range(2)]
    assert [answer_to(line)[:3] for line in inside] == ["220", "220"]

    with socket.create_connection(("127.0.0.1", open_doors.smtp), 10) as line:
        assert answer_to(line).startswith("421 4.3.2")
        assert line.recv(10) == b""
    with socket.create_connection(("127.0.0.1", open_doors.lmtp), 10) as line:
        assert answer_to(line).startswith("220")

    inside[0].close()
    time.sleep(0.3)
    with smtp(open_doors) as client:
        client.sendmail(ME, [DESK], a_mail())
    inside[1].close()
    assert len(kept()) == 1


def test_a_mail_has_so_many_recipients(open_doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "MAX_RECIPIENTS", 2)
    with smtp(open_doors) as client:
        client.ehlo()
        client.mail(ME)
        said = [client.rcpt(DESK) for _each in range(3)]
    assert [code for code, _words in said] == [250, 250, 452]
    assert said[2][1].startswith(b"4.5.3")


def test_starttls_is_the_same_connection(
    open_doors: Doors, monkeypatch: pytest.MonkeyPatch, settings: object, tmp_path: Path
) -> None:
    pem, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=fala.example",
         "-keyout", str(key), "-out", str(pem)], check=True, capture_output=True,
    )  # fmt: skip
    settings.TLS_CERTIFICATE, settings.TLS_KEY = str(pem), str(key)  # type: ignore[attr-defined]
    monkeypatch.setattr(talking, "MAX_CONNECTIONS", 1)
    context = doors.tls_context()
    of_door = property(lambda _door: context, lambda _door, _none: None)
    monkeypatch.setattr(talking.SmtpDoor, "tls_context", of_door, raising=False)
    trusting = ssl._create_unverified_context()

    for _each in range(2):
        with smtp(open_doors) as client:
            client.starttls(context=trusting)
            client.sendmail(ME, [DESK], a_mail(text="x" * 300_000))
        time.sleep(0.3)
    assert len(kept()) == 1


def test_what_the_door_can_do_is_announced(open_doors: Doors) -> None:
    with smtp(open_doors) as client:
        client.ehlo()
        assert client.has_extn("pipelining")
        assert client.has_extn("enhancedstatuscodes")
        assert client.mail(ME)[1].startswith(b"2.0.0")
    with socket.create_connection(("127.0.0.1", open_doors.lmtp), 10) as line:
        answer_to(line)
        line.sendall(b"LHLO x\r\n")
        said = b""
        while b"HELP\r\n" not in said:
            said += line.recv(1000)
        assert b"250-PIPELINING\r\n250-ENHANCEDSTATUSCODES\r\n250 HELP\r\n" in said
        mail = f"MAIL FROM:<a@b.example>\r\nRCPT TO:<{DESK}>\r\nRCPT TO:<nikt@fala.example>\r\nDATA\r\n"
        line.sendall(mail.encode())
        assert [answer_to(line)[:3] for _each in range(4)] == ["250", "250", "550", "354"]
        line.sendall(b"Subject: x\r\n\r\nx\r\n.\r\nQUIT\r\n")
        assert [answer_to(line)[:9] for _each in range(2)] == ["250 2.0.0", "221 2.0.0"]


def test_a_fault_of_ours_loses_no_mail_and_ends_no_door(open_doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(batch: Sequence[bytes]) -> list[str]:
        raise ValueError("never thought of")

    monkeypatch.setattr(blobs, "put_many", fault)
    with smtp(open_doors) as client, pytest.raises(smtplib.SMTPDataError) as refusal:
        client.sendmail(ME, [DESK], a_mail())
    assert refusal.value.smtp_code == 451

    monkeypatch.undo()
    with smtp(open_doors) as client:
        client.sendmail(ME, [DESK], a_mail())
    assert len(kept()) == 1


def test_doors_behind_which_nothing_is_kept_close(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SMTP_PORT = settings.LMTP_PORT = 0  # type: ignore[attr-defined]

    async def ended(self: Keeper) -> None:
        raise RuntimeError("the thread is gone")

    monkeypatch.setattr(Keeper, "run", ended)
    with pytest.raises(SystemExit, match="the thread is gone"):
        asyncio.run(asyncio.wait_for(doors.serve(Keeper(), asyncio.Event()), 5))


def incoming(size: int) -> Incoming:
    return Incoming(raw=b"x" * size, received_at=datetime.now(UTC), fingerprint=str(size))


def test_mails_are_kept_in_batches_that_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    batches: list[list[int]] = []
    monkeypatch.setattr(keeping, "BATCH_BYTES", 100)
    monkeypatch.setattr(Keeper, "_accept", lambda _self, items: batches.append([len(i.raw) for i in items]) or KEPT)

    async def main() -> list[str]:
        keeper = Keeper()
        said = [asyncio.create_task(keeper.keep(incoming(size))) for size in (40, 60, 50, 300, 30)]
        await asyncio.sleep(0)
        keep = asyncio.create_task(keeper.run())
        lines = await asyncio.gather(*said)
        keep.cancel()
        return lines

    assert asyncio.run(main()) == [KEPT] * 5
    assert batches == [[40, 60], [50], [300], [30]]


def test_what_nobody_waits_for_any_more_is_not_held_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "PATIENCE", 0.05)

    async def main() -> Keeper:
        keeper = Keeper()
        assert await keeper.keep(incoming(10)) == AWAY
        return keeper

    keeper = asyncio.run(main())
    assert [one.item for one in keeper.waiting] == [None]
    assert keeper._batch() == []
