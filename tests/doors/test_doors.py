"""Our own SMTP and LMTP door: it says 250 when the mail is durable, and not before."""

from __future__ import annotations

import errno
import smtplib
import socket
from collections.abc import Sequence

import django.db
import pytest
from aiosmtpd.smtp import SMTP

from samehand.cases import queries
from samehand.cases.keys import signer
from samehand.cases.models import RawArrival
from samehand.channels.mail.talking import SmtpDoor
from samehand.lib import blobs
from tests.doors.conftest import Doors
from tests.personas import DESK, a_mail

pytestmark = pytest.mark.django_db(transaction=True)
ME = "zofia@poczta.example"


def smtp(doors: Doors) -> smtplib.SMTP:
    return smtplib.SMTP("127.0.0.1", doors.smtp, timeout=20)


def answer_to(line: socket.socket) -> str:
    """The last line of one answer, read byte by byte: what follows stays for the next."""
    said = b""
    while not (said.endswith(b"\r\n") and said.splitlines()[-1][3:4] == b" "):
        said += line.recv(1)
    return said.splitlines()[-1].decode()


def talk(line: socket.socket, *says: str) -> None:
    answer_to(line)
    for words in says:
        line.sendall(words.encode() + b"\r\n")
        answer_to(line)


def kept() -> list[bytes]:
    return [blobs.get(row.blob) for row in RawArrival.objects.order_by("id")]


