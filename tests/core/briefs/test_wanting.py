"""What the customer wants."""

from __future__ import annotations

import pytest

from tests.core.briefs.telling import told


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(
            "Dzień dobry,\n\nproszę o duplikat faktury za październik.\n\nPozdrawiam\nZofia",
            "proszę o duplikat faktury za październik.",
            id="a request without greeting and farewell",
        ),
        pytest.param("internet nie dziala od rana\nco robic", "internet nie dziala od rana co robic", id="no marks"),
        pytest.param(
            "Byłam w zeszłym tygodniu u siostry. Ładnie tam. Od powrotu nie mogę dzwonić. Czy to karta?",
            "Od powrotu nie mogę dzwonić. Czy to karta?",
            id="the problem and the question, not the story",
        ),
        pytest.param(
            "Wniosek złożyłam w środę. Na jakim to etapie?",
            "Wniosek złożyłam w środę. Na jakim to etapie?",
            id="a short question with what stands before it",
        ),
        pytest.param(
            "Z karty zeszło mi dwa razy 45 zł. Na koncie jest tylko jedno. Proszę o zwrot.",
            "Z karty zeszło mi dwa razy 45 zł. Proszę o zwrot.",
            id="a request alone with what the mail begins with",
        ),
        pytest.param("Lost my phone. How long does it take?", "Lost my phone. How long does it take?", id="how long"),
        pytest.param(
            "Hello,\nmy data stopped working. Could you reset it? Thanks in advance.\nBest regards\nJohn",
            "my data stopped working. Could you reset it?",
            id="in English",
        ),
        pytest.param(
            "Mieszkam przy ul. Polnej 3 m. 4 i nie mam zasięgu.",
            "Mieszkam przy ul. Polnej 3 m. 4 i nie mam zasięgu.",
            id="abbreviations end nothing",
        ),
        pytest.param("Zielono tu dzisiaj.", "Zielono tu dzisiaj.", id="no wish that we know: the first words"),
    ],
)
def test_what_is_wanted(text: str, wanted: str) -> None:
    assert [quote.text for quote in told(("customer", text)).wants] == [wanted]


def test_a_later_wish_stands_beside_the_first_but_a_reaction_is_none() -> None:
    found = told(
        ("customer", "Nie mam internetu."),
        ("us", "Włączyłam pakiet."),
        ("customer", "Dalej nie działa."),
        ("us", "Zrestartuj telefon."),
        ("customer", "Działa, dziękuję. Czy mogę też prosić o fakturę za listopad?"),
    )

    assert [quote.text for quote in found.wants] == [
        "Nie mam internetu.",
        "Czy mogę też prosić o fakturę za listopad?",
    ]


@pytest.mark.parametrize("text", ["Ile można?", "Co to ma być?!", "Hello???", "Jak tak ma być, to przenoszę numer."])
def test_a_sigh_is_no_wish(text: str) -> None:
    found = told(("customer", "Nie mam internetu."), ("us", "Włączyłam pakiet."), ("customer", text))

    assert [quote.text for quote in found.wants] == ["Nie mam internetu."]
