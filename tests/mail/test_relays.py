"""How a mail is handed to the next server: with TLS, with all that it understands, on a connection that is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from samehand.channels.mail.relays import Lines, Relay, WrongRelay, relay, trusted
from samehand.channels.mail.sending import send
from samehand.core.dispatches import ChannelError
from samehand.lib.seal import seal
from samehand.people.models import SendingAddress
from tests.mail.relay import NextServer, a_certificate, listening, tls, unused_port

pytestmark = pytest.mark.django_db
SENDER, RECIPIENT = "helpdesk+b-7.0123456789abcdef@fala.example", "zofia@poczta.example"
MAIL = b"From: helpdesk@fala.example\r\nSubject: a\r\n\r\n.dot\r\nend\r\n"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[NextServer]:
    monkeypatch.setattr("samehand.channels.mail.sending.lines", Lines())
    with listening(NextServer()) as here:
        monkeypatch.setattr(settings, "RELAY", f"smtp://localhost:{here.port}")
        yield here


def handed_over(raw: bytes = MAIL, recipient: str = RECIPIENT, sender: str = SENDER) -> str:
    marks: list[str] = []
    receipt = send(raw, recipient, sender=sender, handing_over=lambda: marks.append("marked"))
    assert marks == ["marked"]
    return receipt.response


@pytest.mark.parametrize(
    ("url", "is_"),
    [
        pytest.param("smtp://relay.test", Relay("relay.test", 587), id="TLS when it is offered"),
        pytest.param("smtps://relay.test", Relay("relay.test", 465, tls="implicit"), id="TLS from the first byte"),
        pytest.param("smtp+plain://relay.test", Relay("relay.test", 25, tls="none"), id="never TLS"),
        pytest.param(
            "smtp://ania%40fala:a%2Fb@relay.test:2587?tls=required&ca=/etc/own.pem",
            Relay("relay.test", 2587, "ania@fala", "a/b", "required", "/etc/own.pem"),
            id="a user, TLS or nothing, our own authority",
        ),
    ],
)
def test_a_relay_is_named_by_its_address(url: str, is_: Relay) -> None:
    assert relay(url) == is_


@pytest.mark.parametrize("url", ["relay.test", "http://relay.test", "smtp://", "smtp://x:port", "smtp://x?tls=maybe"])
def test_a_wrong_address_says_what_it_should_be(url: str) -> None:
    with pytest.raises(WrongRelay, match="smtp://user:password@host:587"):
        relay(url)


def test_a_mail_arrives_byte_for_byte(server: NextServer) -> None:
    assert handed_over() == "250 yes"

    assert server.got == [MAIL]
    assert f"MAIL FROM:<{SENDER}> SIZE={len(MAIL)}" in server.heard


def test_mails_share_a_connection(server: NextServer) -> None:
    for _mail in range(3):
        handed_over()

    assert (server.calls, len(server.got)) == (1, 3)


def test_a_connection_that_died_unused_costs_nothing(server: NextServer) -> None:
    server.hangs_up_after = 1

    for _mail in range(3):
        handed_over()

    assert (server.calls, len(server.got)) == (3, 3)


def test_a_kept_connection_that_is_refused_is_no_trouble(server: NextServer) -> None:
    handed_over()
    server.says["MAIL"] = ["421 4.4.2 too long"]

    handed_over()

    assert (server.calls, len(server.got)) == (2, 2)


def test_a_refusal_leaves_nothing_for_the_next_mail(server: NextServer) -> None:
    server.says["RCPT"] = ["550 5.1.1 no such user"]

    with pytest.raises(ChannelError, match=r"550 5\.1\.1 no such user") as refused:
        handed_over()

    assert refused.value.permanent
    assert handed_over() == "250 yes"


@pytest.mark.parametrize(
    ("command", "says", "permanent"),
    [
        pytest.param("RCPT", "451 4.7.1 later", False, id="a greylisted recipient is tried again"),
        pytest.param("RCPT", "550 5.1.1 no", True, id="an unknown recipient is final"),
        pytest.param(".", "554 5.7.1 spam", True, id="a refused mail is final"),
        pytest.param("MAIL", "530 5.7.0 sign in first", False, id="what is said of us is tried again"),
        pytest.param("MAIL", "552 5.3.4 too large", True, id="a mail that is too large stays so"),
    ],
)
def test_who_is_meant_decides_whether_it_is_final(server: NextServer, command: str, says: str, permanent: bool) -> None:
    server.says[command] = [says]

    with pytest.raises(ChannelError) as refused:
        send(MAIL, RECIPIENT, sender=SENDER, handing_over=lambda: None)

    assert (refused.value.response, refused.value.permanent) == (says, permanent)


def test_a_mail_larger_than_the_server_takes_is_not_even_begun(server: NextServer) -> None:
    server.features = ("SIZE 10",)

    with pytest.raises(ChannelError, match="takes mails of 10 bytes") as refused:
        handed_over()

    assert refused.value.permanent
    assert server.got == []


def test_bounces_are_asked_to_name_us(server: NextServer) -> None:
    server.features = ("DSN",)

    handed_over(recipient="zofia+a=b@poczta.example")

    envelope = [line for line in server.heard if "FROM" in line or "TO" in line]
    assert envelope == [
        f"MAIL FROM:<{SENDER}> RET=HDRS ENVID=helpdesk+2Bb-7.0123456789abcdef@fala.example",
        "RCPT TO:<zofia+a=b@poczta.example> NOTIFY=FAILURE,DELAY ORCPT=rfc822;zofia+2Ba+3Db@poczta.example",
    ]


def test_a_machines_mail_asks_for_no_bounce(server: NextServer) -> None:
    server.features = ("DSN",)

    handed_over(sender="")

    assert [line for line in server.heard if "FROM" in line or "TO" in line] == [
        "MAIL FROM:<>",
        "RCPT TO:<zofia@poczta.example> NOTIFY=NEVER",
    ]


def test_a_name_of_polish_letters_is_written_to_when_the_server_can(server: NextServer) -> None:
    server.features = ("SMTPUTF8", "8BITMIME")
    raw = MAIL.replace(b"Subject", "To: żółw@poczta.example\r\nSubject".encode())

    handed_over(raw, "żółw@poczta.example")

    assert "RCPT TO:<żółw@poczta.example>" in server.heard
    assert f"MAIL FROM:<{SENDER}> BODY=8BITMIME SMTPUTF8" in server.heard
    assert server.got == [raw]


def test_a_name_of_polish_letters_is_refused_in_words_when_it_cannot(server: NextServer) -> None:
    with pytest.raises(ChannelError, match="SMTPUTF8") as refused:
        handed_over(recipient="żółw@poczta.example")

    assert refused.value.permanent


def test_a_password_travels_with_tls_alone(server: NextServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "RELAY", f"smtp://ania:tajne@localhost:{server.port}")

    with pytest.raises(ChannelError, match="offers no TLS"):
        handed_over()

    assert not any("AUTH" in line for line in server.heard)


def test_a_server_without_tls_is_not_good_enough_when_it_is_required(
    server: NextServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "RELAY", f"smtp://localhost:{server.port}?tls=required")

    with pytest.raises(ChannelError, match="STARTTLS") as refused:
        handed_over()

    assert not refused.value.permanent


def test_only_a_known_certificate_is_believed(
    server: NextServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = a_certificate(tmp_path)
    server.tls, server.features = tls(file), ("AUTH PLAIN",)
    monkeypatch.setattr(settings, "RELAY", f"smtp://ania:tajne@localhost:{server.port}")

    with pytest.raises(ChannelError, match="certificate verify failed"):
        handed_over()
    assert not any("AUTH" in line for line in server.heard)

    monkeypatch.setattr(settings, "RELAY", f"smtp://ania:tajne@localhost:{server.port}?tls=required&ca={file}")
    assert handed_over() == "250 yes"
    trusted.cache_clear()


def test_an_address_may_have_a_relay_of_its_own(server: NextServer, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"smtp+plain://localhost:{server.port}"
    SendingAddress.objects.create(address="rachunki@fala.example", sealed_relay=seal(url))
    monkeypatch.setattr(settings, "RELAY", f"smtp://127.0.0.1:{unused_port()}")

    assert handed_over(sender="rachunki+b-7.0123456789abcdef@fala.example") == "250 yes"
    with pytest.raises(ChannelError):
        handed_over()


def test_a_server_that_is_away_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "RELAY", f"smtp://127.0.0.1:{unused_port()}")

    with pytest.raises(ChannelError) as refused:
        handed_over()

    assert not refused.value.permanent
