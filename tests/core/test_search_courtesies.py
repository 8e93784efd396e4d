"""What letters say beside their matter."""

from __future__ import annotations

import pytest

from samehand.core.search.courtesies import without
from samehand.core.search.words import words


@pytest.mark.parametrize(
    ("letter", "left"),
    [
        pytest.param("Dzień dobry, nie działa internet. Pozdrawiam", "nie działa internet", id="greeting and end"),
        pytest.param("Witam serdecznie! Zgubiłem kartę. Z poważaniem, Jan", "zgubiłem kartę jan", id="a name stays"),
        pytest.param("Proszę o pilny kontakt!", "proszę o pilny kontakt", id="nothing but courtesies"),
        pytest.param("Brak zasięgu, mój numer to 600 100 200", "brak zasięgu", id="her number"),
        pytest.param("Proszę o duplikat karty", "proszę o duplikat karty", id="a wish for something stays"),
        pytest.param("Jestem Państwa klientem od trzech lat i mam problem: MMS", "i mms", id="who writes"),
        pytest.param("Nie wiem, co mam robić, telefon skradziony", "telefon skradziony", id="at a loss"),
        pytest.param("Chcę zmienić numer telefonu", "chcę zmienić numer telefonu", id="a number that is the matter"),
        pytest.param("Hi there, no signal. Many thanks, Ann", "no signal ann", id="English"),
        pytest.param("Please get back to me as soon as possible: SIM lost", "sim lost", id="in a hurry"),
        pytest.param("Thanks in advance! Kind regards", "thanks in advance kind regards", id="thanks alone"),
        pytest.param("ﷺ dzień dobry, brak zasięgu", "brak zasiegu", id="signs that fold to several"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_letter_is_read_for_its_matter(letter: str, left: str) -> None:
    assert " ".join(word.written for word in words(without(letter))).removeprefix("صلى الله عليه وسلم ") == left


@pytest.mark.parametrize(
    "letter", ["jestem klientem " * 4_000, "prosze o " * 9_000, "numer: - " * 9_000, "od a " * 9_000]
)
def test_a_long_letter_is_read_at_once(letter: str) -> None:
    without(letter)
