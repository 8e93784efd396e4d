"""Mails that were built to hurt: read or put aside, in bounded time, and the text is there whenever it can be."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samehand.channels.mail.fingerprint import fingerprint
from samehand.channels.mail.reading import as_json, html_of, part_bytes, read_mail
from samehand.channels.mail.showing import safe_html
from samehand.core.arrivals import Arrival, Unreadable
from tests.mail.samples import CORPUS, mail, multipart

# The bound is one second on an idle machine; tests run on busy ones.
SECONDS = 4.0
HTML = "text/html; charset=utf-8"


def nested(levels: int, text: bytes = b"na samym dnie") -> bytes:
    opening = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(levels))
    closing = b"".join(b"--b%d--\n" % n for n in reversed(range(levels)))
    return b"From: jan@poczta.test\nSubject: x\n" + opening + b"\n" + text + b"\n" + closing


def in_time(raw: bytes) -> Arrival | None:
    start = time.process_time()
    try:
        arrival = read_mail(raw)
    except Unreadable:
        arrival = None
    fingerprint(raw)
    assert time.process_time() - start < SECONDS
    return arrival


def read(raw: bytes) -> Arrival:
    arrival = in_time(raw)
    assert arrival is not None
    return arrival


def test_ten_thousand_headers() -> None:
    fields = b"".join(b"X-Header-%d: b\r\n" % number for number in range(10_000))

    assert read(fields + mail()).text == "Treść."


def test_fifty_megabytes_of_header() -> None:
    arrival = read(mail(X_Long="y").replace(b"X-Long: y\r\n", (b"X-Long: " + b"y" * 900 + b"\r\n") * 55_000))

    assert arrival.from_address == "jan@poczta.test"
    assert arrival.text == "Treść."
    assert "header" in arrival.defects[0]


def test_ten_thousand_parts() -> None:
    arrival = read(multipart(*[b"\r\nhi"] * 10_000))
    pictures = read(multipart(b"\r\nhi", *[b"Content-Type: image/png\r\n\r\nx"] * 10_000))

    assert arrival.text.count("hi") == 10_000
    assert pictures.text == "hi"
    assert len(pictures.attachments) == 1_000
    assert "10000 attachments" in " ".join(pictures.defects)


@pytest.mark.parametrize("levels", [200, 500])
def test_many_levels(levels: int) -> None:
    assert read(nested(levels)).text == "na samym dnie"


@pytest.mark.parametrize("levels", [5_000, 50_000])
def test_more_levels_than_anybody_needs_are_kept_closed(levels: int) -> None:
    arrival = read(nested(levels))

    assert len(arrival.attachments) == 1
    assert "closed" in " ".join(arrival.defects)


def test_parts_within_parts_of_the_same_name() -> None:
    read(b"From: a@b.test\n" + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 5_000)


def test_lines_that_look_like_boundaries_at_every_level() -> None:
    read(nested(300, b"--b0x\n--b1x\n--b2x\n" * 200_000))


def test_zeros_everywhere() -> None:
    arrival = read(mail("a\x00b", Subject="\x00Pyt\x00anie", From="jan\x00@poczta.test"))

    assert (arrival.text, arrival.subject, arrival.from_address) == ("ab", "Pytanie", "jan@poczta.test")


def test_a_subject_of_a_megabyte_is_whole() -> None:
    assert read(mail(Subject="=?utf-8?q?=C5=82?= " * 60_000)).subject == "ł" * 60_000


def test_a_line_of_ten_megabytes() -> None:
    assert len(read(mail(b"x" * 10_000_000)).text) == 10_000_000
    assert len(read(mail(b"x " * 5_000_000)).text) == 9_999_999


HURTFUL: list[tuple[str, Callable[[], bytes]]] = [
    ("one tag without end", lambda: mail(b"<a " * 1_500_000, kind=HTML)),
    ("quotes without end", lambda: mail(b"<a \"'" * 900_000, kind=HTML)),
    ("less-than signs", lambda: mail(b"<" * 5_000_000, kind=HTML)),
    ("comments without end", lambda: mail(b"<!--" * 1_200_000, kind=HTML)),
    ("declarations without end", lambda: mail(b"<![CDATA[" * 500_000, kind=HTML)),
    ("instructions without end", lambda: mail(b"<?" * 900_000, kind=HTML)),
    ("styles without end", lambda: mail(b"<style>" * 700_000, kind=HTML)),
    ("quotes in quotes", lambda: mail(b"<blockquote>x<br>" * 300_000, kind=HTML)),
    ("links", lambda: mail(b'<a href="http://x">t' * 100_000 + b"</a>" * 9_000, kind=HTML)),
    ("hard spaces", lambda: mail("\xa0" * 2_000_000, kind=HTML)),
    ("a line of spaces", lambda: mail(b"<p>" + b" " * 5_000_000 + b"x", kind=HTML)),
    ("a long page on one line", lambda: mail(b"<p>On 2 Nov 2026 jan@x.test wrote:" * 150_000, kind=HTML)),
    ("quoted lines", lambda: mail(b"> a\n" * 1_000_000)),
    ("marks and answers", lambda: mail(b"On 1 Jan 2020 a@b wrote:\n> x\ny\n" * 16_000)),
    ("marks", lambda: mail(b"On 1 Jan 2020 a@b.c at 10:10 wrote\n" * 45_000)),
    ("quoted headers", lambda: mail(b"From: a\nSent: b\n\n\n\n\n\n\n\n" * 5_000)),
    ("rules", lambda: mail(b"____________\n" * 49_000)),
    ("open comments in From", lambda: mail(From="(" * 500_000)),
    ("open quotes in From", lambda: mail(From='"\\' * 300_000)),
    ("angles in From", lambda: mail(From="<" * 500_000)),
    ("addresses", lambda: mail(To="a@b.test, " * 100_000)),
    ("a long domain", lambda: mail(From="a@" + "ł" * 100_000 + ".test")),
    ("words that begin", lambda: mail(Subject="=?a?q?x" * 150_000)),
    ("question marks", lambda: mail(Subject="=?a?q?" + "?" * 900_000)),
    ("references", lambda: mail(References="<a@b> " * 150_000, In_Reply_To="<" * 500_000, Message_ID="<a" * 500_000)),
    ("parameters", lambda: mail(kind="text/plain" + '; a="\\"' * 150_000)),
    ("numbered parameters", lambda: mail(kind="text/plain" + "; a*0*=x" * 100_000)),
    ("a long type", lambda: mail(kind="a" * 1_000_000)),
    ("folds", lambda: mail(X="a" + "\r\n " * 1_000_000)),
    ("lines that are no fields", lambda: b"From: a@b.test\n" + b"xx\n" * 2_000_000 + b"\nq"),
    ("padding", lambda: mail(b"A=" * 1_500_000, Content_Transfer_Encoding="base64")),
    ("uuencode", lambda: mail(b"M\n" * 500_000, Content_Transfer_Encoding="x-uuencode")),
    ("equal signs", lambda: mail(b"=" * 5_000_000, Content_Transfer_Encoding="quoted-printable")),
    ("surrogates", lambda: mail(b"\x00\xd8" * 1_000_000, kind="text/plain; charset=utf-16")),
    ("escapes", lambda: mail(b"\x1b$B" * 1_000_000, kind="text/plain; charset=iso-2022-jp")),
    ("a codec that is no charset", lambda: mail(b"a-\xff" * 200_000, kind="text/plain; charset=punycode")),
    ("a bounce of nothing known", lambda: mail(b"no <a@b.test> known " * 40_000, From="mailer-daemon@x.test")),
    ("a bounce of one line", lambda: mail(b"x" * 10_000_000, From="mailer-daemon@x.test", Subject="failure notice")),
    ("a bounce of bounces", lambda: mail(b"<a@b.test>: 550 x\n" * 100_000, From="mailer-daemon@x.test")),
    ("old line ends", lambda: b"From: a@b.test\rSubject: x\r\r" + b"x\r" * 500_000),
]  # fmt: skip


@pytest.mark.parametrize("build", [build for _, build in HURTFUL], ids=[name for name, _ in HURTFUL])
def test_time_does_not_grow_beyond_the_mail(build: Callable[[], bytes]) -> None:
    in_time(build())


TANGLES = [
    *(
        "<div>" * 200_000,
        "<b>" * 200_000,
        "<ul><li>" * 100_000,
        "<a><div>" * 100_000,
        "<b></p>" * 100_000,
        "<" * 500_000,
    ),
    "<p style='" + "a:b;" * 200_000 + "'>",
    "".join(f"<font size={number}>" for number in range(60_000)),
    "".join(f"<div><font size={number}></div>" for number in range(30_000)),
    "".join(f"<font size={number}><table></font></table>" for number in range(30_000)),
    "".join(f"<font size={number}>" for number in range(900)) + "<p>x</p>" * 45_000,
    "".join(f"<p><font size={number}></p>" for number in range(900)) + "<p>x</p>" * 45_000,
    "".join(f"<p><font size={number}>" for number in range(900)) + "<p>x" * 90_000,
    "<div>" * 990 + "<p>x" * 90_000,
    "&" * 2_000_000,
    "&#" * 1_000_000,
    "&nbsp;" * 330_000,
]


@pytest.mark.parametrize("html", TANGLES, ids=lambda html: html[:24])
def test_showing_does_not_hang(html: str) -> None:
    start = time.process_time()
    safe_html(html, images=False, cid_url=lambda _cid: "")
    assert time.process_time() - start < SECONDS


def everything(raw: bytes) -> None:
    """All that we ever ask of a mail; nothing but Unreadable may come out, and only text that a database takes."""
    row = as_json("x", raw)
    texts = [value for value in row.values() if isinstance(value, str)] + [part["name"] for part in row["attachments"]]
    for text in texts:
        text.encode()
        assert "\x00" not in text
    assert bool(row["reply_text"].strip()) == bool(row["text"].strip())
    html_of(raw)
    fingerprint(raw)
    if not row["quarantined"]:
        for part in read_mail(raw).attachments[:3]:
            part_bytes(raw, part.index)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(raw: bytes) -> None:
    everything(raw)


PIECES = [
    *(
        b"From: ",
        b"Subject: ",
        b"Content-Type: multipart/mixed; boundary=b\r\n",
        b"--b\r\n",
        b"--b--\r\n",
        b"\r\n",
        b"\n",
    ),
    *(
        b"Content-Type: text/html; charset=utf-16\r\n",
        b"Content-Transfer-Encoding: base64\r\n",
        b"=?utf-8?q?=C5",
        b"?=",
    ),
    *(
        b"<a@b.test>",
        b"References: ",
        b"Content-Disposition: attachment; filename*0*=utf-8''%C5",
        b"> quote\n",
        b"\xb9\xff",
    ),
    *(
        b"<blockquote>",
        b"</p>",
        b"<!--",
        b"On 1.1.2020 10:10 a@b wrote:\n",
        b"-- \n",
        b"Date: Mon",
        b"\x00",
        b"\xed\xa0\x80",
    ),
    *(
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n",
        b"Content-Type: message/rfc822\r\n",
    ),
]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=6), max_size=40).map(b"".join))
def test_any_heap_of_pieces(raw: bytes) -> None:
    everything(raw)


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.eml")), ids=lambda path: path.stem)
def test_a_sample_cut_anywhere(path: object) -> None:
    raw = path.read_bytes()  # type: ignore[attr-defined]
    for end in range(0, len(raw), max(1, len(raw) // 60)):
        everything(raw[:end])
