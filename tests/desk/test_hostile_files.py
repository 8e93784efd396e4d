"""Attached files that were made to hurt, from the raw mail to what a browser is given. The letters and numbers are
those of the project's list of hostile inputs."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from functools import partial
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from samehand.cases import tickets
from samehand.cases.actions.scanning import scan_held
from samehand.cases.models import Attachment, Message
from samehand.cases.queries import page_url
from samehand.lib.models import Event
from samehand.lib.scanner import ScannerAway, scan
from samehand.people.models import Staff
from tests.clamd import EICAR, Clamd
from tests.mail.envelopes import Packed, winmail, with_winmail
from tests.mail.samples import mail, multipart
from tests.personas import MONDAY, anna, arrive, at

__all__ = ["anna"]

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def file(name: str, content: bytes, kind: str = "application/octet-stream") -> bytes:
    head = f'Content-Type: {kind}\r\nContent-Disposition: attachment; filename="{name}"\r\n\r\n'
    return head.encode() + content


def came(*parts: bytes) -> Message:
    arrive(multipart(b"\r\nW zalaczeniu", *parts, Message_ID="<plik@poczta.test>"))
    return Message.objects.order_by("-id")[0]


def address(message: Message, place: int = 0) -> str:
    return f"/desk/messages/{message.pk}/parts/{message.attachments.order_by('part')[place].part}"


NAMES = {
    "C1 a way upwards": ("../../etc/cron.d/x", "x"),
    "C1 a way of Windows": ("C:\\\\windows\\\\x.txt", "x.txt"),
    "C1 an absolute way": ("/etc/passwd", "passwd"),
    "C1 300 bytes": ("a" * 300 + ".pdf", "a" * 146 + "…"),
    "C1 a line break": ("a=?utf-8?q?=0D=0A?=Set-Cookie: x.txt", "a Set-Cookie x.txt"),
    "C1 a quote": ('a\\"; filename=evil.html', "a; filename=evil.html"),
}


@pytest.mark.parametrize("case", NAMES)
def test_a_name_names_and_does_nothing_else(case: str, at_the_desk: Client) -> None:
    sent, kept = NAMES[case]
    message = came(file(sent, b"x"))
    name = Attachment.objects.get().name
    given = at_the_desk.get(address(message))["Content-Disposition"]

    assert not set(name) & set('/\\"\r\n:')
    assert len(name) <= 200
    assert given.startswith("attachment; filename=")
    assert "\n" not in given
    if not kept.endswith("…"):
        assert name == kept


DANGEROUS = {
    "C2 a page": ("strona.html", b"<script>alert(1)</script>", "text/html"),
    "C2 a drawing": ("a.svg", b"<svg onload=alert(1)>", "image/svg+xml"),
    "C2 XHTML": ("a.xhtml", b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "application/xhtml+xml"),
    "C2 a script of a server": ("a.pht", b"<?php", "text/html"),
    "C2 a server's settings": (".htaccess", b"AddType", "text/plain"),
    "C2 letters that nobody sees": ("=?utf-8?q?faktura=E2=80=8B.html?=", b"<script>", "text/html"),
    "C3 a page that says it is a picture": ("a.jpg", b"<html><script>alert(1)</script>", "image/jpeg"),
    "C3 a picture that is a script as well": ("a.gif", b"GIF89a/*" + b"*/=1;alert(1)//", "text/html"),
}


@pytest.mark.parametrize("case", DANGEROUS)
def test_whatever_it_is_it_is_a_sealed_download(case: str, at_the_desk: Client) -> None:
    name, content, kind = DANGEROUS[case]
    message = came(file(name, content, kind))

    for asked in ("", "?inline"):
        given = at_the_desk.get(address(message) + asked)
        assert given["X-Content-Type-Options"] == "nosniff"
        assert given["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
        # Only what is a picture by its bytes may be looked at, and only as that picture.
        shown = asked and content.startswith(b"GIF89a")
        assert given["Content-Type"] == ("image/gif" if shown else "application/octet-stream")
        assert given["Content-Disposition"].startswith("inline" if shown else "attachment")


# C2: a host name of its own


@pytest.fixture
def files_host(settings: Any) -> str:
    settings.FILES_HOST, settings.FILES_URL = "files.test", "http://files.test"
    settings.ALLOWED_HOSTS = ["*"]
    return "files.test"


def test_c2_files_come_from_a_host_name_without_cookies(at_the_desk: Client, files_host: str) -> None:
    message = came(file("a.html", b"<script>", "text/html"))

    sent_on = at_the_desk.get(address(message))
    there = Client(headers={"host": files_host}).get(sent_on["Location"].removeprefix("http://files.test"))

    assert sent_on.status_code == 302
    assert sent_on["Location"].startswith("http://files.test/f/")
    assert sent_on["Cache-Control"] == "private, no-store"
    assert there.content == b"<script>"
    assert there["Content-Disposition"] == 'attachment; filename="a.html"'
    assert not there.cookies


def test_c2_formatting_comes_from_there_into_our_frame_only(at_the_desk: Client, files_host: str) -> None:
    arrive(mail("<p>Tekst</p>", kind="text/html; charset=utf-8"))
    sent_on = at_the_desk.get(f"/desk/messages/{Message.objects.get().pk}/html")
    there = Client(headers={"host": files_host}).get(sent_on["Location"].removeprefix("http://files.test"))

    assert b"<p>Tekst</p>" in there.content
    assert "frame-ancestors http://testserver;" in there["Content-Security-Policy"]
    assert "sandbox allow-popups" in there["Content-Security-Policy"]
    assert "X-Frame-Options" not in there


def test_c2_no_page_of_ours_is_served_there_and_no_file_here(at_the_desk: Client, files_host: str) -> None:
    message = came(file("a.txt", b"x"))
    ticket = at_the_desk.get(address(message))["Location"].removeprefix("http://files.test")

    for path in ("/desk/", "/account/login/", "/healthz", "/static/house/base.css", address(message)):
        assert at_the_desk.get(path, headers={"host": files_host}).status_code == 404
    assert at_the_desk.get(ticket).status_code == 404


def test_c2_a_ticket_is_for_one_file_and_not_for_long(
    at_the_desk: Client, files_host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = came(file("a.txt", b"x"), file("b.txt", b"y"))
    ticket = at_the_desk.get(address(message))["Location"].removeprefix("http://files.test")
    there = Client(headers={"host": files_host})

    assert there.get(ticket).content == b"x"
    for altered in (ticket[:-1] + ("A" if ticket[-1] != "A" else "B"), "/f/x", ticket + "/picture"):
        assert there.get(altered).status_code == 404
    monkeypatch.setattr(tickets, "LASTS", -1)
    assert there.get(ticket).status_code == 404


def test_c2_the_customers_page_sends_there_as_well(client: Client, anna: Staff, files_host: str) -> None:
    message = came(file("a.html", b"<script>", "text/html"))
    part = message.attachments.get().part
    path = page_url(message.case).partition("://")[2].partition("/")[2]

    sent_on = client.get(f"/{path}/file/{message.pk}/{part}")

    assert sent_on["Location"].startswith("http://files.test/f/")


def test_c4_whoever_may_not_see_the_case_gets_nothing(at_the_desk: Client, client: Client) -> None:
    mine, other = came(file("a.txt", b"x")), arrive(mail(From="jan@inny.test", Message_ID="<2@inny.test>"))
    assert other is None
    foreign = Message.objects.order_by("-id")[0]
    part = mine.attachments.get().part
    path = page_url(foreign.case).partition("://")[2].partition("/")[2]

    # Another case's link, a made-up one, another message's part.
    assert client.get(f"/{path}/file/{mine.pk}/{part}").status_code == 404
    assert client.get(f"/s/none/file/{mine.pk}/{part}").status_code == 404
    assert at_the_desk.get(f"/desk/messages/{foreign.pk}/parts/{part}").status_code == 404
    assert at_the_desk.get(f"/desk/messages/{mine.pk}/parts/99").status_code == 404
    at_the_desk.logout()
    assert at_the_desk.get(address(mine)).status_code == 302


# C5: the virus scanner


@pytest.fixture
def clamd(settings: Any) -> Any:
    with Clamd() as one:
        settings.SCANNER = one.address
        yield one


def judge(clamd: Clamd) -> int:
    return scan_held(scan=partial(scan, clamd.address), now=lambda: at(1))


def test_c5_what_the_scanner_finds_is_kept_and_not_handed_out(at_the_desk: Client, clamd: Clamd) -> None:
    message = came(file("wirus.com", EICAR), file("dobry.txt", b"dobry"))

    assert judge(clamd) == 2
    page = at_the_desk.get(f"/desk/cases/{message.case.reference}/").content.decode()
    bad, good = at_the_desk.get(address(message, 0)), at_the_desk.get(address(message, 1))

    # The case is there, the consultant is told, and everything else goes its way.
    assert "W zalaczeniu" in page
    assert "Eicar-Test-Signature" in page
    assert bad.status_code == 403
    assert EICAR not in bad.content
    assert good.content == b"dobry"
    assert at_the_desk.get(f"/desk/messages/{message.pk}/source").status_code == 403
    assert Event.objects.filter(kind="attachment.judged", case_id=message.case_id).count() == 2


def test_c5_the_customer_is_not_given_it_either(client: Client, anna: Staff, clamd: Clamd) -> None:
    message = came(file("wirus.com", EICAR))
    judge(clamd)
    path = "/" + page_url(message.case).partition("://")[2].partition("/")[2]

    assert client.get(f"{path}/file/{message.pk}/{message.attachments.get().part}").status_code == 404
    assert "/file/" not in client.get(path).content.decode()


def test_c5_while_the_scanner_is_away_files_wait(at_the_desk: Client, settings: Any) -> None:
    settings.SCANNER = "127.0.0.1:1"
    message = came(file("a.txt", b"x"))

    with pytest.raises(ScannerAway):
        scan_held(scan=partial(scan, settings.SCANNER), now=lambda: MONDAY)
    waiting = at_the_desk.get(address(message))
    with Clamd() as back:
        judge(back)

    assert waiting.status_code == 403
    assert at_the_desk.get(address(message)).content == b"x"


def test_c5_a_virus_within_winmail_dat_is_found(at_the_desk: Client, clamd: Clamd) -> None:
    arrive(with_winmail(winmail(files=(Packed("wirus.com", EICAR), Packed("b.txt", b"b"))), b"\r\nTekst"))
    judge(clamd)

    states = dict(Attachment.objects.values_list("name", "state"))
    assert states == {"winmail.dat": "infected", "wirus.com": "infected", "b.txt": ""}


def test_c5_a_file_beyond_what_the_scanner_takes_stays_in_the_original(at_the_desk: Client, clamd: Clamd) -> None:
    message = came(file("film.mp4", b"x" * (clamd.most + 70_000)))
    judge(clamd)

    assert Attachment.objects.get().state == "large"
    assert at_the_desk.get(address(message)).status_code == 403
    assert at_the_desk.get(f"/desk/messages/{message.pk}/source").status_code == 200


def test_c5_without_a_scanner_nothing_waits(at_the_desk: Client) -> None:
    message = came(file("a.txt", b"x"))

    assert Attachment.objects.get().state == ""
    assert at_the_desk.get(address(message)).content == b"x"


# C6, C7, C8


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def huge_picture() -> bytes:
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1_000_000))
        + chunk(b"IEND", b"")
    )


def bomb(name: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"\0" * 50_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        pytest.param("a.png", huge_picture(), "image/png", id="C6 a picture of 50,000 by 50,000"),
        pytest.param("a.zip", bomb("zera"), "application/zip", id="C6 an archive of zeros"),
        pytest.param("a.docx", bomb("word/document.xml"), "application/vnd.ms-word", id="C6 a document of zeros"),
    ],
)
def test_bombs_are_kept_and_never_opened(name: str, content: bytes, kind: str, at_the_desk: Client) -> None:
    import tracemalloc

    tracemalloc.start()
    message = came(file(name, content, kind))
    given = at_the_desk.get(address(message))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert given.content == content
    # Opened, each of them would take fifty megabytes at least.
    assert peak < 30_000_000


def test_c7_a_file_over_the_limit_makes_a_case_that_says_so(at_the_desk: Client, settings: Any) -> None:
    settings.MAX_FILE = 1_000
    message = came(file("film.mp4", b"x" * 1_001), file("b.txt", b"y" * 1_000))
    page = at_the_desk.get(f"/desk/cases/{message.case.reference}/").content.decode()

    assert "W zalaczeniu" in page
    assert "ponad limit; jest w oryginale" in page
    assert at_the_desk.get(address(message, 0)).status_code == 403
    assert at_the_desk.get(address(message, 1)).content == b"y" * 1_000
    assert b"x" * 1_001 in at_the_desk.get(f"/desk/messages/{message.pk}/source").content


def test_c8_one_bad_part_among_good_ones(at_the_desk: Client) -> None:
    bad = (
        b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\n=%%=A"
    )
    broken = b"Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\n\x78\x9f\x3e\x22 garbage"
    message = came(
        file("a.txt", b"a"), bad, broken, b"Content-Type: multipart/mixed; boundary=q\r\n\r\n--q", file("b.txt", b"b")
    )
    given = [at_the_desk.get(address(message, place)) for place in range(message.attachments.count())]

    assert message.text == "W zalaczeniu\n\n--q"
    assert [one.content for one in (given[0], given[-1])] == [b"a", b"b"]
    assert {one.status_code for one in given} == {200}


# B4 and B13


def test_b4_pictures_from_elsewhere_are_fetched_by_us(at_the_desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("samehand.desk.files.fetch", lambda url: asked.append(url) or PNG)
    arrive(mail("<p><img src='//sledz.test/a.png?kto=anna'></p>", kind="text/html"))
    page = at_the_desk.get(f"/desk/messages/{Message.objects.get().pk}/html?images=1")
    (there,) = re.findall(r'src="http://testserver(/f/[^"]+)"', page.content.decode())

    given = Client().get(there)

    assert "img-src data: http://testserver;" in page["Content-Security-Policy"]
    assert asked == ["https://sledz.test/a.png?kto=anna"]
    assert given.content == PNG
    assert given["Content-Type"] == "image/png"


def test_b4_what_is_no_picture_is_not_passed_on(at_the_desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samehand.desk.files.fetch", lambda url: b"<script>alert(1)</script>")

    assert Client().get(f"/f/{tickets.issue_picture('https://sledz.test/a')}/picture").status_code == 404
    assert Client().get("/f/aHR0cDovL3g/picture").status_code == 404


def test_b13_a_forwarded_mail_is_read_where_it_lies(at_the_desk: Client) -> None:
    inner = b"From: Jan <jan@poczta.test>\r\nSubject: Dawny list\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n"
    inner += b"--q\r\n\r\nStare <b>slowa</b>\r\n--q\r\n" + file("a.txt", b"A") + b"\r\n--q--\r\n"
    message = came(b"Content-Type: message/rfc822\r\n\r\n" + inner, file("b.txt", b"b"))

    case = at_the_desk.get(f"/desk/cases/{message.case.reference}/").content.decode()
    (there,) = re.findall(r'href="(/desk/messages/\d+/parts/\d+/letter)"', case)
    letter = at_the_desk.get(there).content.decode()
    (inside,) = re.findall(r'href="(/desk/messages/\d+/parts/\d+)"', letter)

    assert "Stare &lt;b&gt;slowa&lt;/b&gt;" in letter
    assert at_the_desk.get(inside).content == b"A"
    assert at_the_desk.get(f"{address(message, 1)}/letter").status_code == 404


REMARKS = {
    "B13 encrypted": ([{"kind": "smime-sealed"}], "jest zaszyfrowana"),
    "B13 PGP": ([{"kind": "pgp-sealed"}], "jest zaszyfrowana"),
    "B13 signed": ([{"kind": "smime-signed", "state": "fits", "signer": "<b>Bank"}], "Podpis (S/MIME): &lt;b&gt;Bank"),
    "B13 signed and altered": ([{"kind": "smime-signed", "state": "broken", "signer": "Ola"}], "zmieniono po drodze"),
    "B13 an invitation": (
        [{"kind": "invitation", "what": "Wizyta", "starts": "2026-12-03T10:00:00+01:00", "where": "Łódź"}],
        "Czwartek, 3 grudnia 2026, 10:00",
    ),
    "B13 a day": ([{"kind": "invitation", "method": "CANCEL", "starts": "2026-12-03"}], "Czwartek, 3 grudnia 2026"),
    "B13 no moment": ([{"kind": "invitation", "what": "Kiedyś", "starts": "9999-99-99T99:99:99"}], "Kiedyś"),
    "of a later version": ([{"kind": "not-known-yet"}], "W zalaczeniu"),
}


@pytest.mark.parametrize("case", REMARKS)
def test_what_to_know_stands_over_the_words(case: str, at_the_desk: Client) -> None:
    remarks, words = REMARKS[case]
    message = came(file("a.txt", b"a"))
    Message.objects.update(remarks=remarks)

    assert words in at_the_desk.get(f"/desk/cases/{message.case.reference}/").content.decode()
