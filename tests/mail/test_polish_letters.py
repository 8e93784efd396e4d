"""The whole way: a mail in every charset that Poland wrote in, under every label, in every transfer encoding."""

from __future__ import annotations

import base64
import quopri

import pytest

from samehand.channels.mail.reading import html_of, read_mail
from samehand.channels.mail.reading.charsets import decoded
from samehand.channels.mail.reading.guesses import LETTERS, from_mazovia, is_utf7, mended
from tests.mail.samples import mail, multipart

PANGRAM = "Zażółć gęślą jaźń ZAŻÓŁĆ GĘŚLĄ JAŹŃ"
# Written without a label, a charset of DOS or of the Mac is known by its letters.
CHARSETS = [
    *("utf-8", "iso-8859-2", "windows-1250", "cp852", "mac-latin2", "windows-1257", "iso-8859-13", "iso-8859-16"),
    *("utf-7", "utf-16", "utf-16-le", "utf-16-be"),
]
LABELS = {
    "under its own name": None,
    "without a label": "",
    "labelled utf-8": "utf-8",
    "labelled iso-8859-2": "iso-8859-2",
    "labelled windows-1250": "windows-1250",
    "labelled iso-8859-1": "iso-8859-1",
    "labelled us-ascii": "us-ascii",
    "labelled x-unknown": "x-unknown",
}
CODINGS = {
    "8bit": lambda raw: raw,
    "quoted-printable": lambda raw: quopri.encodestring(raw, quotetabs=True),
    "base64": base64.encodebytes,
}
TYPE = "text/plain"


def typed(kind: str, charset: str) -> str:
    return f"{kind}; charset={charset}" if charset else kind


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("charset", CHARSETS)
def test_every_letter_of_a_body_survives(charset: str, label: str, coding: str) -> None:
    said = charset if LABELS[label] is None else LABELS[label]
    raw = mail(CODINGS[coding](PANGRAM.encode(charset)), kind=typed(TYPE, said or ""), Content_Transfer_Encoding=coding)

    assert read_mail(raw).text == PANGRAM


