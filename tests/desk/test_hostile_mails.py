"""Mails that were made to hurt, from the raw bytes to the case page. The letters and numbers are those of the
project's list of hostile inputs; what needs a browser is in tests/browser, what needs a clock in tests/mail."""

from __future__ import annotations

import pytest
from django.test import Client

from samehand.cases.models import Case, Message
from samehand.people.models import Staff
from tests.mail.samples import mail, multipart
from tests.mail.test_hostile_mail import nested
from tests.personas import anna, arrive

__all__ = ["anna"]

pytestmark = pytest.mark.django_db
AFTER = mail("Drugi list", From="anna@poczta.test", Message_ID="<potem@poczta.test>")
LONG = b"X-Long: " + b"y" * 900 + b"\r\n"

MAILS: dict[str, tuple[bytes, str]] = {
    "B7 ten thousand parts": (multipart(*[b"\r\nhej"] * 10_000), "hej"),
    "B7 five hundred levels": (nested(500), "na samym dnie"),
    "B7 fifty megabytes of header": (mail(X_Long="y").replace(b"X-Long: y\r\n", LONG * 55_000), "Treść."),
    "B8 an unknown charset": (mail("Zażółć".encode("cp1250"), kind="text/plain; charset=x-unknown"), "Zażółć"),
    "B8 UTF-7": (mail(b"Za+AXwA8wFCAQc-", kind="text/plain; charset=utf-7"), "Zażółć"),
    "B8 a label that lies": (mail("Zażółć".encode("cp1250"), kind="text/plain; charset=utf-8"), "Zażółć"),
    "B8 bytes of no charset": (mail(b"Dzien\xff\xfe\x81 dobry", kind="text/plain; charset=utf-8"), "dobry"),
    "B9 NUL in subject and body": (mail("a\x00b", Subject="Pyt\x00anie"), "Pytanie"),
    "B11 no subject": (mail("Tekst", Subject=""), "Tekst"),
    "B11 nothing at all": (b"From: jan@poczta.test\r\n\r\n", "Ta wiadomość nie ma treści."),
    "B11 no parts": (multipart(), "jan@poczta.test"),
    "B12 one line of ten megabytes": (mail(b"<p>On " + b"x " * 5_000_000 + b"wrote:", kind="text/html"), "On x x"),
}


@pytest.mark.parametrize("case", MAILS)
def test_the_mail_makes_a_case_and_the_next_one_as_well(case: str, client: Client, anna: Staff) -> None:
    raw, words = MAILS[case]
    client.force_login(anna, backend="allauth.account.auth_backends.AuthenticationBackend")

    arrive(raw, AFTER)
    message = Message.objects.get(from_address="jan@poczta.test")
    page = client.get(f"/desk/cases/{message.case.reference}/")

    assert Case.objects.count() == 2
    assert words in page.content.decode()
    assert "\x00" not in message.text + message.subject
    assert client.get(f"/desk/messages/{message.pk}/source").content == raw
    assert client.get("/desk/").status_code in (200, 302)


def test_b14_a_subject_of_a_megabyte_is_whole_in_the_message(client: Client, anna: Staff) -> None:
    arrive(mail(Subject="=?utf-8?q?=C5=82?= " * 60_000))

    assert Message.objects.get().subject == "ł" * 60_000
