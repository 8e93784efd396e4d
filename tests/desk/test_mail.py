"""Attachments and formatting: given as downloads or sealed, never trusted by their names."""

from __future__ import annotations

import re
from email.message import EmailMessage

import pytest
from django.test import Client

from samehand.cases.models import Attachment, Message
from samehand.people.models import Staff
from tests.personas import anna, arrive

__all__ = ["anna"]

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def mail_with(name: str, kind: str, content: bytes) -> Message:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = (
        "z@poczta.example",
        "helpdesk@fala.example",
        f"<{name}@poczta.example>",
    )
    mail.set_content("Tekst")
    mail.add_alternative("<p>Tekst <img src='https://sledz.example/a.png'></p>", subtype="html")
    mail.add_attachment(content, maintype=kind.split("/")[0], subtype=kind.split("/")[1], filename=name)
    arrive(mail.as_bytes())
    return Message.objects.get()


def part_address(message: Message) -> str:
    return f"/desk/messages/{message.pk}/parts/{Attachment.objects.get(message=message).part}"


def test_an_attachment_is_a_sealed_download_with_its_own_name(at_the_desk: Client) -> None:
    message = mail_with("Umowa żółta.html", "text/html", b"<script>alert(1)</script>")

    response = at_the_desk.get(part_address(message))

    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Umowa%20")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Content-Type"] == "application/octet-stream"
    assert response.content == b"<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("name", "kind", "content", "shown"),
    [
        pytest.param("a.png", "image/png", PNG, True, id="a picture by its bytes may be looked at"),
        pytest.param("a.png", "image/png", b"<svg onload=x>", False, id="a picture by its name alone is a download"),
        pytest.param("a.svg", "image/svg+xml", b"<svg/>", False, id="a drawing that may run scripts is a download"),
    ],
)
def test_only_true_pictures_are_shown(name: str, kind: str, content: bytes, shown: bool, at_the_desk: Client) -> None:
    response = at_the_desk.get(part_address(mail_with(name, kind, content)) + "?inline")

    assert response["Content-Disposition"].startswith("inline" if shown else "attachment")
    assert response["Content-Type"] == (kind if shown else "application/octet-stream")


def test_formatting_is_sealed_and_asks_nobody_else_until_told(at_the_desk: Client) -> None:
    message = mail_with("a.png", "image/png", PNG)

    page = at_the_desk.get(f"/desk/messages/{message.pk}/html")
    told = at_the_desk.get(f"/desk/messages/{message.pk}/html?images=1")

    assert "sledz.example" not in page.content.decode()
    # Asked for, it is fetched by us.
    assert "sledz.example" not in told.content.decode()
    assert re.search(r'src="http://testserver/f/[^"/]+/picture"', told.content.decode())
    for response in (page, told):
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert "sandbox allow-popups" in response["Content-Security-Policy"]
        assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_the_original_comes_byte_for_byte(at_the_desk: Client) -> None:
    message = mail_with("a.txt", "text/plain", b"x")

    response = at_the_desk.get(f"/desk/messages/{message.pk}/source")

    assert b"Message-ID: <a.txt@poczta.example>" in response.content
    assert response["Content-Disposition"] == f'attachment; filename="{message.case.reference}-{message.pk}.eml"'


def test_nothing_of_it_is_given_to_strangers(client: Client, anna: Staff) -> None:
    message = mail_with("a.txt", "text/plain", b"x")

    for address in (part_address(message), f"/desk/messages/{message.pk}/html", f"/desk/messages/{message.pk}/source"):
        assert client.get(address).status_code == 302


def test_our_pages_run_nothing_but_our_own_scripts(client: Client) -> None:
    policy = client.get("/account/login/")["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
