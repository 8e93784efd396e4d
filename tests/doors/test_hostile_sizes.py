"""C7 of the list of hostile inputs: mail that is larger than our doors take, from its bytes to the screen."""

from __future__ import annotations

import smtplib
import socket

import pytest
from django.conf import settings
from django.test import Client
from structlog.testing import capture_logs

from samehand.cases import actions, queries
from samehand.cases.models import Message, RawArrival
from samehand.channels.mail import cutting, doors, evidence, talking
from samehand.lib.clock import now
from samehand.people.models import Staff
from tests.doors.conftest import Doors
from tests.doors.test_doors import ME, answer_to, kept, smtp, talk
from tests.doors.test_limits_of_doors import in_data
from tests.personas import DESK, MONDAY, at

pytestmark = pytest.mark.django_db(transaction=True)
HEAD = (
    b"From: Zofia <zofia@poczta.example>\r\nTo: helpdesk@fala.example\r\nSubject: Film z awarii\r\n"
    b"Message-ID: <film@poczta.example>\r\nDate: Mon, 23 Nov 2026 10:00:00 +0100\r\n"
    b'Content-Type: multipart/mixed; boundary="q"\r\n\r\n'
    b"--q\r\nContent-Type: text/plain\r\n\r\nOd rana nie mam internetu.\r\n.. i nic nie pomaga\r\n"
    b'--q\r\nContent-Type: video/mp4; name="film.mp4"\r\nContent-Disposition: attachment; filename="film.mp4"\r\n\r\n'
)
LARGE = HEAD + (b"y" * 70 + b"\r\n") * 20_000 + b"--q--\r\n"


def refused(doors: Doors, raw: bytes) -> smtplib.SMTPResponseException:
    """By a server that does not look at what we announce."""
    with smtp(doors) as client, pytest.raises(smtplib.SMTPResponseException) as refusal:
        client.ehlo()
        client.esmtp_features.pop("size", None)
        client.sendmail(ME, [DESK], raw)
    return refusal.value


def test_c7_a_mail_over_the_limit_is_a_case_with_its_beginning(
    open_doors: Doors, anna: Staff, at_the_desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors, "now", lambda: MONDAY)
    said = refused(open_doors, LARGE)
    actions.file_waiting(now=MONDAY)

    assert said.smtp_code == 552
    assert said.smtp_error.startswith(b"5.3.4 Larger than we take (1 MiB): we kept only its beginning")
    assert LARGE.startswith(kept()[0])
    assert len(HEAD) < len(kept()[0]) < len(HEAD) + cutting.BODY
    message = Message.objects.get()
    assert message.case.owner == anna
    assert message.case.due_at == at(30)
    assert message.text.strip() == "Od rana nie mam internetu.\n.. i nic nie pomaga"
    page = f"/desk/cases/{message.case.reference}/"
    assert "Ta wiadomość była większa niż 1 MiB." in at_the_desk.get(page, headers={"accept-language": "pl"}).text
    assert "This mail was larger than 1 MiB." in at_the_desk.get(page, headers={"accept-language": "en"}).text


def test_c7_the_next_try_is_the_same_mail_whatever_way_it_came(open_doors: Doors, anna: Staff) -> None:
    for way in (b"", b"Received: from elsewhere by us; Mon, 23 Nov 2026 11:00:00 +0100\r\n" * 30):
        assert refused(open_doors, way + LARGE).smtp_code == 552
        actions.file_waiting(now=now())

    assert (RawArrival.objects.count(), Message.objects.count()) == (1, 1)


def test_c7_another_large_mail_is_another_case(open_doors: Doors, anna: Staff) -> None:
    for raw in (LARGE, LARGE.replace(b"<film@", b"<drugi@")):
        refused(open_doors, raw)
    actions.file_waiting(now=now())

    assert Message.objects.count() == 2


def test_c7_a_size_told_before_is_a_case_too(open_doors: Doors, anna: Staff) -> None:
    with smtp(open_doors) as client, pytest.raises(smtplib.SMTPDataError) as refusal:
        client.sendmail(ME, [DESK], LARGE)
    actions.file_waiting(now=now())

    assert (refusal.value.smtp_code, Message.objects.count()) == (552, 1)


