"""The same message twice is one message; a forged one under its id is another."""

from __future__ import annotations

import pytest

from samehand.channels.mail.fingerprint import fingerprint
from tests.mail.samples import CORPUS, mail

BODY = "Dzień dobry,\r\nFrom tej pory nie działa.\r\n\r\n  wcięte\r\n"
MAIL = mail(BODY, Message_ID="<a1@poczta.test>", Date="Mon, 02 Nov 2026 09:00:00 +0100")

SAME = [
    ("plain line ends", MAIL.replace(b"\r\n", b"\n")),
    ("another way here", b"Received: from a by b;\r\n\tMon\r\nReturn-Path: <jan@poczta.test>\r\nX-Spam: no\r\n" + MAIL),
    ("signed on the way", b"DKIM-Signature: v=1; bh=x\r\nAuthentication-Results: mx; spf=pass\r\n" + MAIL),
    (
        "through an mbox",
        b"From jan@poczta.test Mon\n" + MAIL.replace(b"\r\n", b"\n").replace(b"\nFrom ", b"\n>From ") + b"\n",
    ),
    ("blank lines at the end", MAIL + b"\r\n\r\n"),
    (
        "another order of fields",
        MAIL.replace(b"Subject: Pytanie\r\n", b"").replace(b"Date:", b"Subject: Pytanie\r\nDate:"),
    ),
    ("refolded", MAIL.replace(b"Message-ID: <", b"Message-Id:\r\n <").replace(b"Nov 2026 09", b"Nov 2026\r\n\t09")),
]
OTHER = [
    ("another sender", MAIL.replace(b"From: jan@", b"From: ola@")),
    ("another text", MAIL.replace(b"nie dzia", b"ju\xc5\xbc dzia")),
    ("another subject", MAIL.replace(b"Pytanie", b"Inne")),
    ("another id", MAIL.replace(b"<a1@", b"<a2@")),
    ("one more From", MAIL.replace(b"From: jan", b"From: ola@x.test\r\nFrom: jan")),
]


@pytest.mark.parametrize("raw", [raw for _, raw in SAME], ids=[name for name, _ in SAME])
def test_the_way_does_not_matter(raw: bytes) -> None:
    assert raw != MAIL
    assert fingerprint(raw) == fingerprint(MAIL)


@pytest.mark.parametrize("raw", [raw for _, raw in OTHER], ids=[name for name, _ in OTHER])
def test_the_content_does(raw: bytes) -> None:
    assert fingerprint(raw) != fingerprint(MAIL)


def test_strange_bytes_are_not_all_the_same() -> None:
    odd = [
        b"",
        b"a",
        b"b",
        b"a\rb",
        b"a\rc",
        b"Subject: x\rFrom: y\r\rz",
        b"Subject: x\rFrom: y\r\rw",
        b"\x00",
        b"Subject: a",
    ]
    marks = [fingerprint(raw) for raw in odd + [path.read_bytes() for path in CORPUS.glob("*.eml")]]

    assert len(set(marks)) == len(marks)
