"""What the doors find out about a writer at the receipt, and keep beside the mail."""

from __future__ import annotations

import smtplib
import time
from email.utils import parseaddr
from ipaddress import ip_network

import dkim
import pytest

from samehand.cases.models import Message, RawArrival
from samehand.channels.mail import evidence
from samehand.channels.mail.evidence import of_an_archive, stranger
from samehand.channels.mail.proving import Client
from tests.doors.conftest import Doors
from tests.mail.test_proving import private, record
from tests.personas import DESK, ZOFIA, a_mail
from tests.zones import Table

pytestmark = pytest.mark.django_db(transaction=True)
ME = parseaddr(ZOFIA)[1]
KEY = "s1._domainkey.poczta.example"
TOLD = b"Authentication-Results: mx.fala.example; dmarc=pass header.from=poczta.example\r\n"


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Table:
    table = Table({KEY: {"TXT": [record()]}, "_dmarc.poczta.example": {"TXT": ["v=DMARC1; p=reject"]}})
    monkeypatch.setattr(evidence, "names", lambda: table)
    return table


@pytest.fixture
def from_the_world(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the mail came from a server outside."""
    client = Client("8.8.8.8", "mx.evil.test", "x@evil.test")
    monkeypatch.setattr(evidence, "stranger", lambda *_: client)


def hand_in(raw: bytes, doors: Doors, *, lmtp: bool = False) -> dict[str, object]:
    kind = smtplib.LMTP if lmtp else smtplib.SMTP
    with kind("127.0.0.1", doors.lmtp if lmtp else doors.smtp, timeout=20) as client:
        client.sendmail(ME, [DESK], raw)
    return RawArrival.objects.get().envelope


def signed() -> bytes:
    raw = a_mail().replace(b"\n", b"\r\n")
    return dkim.sign(raw, b"s1", b"poczta.example", private()) + raw


@pytest.mark.parametrize("lmtp", [True, False], ids=["LMTP", "SMTP"])
def test_a_signature_is_checked_when_the_mail_comes(open_doors: Doors, names: Table, lmtp: bool) -> None:
    assert hand_in(signed(), open_doors, lmtp=lmtp)["auth"] == {
        "dkim": [{"result": "pass", "domain": "poczta.example"}]
    }


def test_a_stranger_is_disowned_by_the_domain_that_he_shows(
    open_doors: Doors, names: Table, from_the_world: None
) -> None:
    kept = hand_in(TOLD + a_mail(), open_doors)["auth"]

    assert kept == {
        "spf": {"result": "none", "domain": "evil.test"},
        "policy": {"asks": "reject", "strict_dkim": False, "strict_spf": False},
    }


def test_our_own_mail_servers_word_counts_when_we_name_it(open_doors: Doors, names: Table, settings: object) -> None:
    settings.AUTHSERV = ["mx.fala.example"]  # type: ignore[attr-defined]

    kept = hand_in(TOLD + a_mail(), open_doors, lmtp=True)["auth"]

    assert kept == {"dmarc": {"result": "pass", "domain": "poczta.example"}, "by": "mx.fala.example"}
    assert names.asked == []


def test_a_mail_is_kept_though_nobody_answers(open_doors: Doors, names: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "texts", lambda name: time.sleep(2))
    monkeypatch.setattr(evidence, "PATIENCE", 0.2)

    assert hand_in(signed(), open_doors)["auth"] == {"dkim": [{"result": "temperror", "domain": "poczta.example"}]}


def test_a_mail_without_any_mark_asks_nobody(open_doors: Doors, names: Table) -> None:
    assert "auth" not in hand_in(a_mail(), open_doors, lmtp=True)
    assert names.asked == []


def test_an_archive_is_judged_by_what_was_found_then(names: Table, settings: object) -> None:
    settings.AUTHSERV = ["mx.fala.example"]  # type: ignore[attr-defined]

    assert of_an_archive(TOLD + a_mail()) == {
        "auth": {"dmarc": {"result": "pass", "domain": "poczta.example"}, "by": "mx.fala.example"}
    }
    assert of_an_archive(signed()) == {}
    assert of_an_archive(b"Subject: x\n\nAuthentication-Results: mx.fala.example; dmarc=pass\n") == {}
    assert names.asked == []


def test_who_is_a_stranger(settings: object) -> None:
    settings.TRUSTED_RELAYS = [ip_network("127.0.0.0/8"), ip_network("2001:db8::/32")]  # type: ignore[attr-defined]

    assert stranger(("127.0.0.1", 25), "x", "a@b.example") is None
    assert stranger(("::ffff:127.0.0.1", 25, 0, 0), "x", "a@b.example") is None
    assert stranger(("2001:db8::7", 25, 0, 0), "x", "a@b.example") is None
    assert stranger("/run/door", "x", "a@b.example") is None
    assert stranger(("8.8.8.8", 25), "MX", "A@b.example") == Client("8.8.8.8", "mx", "a@b.example")
    assert not Message.objects.exists()