def test_c7_a_size_beyond_all_patience_is_refused_at_once_and_logged(open_doors: Doors) -> None:
    with capture_logs() as logs, smtp(open_doors) as client:
        client.ehlo()
        code, words = client.mail(ME, [f"SIZE={talking.PATIENT * settings.MAX_MAIL + 1}"])

    assert (code, words) == (552, b"5.3.4 Larger than we take")
    assert kept() == []
    told = [one for one in logs if one["event"] == "mail refused, larger than we take"]
    assert len(told) == 1
    assert "zofia" not in str(told)


def test_c7_a_mail_without_an_end_is_cut_off_and_its_beginning_kept(
    open_doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talking, "PATIENT", 1)
    with in_data(open_doors.smtp) as line:
        line.sendall(LARGE)
        assert answer_to(line).startswith("552 5.3.4")
    assert len(kept()) == 1


def test_c7_lmtp_says_it_for_each_recipient_and_goes_on(open_doors: Doors) -> None:
    with socket.create_connection(("127.0.0.1", open_doors.lmtp), 10) as line:
        talk(line, "LHLO x", f"MAIL FROM:<{ME}>", f"RCPT TO:<{DESK}>", "RCPT TO:<bok@fala.example>", "DATA")
        line.sendall(LARGE + b".\r\n")
        assert [answer_to(line)[:9] for _each in range(2)] == ["552 5.3.4"] * 2
        line.sendall(f"MAIL FROM:<{ME}>\r\nRCPT TO:<{DESK}>\r\nDATA\r\n".encode())
        assert [answer_to(line)[:3] for _each in range(3)] == ["250", "250", "354"]
        line.sendall(b"Subject: x\r\n\r\nx\r\n.\r\n")
        assert answer_to(line).startswith("250")

    assert [RawArrival.objects.filter(envelope__has_key="cut").count(), RawArrival.objects.count()] == [1, 2]
    assert kept()[1] == b"Subject: x\r\n\r\nx\r\n"


def test_c7_what_cannot_be_kept_now_is_not_refused_for_good(open_doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_anything: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(actions, "accept", full)

    assert refused(open_doors, LARGE).smtp_code == 452


@pytest.mark.parametrize(
    ("raw", "kept_bytes"),
    [
        pytest.param(b"A: b\r\n\r\n" + b"x" * 50, 58, id="whole when it is short"),
        pytest.param(b"A: b\r\n\r\n" + b"x\r\n" * 100_000, 8 + cutting.BODY // 3 * 3, id="to the end of a line"),
        pytest.param(b"A: b\r\n\r\n" + b"x" * 500_000, 8 + cutting.BODY, id="in the middle of an endless line"),
        pytest.param(b"A: b\r\n" * 100_000, cutting.HEADER // 6 * 6, id="a header without an end"),
    ],
)
def test_c7_how_much_is_kept(raw: bytes, kept_bytes: int) -> None:
    head = cutting.beginning(raw)

    assert raw.startswith(head)
    # A line that only fills the body keeps at least the header.
    assert len(head) in (kept_bytes, 8)


def test_c7_a_signature_over_what_is_not_here_neither_holds_nor_fails() -> None:
    spf, passed = {"result": "pass", "domain": "a.example"}, {"result": "pass", "domain": "b.example"}
    found = {"auth": {"spf": spf, "dkim": [{"result": "fail", "domain": "a.example"}, passed]}}

    open_one = {"result": "temperror", "domain": "a.example"}
    assert evidence.of_a_beginning(found) == {"auth": {"spf": spf, "dkim": [open_one, passed]}}
    assert evidence.of_a_beginning({}) == {}


def test_d5_the_same_mail_delivered_twice_is_once_in_the_case(open_doors: Doors, anna: Staff) -> None:
    raw = HEAD + b"y\r\n--q--\r\n"
    with smtp(open_doors) as client:
        client.sendmail(ME, [DESK], raw)
    for _try in range(2):
        with socket.create_connection(("127.0.0.1", open_doors.lmtp), 10) as line:
            talk(line, "LHLO x", f"MAIL FROM:<{ME}>", f"RCPT TO:<{DESK}>", "DATA")
            line.sendall(b"Received: by x; Mon, 23 Nov 2026 11:00:00 +0100\r\n" + raw.replace(b"\r\n..", b"\r\n..."))
            line.sendall(b".\r\n")
            assert answer_to(line).startswith("250")
        actions.file_waiting(now=now())

    assert Message.objects.count() == 1
    assert queries.put_aside().count() == 0