@pytest.mark.parametrize("label", ["utf-16", "utf-7", "gb2312", "big5", "koi8-r", "iso-2022-jp", "cp852", "macintosh"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-2", "windows-1250"])
def test_not_even_a_label_from_far_away_costs_a_letter(charset: str, label: str) -> None:
    assert read_mail(mail(PANGRAM.encode(charset), kind=typed(TYPE, label))).text == PANGRAM


def test_mazovia_of_the_first_polish_computers() -> None:
    old = bytes.fromhex("868d9192a4a29ea6a78f95909ca5a398a0a1")

    assert from_mazovia(old) == LETTERS
    assert (
        decoded(b"Za" + old[8:9] + old[5:6] + old[3:4] + old[1:2] + b" g" + old[2:3] + old[6:7], "")[0] == "Zażółć gęś"
    )
    assert decoded(old, "x-mazovia") == (LETTERS, "mazovia")


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-2", "windows-1250", "cp852"])
@pytest.mark.parametrize("label", ["right", "utf-8", "iso-8859-2"])
@pytest.mark.parametrize("coding", ["B", "Q"])
def test_subjects_in_encoded_words(charset: str, label: str, coding: str) -> None:
    said = charset if label == "right" else label
    raw = PANGRAM.encode(charset)
    word = base64.b64encode(raw).decode() if coding == "B" else "".join(f"={byte:02X}" for byte in raw)

    assert read_mail(mail(Subject=f"=?{said}?{coding}?{word}?=")).subject == PANGRAM


@pytest.mark.parametrize("coding", ["B", "Q"])
@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_words_that_cut_a_letter_in_two(size: int, coding: str) -> None:
    raw = PANGRAM.encode()
    pieces = [raw[at : at + size] for at in range(0, len(raw), size)]
    coded = [
        base64.b64encode(piece).decode() if coding == "B" else "".join(f"={byte:02X}" for byte in piece)
        for piece in pieces
    ]

    assert read_mail(mail(Subject="\r\n ".join(f"=?utf-8?{coding}?{one}?=" for one in coded))).subject == PANGRAM


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-2", "windows-1250", "cp852"])
def test_raw_letters_in_headers_and_names(charset: str) -> None:
    raw = multipart(
        b"\r\nx",
        b'Content-Disposition: attachment; filename="NAME"\r\n\r\nx',
        Subject="SUBJECT",
        From="NAME <a@b.test>",
    )
    arrival = read_mail(raw.replace(b"SUBJECT", PANGRAM.encode(charset)).replace(b"NAME", PANGRAM.encode(charset)))

    assert (arrival.subject, arrival.from_name, arrival.attachments[0].name) == (PANGRAM, PANGRAM, PANGRAM)


def percents(charset: str) -> str:
    return "".join(f"%{byte:02X}" for byte in PANGRAM.encode(charset))


def word(charset: str) -> str:
    return f"=?{charset}?B?{base64.b64encode(PANGRAM.encode(charset)).decode()}?="


FILE_NAMES = {
    "percent signs": f"filename*=utf-8''{percents('utf-8')}",
    "percent signs in windows-1250": f"filename*=windows-1250'pl'{percents('windows-1250')}",
    "percent signs under a lying label": f"filename*=utf-8''{percents('windows-1250')}",
    "pieces that cut a letter": f"filename*0*=utf-8''{percents('utf-8')[:9]}; filename*1*={percents('utf-8')[9:]}",
    "an encoded word": f'filename="{word("utf-8")}"',
    "an encoded word in iso-8859-2": f'filename="{word("iso-8859-2")}"',
}


@pytest.mark.parametrize("how", FILE_NAMES)
def test_file_names(how: str) -> None:
    raw = multipart(b"\r\nx", f"Content-Disposition: attachment; {FILE_NAMES[how]}\r\n\r\nx".encode())

    assert read_mail(raw).attachments[0].name == PANGRAM


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-2", "windows-1250"])
@pytest.mark.parametrize("label", ["", "x-unknown", "iso-8859-1"])
def test_a_page_that_says_its_charset_itself(charset: str, label: str) -> None:
    page = f'<html><head><meta charset="{charset}"></head><body><p>{PANGRAM}</p></body></html>'
    raw = mail(page.encode(charset), kind=typed("text/html", label))

    assert read_mail(raw).text == PANGRAM
    assert PANGRAM in html_of(raw)


def test_a_page_whose_own_word_is_wrong() -> None:
    page = f'<meta charset="iso-8859-1"><p>{PANGRAM}</p>'

    assert read_mail(mail(page.encode("cp1250"), kind="text/html")).text == PANGRAM


def twice(text: str, wrong: str) -> str:
    return "".join(
        bytes((byte,)).decode(wrong) if wrong != "cp1252" or byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in text.encode()
    )


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1", "iso-8859-2"])
def test_what_was_encoded_twice_is_read_as_it_was_meant(wrong: str) -> None:
    arrival = read_mail(mail(twice(PANGRAM, wrong), Subject=twice(PANGRAM, wrong)))

    assert (arrival.text, arrival.subject) == (PANGRAM, PANGRAM)
    assert "The text was encoded twice; it is shown as it was meant." in arrival.defects
    assert "The subject was encoded twice; it is shown as it was meant." in arrival.defects


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Moje SMS-y wyglądają tak: ZaÅ¼Ã³Å‚Ä‡. Dlaczego?", id="a customer who complains about it"),
        pytest.param("Ärger mit der Österreichischen Post, Åsa schrieb über Ähnliches", id="German and Swedish"),
        pytest.param("São Paulo, João, NÃO", id="Portuguese capitals"),
        pytest.param("România: Ăsta este, măr", id="Romanian"),
    ],
)
def test_what_was_written_so_stays_so(text: str) -> None:
    assert mended(text) == text
    assert read_mail(mail(text)).text == text


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("¿Qué? 20 m³ à côté, Größe, naïve", "cp1252"),
        ("Müller äußert: Österreich übt", "cp1252"),
        ("Příliš žluťoučký kůň úpěl ďábelské ódy", "iso-8859-2"),
        ("Příliš žluťoučký kůň úpěl ďábelské ódy", "cp1250"),
        ("árvíztűrő tükörfúrógép", "iso-8859-2"),
        ("Съешь ещё этих мягких булок", "cp1251"),
        ("Съешь ещё этих мягких булок", "koi8-r"),
        ("ąčęėįšųūž ĄČĘĖĮŠŲŪŽ", "cp1257"),
    ],
)
def test_others_keep_their_letters(text: str, charset: str) -> None:
    assert decoded(text.encode(charset), charset)[0] == text


@pytest.mark.parametrize(
    "raw",
    [
        b"1+1=2, C++, A+B",
        b"helpdesk+AbCdEf-123@fala.test +AQ",
        b"+48 600 100 200, +A, +Ab",
        b"x" * 1_000_000 + b"+A" * 500_000,
    ],
    ids=["sums", "addresses", "phone numbers", "a wall of plus signs"],
)
def test_a_plus_sign_alone_is_no_utf_7(raw: bytes) -> None:
    assert not is_utf7(raw)
