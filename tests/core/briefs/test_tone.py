"""How the customer speaks, and how often we were reminded."""

from __future__ import annotations

import pytest

from tests.core.briefs.telling import told


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Czy mogę zmienić numer?", ["calm"]),
        ("Dziękuję, bardzo miła obsługa!", ["thankful"]),
        ("To jest skandal, ile można czekać!", ["upset"]),
        ("TO SĄ KPINY, NIE DZIAŁA", ["upset"]),
        ("Nie działa mi VOLTE ani ESIM na IPHONE.", ["calm"]),
        ("Nie dochodzą kody z banku!!", ["upset"]),
        ("Dziękuję!!", ["thankful"]),
        ("Ale macie ładne karty!!", ["calm"]),
        ("Please change your hold music.", ["calm"]),
        ("Jak tak dalej będzie, przenoszę numer.", ["leaving"]),
        ("Chcę przenieść numer do Was z Orange.", ["calm"]),
        ("Przenoszę się do Was, co mam zrobić?", ["calm"]),
        ("Składam reklamację i piszę do UKE.", ["authority", "complaint"]),
        ("Proszę pilnie o kontakt.", ["urgent"]),
        ("This is ridiculous, I am switching to another provider.", ["leaving", "upset"]),
        ("I will talk to my lawyer.", ["authority"]),
        ("Thanks, but that is not what I asked.", ["calm"]),
    ],
)
def test_the_tone(text: str, keys: list[str]) -> None:
    assert [key for key, _why in told(("customer", text)).tone] == keys


def test_anger_passes_but_a_threat_stays() -> None:
    found = told(
        ("customer", "Masakra. Jak tak ma być, to się przenoszę."),
        ("us", "Naprawiłam."),
        ("customer", "Działa, dziękuję."),
    )

    assert found.tone == (("leaving", "Jak tak ma być, to się przenoszę."), ("thankful", "Działa, dziękuję."))


@pytest.mark.parametrize(
    ("said", "count"),
    [
        pytest.param([("customer", "Brak sieci."), ("customer", "Halo, czy ktoś to czyta?")], 1, id="asked again"),
        pytest.param([("customer", "Brak sieci."), ("customer", "Brak sieci.")], 1, id="the same mail again"),
        pytest.param([("customer", "Brak sieci."), ("customer", "Dodam, że mam Samsunga.")], 0, id="only more to say"),
        pytest.param(
            [("customer", "Brak sieci."), ("us", "Sprawdzam."), ("customer", "Ponawiam prośbę.")],
            0,
            id="answered before",
        ),
        pytest.param(
            [("customer", "No signal."), ("customer", "Any update?"), ("customer", "Still waiting.")], 2, id="twice"
        ),
    ],
)
def test_how_often_we_were_reminded(said: list[tuple[str, str]], count: int) -> None:
    assert told(*said).reminders == count
