"""Which numbers are hidden in lists and logs, as tables, and the laws of hiding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samehand.core.masking import HIDDEN, mask, mask_for_logs, preview

HIDES = [
    pytest.param("Mój numer 601234567.", "Mój numer •••567.", id="a mobile number"),
    pytest.param("tel.601 234 567, rano", "tel.•••567, rano", id="a mobile number in groups, glued to its word"),
    pytest.param("+48 601-234-567", "•••567", id="a number with its country and dashes"),
    pytest.param("601\u2013234\u2013567", "•••567", id="dashes as word processors write them"),
    pytest.param("601\u2011234\u2011567", "•••567", id="hyphens that do not break"),
    pytest.param("601\u202f234\u2009567", "•••567", id="narrow spaces"),
    pytest.param("4111\u20101111\u20101111\u20101111", "•••111", id="a card with true hyphens"),
    pytest.param("lata 2024\u20132025, s. 112\u2013119", "lata 2024\u20132025, s. 112\u2013119", id="from and to"),
    pytest.param("0048601234567 i 48601234567", "•••567 i •••567", id="the country without a plus"),
    pytest.param("(22) 123 45 67", "(•••67", id="a landline number with its area in brackets"),
    pytest.param("+49 30 901820 z Berlina", "•••820 z Berlina", id="a foreign number with its plus"),
    pytest.param("+380 44 123 45 67", "•••67", id="a number of Kyiv"),
    pytest.param("PESEL: 44051401359", "PESEL: •••359", id="a PESEL"),
    pytest.param("02270803624 od 2002 roku", "•••624 od 2002 roku", id="a PESEL of this century"),
    pytest.param("karta 4111 1111 1111 1111", "karta •••111", id="a card in fours"),
    pytest.param("5555-5555-5555-4444", "•••444", id="a card with dashes"),
    pytest.param("378282246310005", "•••005", id="a card of fifteen digits"),
    pytest.param("61 1090 1014 0000 0712 1981 2874", "•••874", id="a Polish account"),
    pytest.param("na PL61 1090 1014 0000 0712 1981 2874 proszę", "na PL•••874 proszę", id="a Polish IBAN"),
    pytest.param("PL61109010140000071219812874", "PL•••874", id="a Polish IBAN in one piece"),
    pytest.param("DE89 3704 0044 0532 0130 00 BERLIN", "DE•••000 BERLIN", id="a German IBAN before a capital word"),
    pytest.param("GB29NWBK60161331926819", "GB•••819", id="a British IBAN with letters"),
    pytest.param("ICCID 8948010000051613456", "ICCID •••456", id="the number of a SIM card"),
    pytest.param("PUK: 12345678", "PUK: •••", id="a PUK, wholly"),
    pytest.param("kod pin to 4321", "kod pin to •••", id="a PIN, wholly"),
    pytest.param("dowód ABA300000 ważny", "dowód •••000 ważny", id="an identity card"),
    pytest.param("tel 601234567 lub 602345678", "tel •••567 lub •••678", id="two numbers"),
    pytest.param("601 234 567 602 345 678", "•••567 •••678", id="two numbers side by side"),
    pytest.param("• 601 234 567", "• •••567", id="a number in a list with bullets"),
]

LEAVES = [
    pytest.param("Faktura 2026/11/00123 z 2026-11-23 na 49,99 zł", id="an invoice, a date and a price"),
    pytest.param("o 14:32, 23.11.2026", id="a moment"),
    pytest.param("SH-7K3M9QX2", id="the reference of a case"),
    pytest.param("zamówienie 4111111111111112", id="sixteen digits that are no card"),
    pytest.param("44051401358", id="eleven digits that are no PESEL"),
    pytest.param("550e8400-e29b-41d4-a716-446655440000", id="a UUID"),
    pytest.param("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", id="a hash"),
    pytest.param("Przelew 1 200,50 zł, 12 rat", id="an amount in groups"),
    pytest.param("PIN nie działa od 3 dni", id="a PIN that is only spoken of"),
    pytest.param("dowód ABA400000", id="letters and digits that are no identity card"),
    pytest.param("", id="nothing"),
]


@pytest.mark.parametrize(("text", "shown"), HIDES)
def test_private_numbers_are_hidden(text: str, shown: str) -> None:
    assert mask(text) == shown


@pytest.mark.parametrize("text", LEAVES)
def test_what_is_not_private_stays(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("refused: <jan.zuk@wp.pl> unknown", "refused: <j***@wp.pl> unknown", id="an address"),
        pytest.param("zofia+x@poczta.example", "z***@poczta.example", id="an address with a tag"),
        pytest.param("550 601234567@sms.example", "550 6***@sms.example", id="a number as an address"),
        pytest.param("nobody here", "nobody here", id="no address"),
    ],
)
def test_logs_name_no_address_whole(text: str, shown: str) -> None:
    assert mask_for_logs(text) == shown


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["601234567", "44051401359", "4111 1111 1111 1111", "PUK 12345678", HIDDEN, "ABA300000", "+48"]
        ),
        st.text("0123456789 +-.()/•", max_size=30),
        st.text(max_size=10),
    ),
    max_size=8,
).map("".join)


@given(PIECES)
def test_masking_twice_is_masking_once(text: str) -> None:
    once = mask_for_logs(text)
    assert mask_for_logs(once) == once


@given(st.from_regex(r"(5[0137]|6[069]|7[2389]|88)[0-9]{7}", fullmatch=True), st.sampled_from(["", " ", "-", "."]))
def test_no_mobile_number_stays_whole(number: str, between: str) -> None:
    said = between.join((number[:3], number[3:6], number[6:]))

    assert mask(f"Proszę dzwonić: {said}") == f"Proszę dzwonić: {HIDDEN}{number[6:]}"


@pytest.mark.parametrize("letter", ["1", "1 ", "+1", "a", "A1", "@", "a@", "PUK ", "•", "AA00"])
def test_a_line_without_end_is_read_once(letter: str) -> None:
    assert len(mask(letter * 100_000)) <= len(letter) * 100_000
    assert len(mask_for_logs(letter * 1_000_000)) <= 50_000


def test_a_preview_is_short_masked_and_cuts_no_number_open() -> None:
    assert preview("Mój numer:\n601 234 567\n", 160) == "Mój numer: •••567"
    assert preview(f"{'a' * 230} 601 234 567", 700) == "a" * 230