def crlf(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


@pytest.mark.parametrize(
    "tail",
    ["", "\n.\n", "\n..\n", ".", "\n.kropka na początku\n", "\n\n.\n\n..x", "x" * 200_000, "\n" * 3000 + "."],
    ids=["plain", "lone dot", "two dots", "ends in a dot", "dot first", "dots", "a long line", "many empty lines"],
)
def test_what_was_sent_is_what_is_kept(open_doors: Doors, tail: str) -> None:
    raw = crlf(b"From: zofia@poczta.example\nSubject: x\n\n" + tail.encode())

    with smtp(open_doors) as client:
        client.sendmail(ME, [DESK], raw)

    ended = raw if raw.endswith(b"\r\n") else raw + b"\r\n"
    assert kept() == [ended]
    arrival = RawArrival.objects.get()
    assert arrival.envelope == {"sender": ME, "recipients": [DESK]}
    assert arrival.size == len(ended)


@pytest.mark.parametrize("body", [b".\r\n", b"\r\n.\r\n", b"..\r\n.\r\n", b"a\r\n.\r\n"])
def test_the_end_of_a_mail_is_found_wherever_it_begins(open_doors: Doors, body: bytes) -> None:
    with socket.create_connection(("127.0.0.1", open_doors.smtp), 10) as line:
        talk(line, "EHLO x", "MAIL FROM:<a@b.example>", f"RCPT TO:<{DESK}>", "DATA")
        # One byte at a time: the end must be found however the network cuts it.
        for byte in body:
            line.sendall(bytes([byte]))

        assert answer_to(line).startswith("250")


def test_the_next_mail_on_the_same_connection_is_another(open_doors: Doors) -> None:
    with smtp(open_doors) as client:
        for number in range(3):
            client.sendmail(ME, [DESK], a_mail(subject=f"Sprawa {number}"))

    assert len(kept()) == 3


@pytest.mark.parametrize(
    ("address", "code"),
    [
        (DESK, 250),
        ("HelpDesk+cokolwiek@Fala.example", 250),
        ("bok@desk.test", 250),
        ("nikt@fala.example", 550),
        ("anna@fala.example", 550),
        ("postmaster@fala.example", 250),
    ],
)
def test_only_our_own_addresses_are_taken(open_doors: Doors, address: str, code: int) -> None:
    with smtp(open_doors) as client:
        client.ehlo()
        client.mail(ME)
        assert client.rcpt(address)[0] == code


def test_a_signed_reply_address_is_ours_whatever_its_domain(open_doors: Doors) -> None:
    address = signer().reply_address("kontakt2@inna.example", "SH-00000000")

    with smtp(open_doors) as client:
        client.ehlo()
        client.mail(ME)
        assert client.rcpt(address)[0] == 250


def test_lmtp_answers_once_for_each_recipient(open_doors: Doors) -> None:
    with socket.create_connection(("127.0.0.1", open_doors.lmtp), 10) as line:
        recipients = [f"RCPT TO:<{name}@fala.example>" for name in ("helpdesk", "bok", "nikt")]
        talk(line, "LHLO x", "MAIL FROM:<a@b.example>", *recipients, "DATA")
        line.sendall(crlf(a_mail()) + b".\r\n")

        assert [answer_to(line)[:3] for _each in range(2)] == ["250", "250"]
        line.sendall(b"NOOP\r\n")
        assert answer_to(line).startswith("250 2.0.0 OK")


def test_lmtp_is_no_smtp(open_doors: Doors) -> None:
    with smtplib.SMTP("127.0.0.1", open_doors.lmtp) as client:
        assert client.ehlo()[0] == 500


@pytest.mark.parametrize(
    ("trouble", "code"),
    [(OSError(errno.ENOSPC, "No space left on device"), 452), (django.db.OperationalError("gone"), 451)],
    ids=["a full disk", "a database that is away"],
)
def test_what_cannot_be_kept_is_refused_for_now(
    open_doors: Doors, monkeypatch: pytest.MonkeyPatch, trouble: Exception, code: int
) -> None:
    def refuse(batch: Sequence[bytes]) -> list[str]:
        raise trouble

    monkeypatch.setattr(blobs, "put_many", refuse)
    with smtp(open_doors) as client, pytest.raises(smtplib.SMTPDataError) as refusal:
        client.sendmail(ME, [DESK], a_mail())
    assert refusal.value.smtp_code == code
    assert kept() == []

    monkeypatch.undo()
    with smtp(open_doors) as client:
        client.sendmail(ME, [DESK], a_mail())
    assert len(kept()) == 1


def test_nul_bytes_ten_thousand_headers_and_deep_nesting_are_kept_and_settled(open_doors: Doors) -> None:
    from samehand.cases import actions
    from samehand.lib.clock import now

    deep = "".join(f'Content-Type: multipart/mixed; boundary="b{i}"\r\n\r\n--b{i}\r\n' for i in range(200))
    mails = [
        b"From: a@b.example\r\nSubject: nu\x00l\r\n\r\nte\x00xt\r\n",
        b"From: a@b.example\r\n" + b"".join(b"X-%d: y\r\n" % i for i in range(10_000)) + b"\r\ntekst\r\n",
        b"From: a@b.example\r\nSubject: deep\r\nMIME-Version: 1.0\r\n" + deep.encode() + b"\r\nna dnie\r\n",
    ]
    with smtp(open_doors) as client:
        for mail in mails:
            client.sendmail("a@b.example", [DESK], mail)

    while actions.file_waiting(now=now()):
        pass

    assert RawArrival.objects.filter(state="waiting").count() == 0
    assert RawArrival.objects.count() == 3
    assert queries.put_aside().count() + RawArrival.objects.filter(state="filed").count() == 3


def test_a_client_that_vanishes_leaves_nothing(open_doors: Doors) -> None:
    line = socket.create_connection(("127.0.0.1", open_doors.smtp), 10)
    talk(line, "EHLO x", "MAIL FROM:<a@b.example>", f"RCPT TO:<{DESK}>", "DATA")
    line.sendall(b"Subject: half a mail\r\n\r\nnot en")
    line.close()

    with smtp(open_doors) as client:
        client.sendmail(ME, [DESK], a_mail())

    assert len(kept()) == 1


@pytest.mark.parametrize(
    "words",
    [
        "<a.b+c@b.example>",
        "<a@b.example> SIZE=100 BODY=8BITMIME",
        "<a@b.example>  SIZE=3",
        "<a@b.example>x",
        "<a..b@b.example>",
        "<.a@b.example>",
        "<a@b..example>",
        "<a@b.example.>",
        "<a@[192.0.2.1]>",
        '<"a b"@b.example>',
        "<ż@b.example>",
        "<a@b.example> (a comment) SIZE=1",
        "<>",
        "<a>",
        "a@b.example",
        "<a@b.example",
    ],
)
def test_the_quick_way_reads_an_address_as_the_long_way_does(words: str) -> None:
    door = object.__new__(SmtpDoor)
    door.local_part_limit = 0

    assert door._getaddr(words) == SMTP._getaddr(door, words)
