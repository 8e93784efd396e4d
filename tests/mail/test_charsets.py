"""Every Polish letter survives, whatever the label says."""

from __future__ import annotations

import pytest

from samehand.channels.mail.reading.charsets import clean, codec_of, decoded, html_charset

PANGRAM = "Zażółć gęślą jaźń, ĄĆĘŁŃÓŚŹŻ"
PLAIN = "Proszę o pomoc, wczoraj przestał działać mój telefon. Dziękuję, Łucja Źródło"


@pytest.mark.parametrize("label", ["utf-8", "iso-8859-2", "windows-1250", "iso-8859-1", "us-ascii", "", "x-unknown"])
@pytest.mark.parametrize("real", ["utf-8", "iso-8859-2", "cp1250"])
@pytest.mark.parametrize("text", [PANGRAM, PLAIN])
def test_a_label_that_lies_costs_no_letter(text: str, real: str, label: str) -> None:
    assert decoded(text.encode(real), label)[0] == text


@pytest.mark.parametrize(
    ("text", "real", "label"),
    [
        ("¿Qué? 20 m³ à côté, Größe", "cp1252", "iso-8859-1"),
        ("Příliš žluťoučký kůň úpěl ďábelské ódy", "iso-8859-2", "iso-8859-2"),
        ("Příliš žluťoučký kůň úpěl ďábelské ódy", "cp1250", "windows-1250"),
        ("Съешь ещё этих мягких булок", "koi8-r", "koi8-r"),
        ("Съешь ещё этих", "cp1251", "windows-1251"),
        ("日本語のメール", "iso-2022-jp", "iso-2022-jp"),
        ("日本語", "cp932", "shift_jis"),
        ("中文邮件", "gb18030", "gb2312"),
        ("한국어", "cp949", "ks_c_5601-1987"),
        ("Zażółć", "utf-16", "utf-16"),
        ("Zażółć", "utf-7", "unicode-1-1-utf-7"),
    ],
)
def test_a_label_that_is_true_is_believed(text: str, real: str, label: str) -> None:
    assert decoded(text.encode(real), label)[0] == text


def test_text_with_one_cut_letter_stays_utf_8() -> None:
    raw = "Zażółć gęślą jaźń, proszę".encode()[:-1]

    assert decoded(raw, "utf-8") == ("Zażółć gęślą jaźń, prosz\ufffd", "utf-8")


@pytest.mark.parametrize(
    "label", ["rot13", "base64", "punycode", "idna", "unicode_escape", "undefined", "x" * 500, "\x00"]
)
def test_labels_that_no_mail_means_are_not_followed(label: str) -> None:
    assert codec_of(label) == ""
    assert decoded(b"C:\\nowe\\tabela \\u0041", label)[0] == "C:\\nowe\\tabela \\u0041"


def test_nothing_stays_that_a_database_refuses() -> None:
    assert clean("a\x00b\ud800c") == "ab\ufffdc"
    assert "\x00" not in decoded("a\x00".encode("utf-16"), "utf-16")[0]


def test_a_page_may_say_its_charset() -> None:
    assert html_charset(b'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">') == "iso-8859-2"
    assert html_charset(b"<meta charset='windows-1250'>") == "windows-1250"
    assert html_charset(b"<p>charset=x</p>") == ""
