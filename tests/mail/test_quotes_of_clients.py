"""A sample for each mail program, in Polish and English, as text and as HTML; and the same inside a mail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from samehand.channels.mail.reading import folded, read_mail
from tests.mail.samples import CORPUS

FOLDER = CORPUS / "quotes"
EXPECTED: dict[str, dict[str, str]] = json.loads((FOLDER / "expected.json").read_text())
PROGRAMS = (
    "apple-mail", "gmail", "interia", "iphone", "o2", "onet", "outlook-desktop", "outlook-mobile", "outlook-web",
    "proton", "roundcube", "samsung", "thunderbird", "wp", "yahoo",
)  # fmt: skip


def test_every_program_is_there_in_both_languages_and_both_forms() -> None:
    wanted = {f"{name}-{tongue}.{kind}" for name in PROGRAMS for tongue in ("pl", "en") for kind in ("txt", "html")}

    assert wanted <= EXPECTED.keys()
    assert EXPECTED.keys() == {path.name for path in FOLDER.iterdir() if path.suffix != ".json"}


@pytest.mark.parametrize("name", EXPECTED)
def test_own_words_quote_and_signature_are_told_apart(name: str) -> None:
    path: Path = FOLDER / name

    assert folded(path.read_bytes(), html=path.suffix == ".html", name=name) == EXPECTED[name]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_mail_with_that_body_has_the_same_words(name: str) -> None:
    kind = "text/html" if name.endswith(".html") else "text/plain"
    header = (
        f"From: jan@poczta.example\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    raw = header.encode() + (FOLDER / name).read_bytes()

    assert read_mail(raw).reply_text == EXPECTED[name]["reply_text"]
    assert folded(raw, html=False, name="mail.eml") == EXPECTED[name]
