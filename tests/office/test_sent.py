"""Without a relay the mails lie in a folder; staff look into it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from samehand.channels.mail import sent
from samehand.people.models import Staff

pytestmark = pytest.mark.django_db
MAIL = "From: Anna <helpdesk@fala.example>\r\nTo: Zofia <zofia@poczta.example>\r\nSubject: =?utf-8?q?Zasi=C4=99g?=\r\n"


@pytest.fixture
def anna_in(anna: Staff, signed_in: Callable[[Staff], Client]) -> Client:
    return signed_in(anna)


def lay(folder: Path, name: str, text: str = "Dzień dobry", second: int = 0) -> None:
    raw = f"{MAIL}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}".encode()
    (folder / name).write_bytes(raw)
    os.utime(folder / name, (1_790_000_000 + second, 1_790_000_000 + second))


def test_an_empty_folder(anna_in: Client) -> None:
    assert "Nic jeszcze nie wysłaliśmy" in anna_in.get("/sent").content.decode()


def test_no_folder_at_all(anna_in: Client, sent_folder: Path) -> None:
    sent_folder.rmdir()

    assert anna_in.get("/sent").status_code == 200


def test_the_newest_first_page_by_page(anna_in: Client, sent_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sent, "PAGE", 2)
    for number in range(5):
        lay(sent_folder, f"m{number}.eml", second=number // 2)

    seen: list[str] = []
    query = ""
    while True:
        context = anna_in.get(f"/sent?before={query}").context
        seen += [mail.name for mail in context["mails"]]
        query = context["older"]
        if not query:
            break

    assert seen == ["m4.eml", "m3.eml", "m2.eml", "m1.eml", "m0.eml"]


def test_a_mail_is_read_with_its_headers(anna_in: Client, sent_folder: Path) -> None:
    lay(sent_folder, "sh-1.a.b@fala.example.eml", "Witaj <b>Zofio</b>")

    listing = anna_in.get("/sent").content.decode()
    page = anna_in.get("/sent/sh-1.a.b@fala.example.eml").content.decode()

    assert "Zasięg" in listing
    assert "zofia@poczta.example" in listing
    assert "Witaj &lt;b&gt;Zofio" in page
    assert anna_in.get("/sent/sh-1.a.b@fala.example.eml/raw").content.startswith(b"From: Anna")


@pytest.mark.parametrize(
    "name", ["../secret", "..%2fsecret", "%2e%2e%2fsecret.eml", ".draft.eml", "secret", "nothing.eml", "a%00.eml"]
)
def test_no_other_file_of_the_machine_can_be_read(anna_in: Client, sent_folder: Path, name: str) -> None:
    (sent_folder.parent / "secret").write_text("x")
    (sent_folder.parent / "secret.eml").write_text("x")
    lay(sent_folder, ".draft.eml")

    assert anna_in.get(f"/sent/{name}").status_code == 404


def test_a_damaged_mail_breaks_no_page(anna_in: Client, sent_folder: Path) -> None:
    (sent_folder / "x.eml").write_bytes(
        b"Subject: =?x?q?\xff\r\nTo: <<<@\r\nContent-Type: text/plain; charset=nope\r\n\r\n\xff"
    )

    assert anna_in.get("/sent").status_code == 200
    assert anna_in.get("/sent/x.eml").status_code == 200
