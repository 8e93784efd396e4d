"""What was tried, and how it ended."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from samehand.core.briefs.trying import reaction_of
from tests.core.briefs.telling import told

STORIES = Path(__file__).parents[3] / "samehand" / "demo" / "stories"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Nie pomogło.", "failed"),
        ("nic to nie dalo", "failed"),
        ("Zrobiłam jak w mailu i dalej nic.", "failed"),
        ("Restart nie pomógł, ten sam błąd.", "failed"),
        ("Ósma rano i nic. Stara karta dalej działa.", "failed"),
        ("Wciąż bez zasięgu :(", "failed"),
        ("This did not help, same error.", "failed"),
        ("Still nothing.", "failed"),
        ("I never got it.", "failed"),
        ("Znowu nie ma zasięgu.", "failed"),
        ("Dziękuję, znowu działa!", "helped"),
        ("Nadal chcę zmienić ofertę.", "unclear"),
        ("Co mam dalej robić?", "unclear"),
        ("It is still available in your shop.", "unclear"),
        ("I will call until it's fixed.", "unclear"),
        ("I only asked HOW it works.", "unclear"),
        ("Rebooting didn’t help.", "failed"),
        ("Pomogło, dziękuję!", "helped"),
        ("Działa", "helped"),
        ("Najpierw nie działało. Teraz działa, dzięki!", "helped"),
        ("Zwrot jest na koncie.", "helped"),
        ("That did it, thanks.", "helped"),
        ("All good now.", "helped"),
        ("Przez chwilę było dobrze, a teraz znowu to samo.", "failed"),
        ("Jest trochę lepiej.", "partly"),
        ("Kod przyszedł, ale pisze, że jest zły.", "partly"),
        ("Sometimes works.", "partly"),
        ("Jeśli nie zadziała, napiszę.", "unclear"),
        ("Czy to działa też za granicą?", "unclear"),
        ("Czy mogę to samo ustawić u męża?", "unclear"),
        ("Dziękuję za odpowiedź.", "unclear"),
        ("Poczekam do piątku.", "unclear"),
    ],
)
def test_how_it_ended(text: str, outcome: str) -> None:
    assert reaction_of(text)[0] == outcome


def _phrases(kind: str) -> Iterator[str]:
    with (STORIES / "phrases.toml").open("rb") as file:
        yield from tomllib.load(file)["pl"][kind]


@pytest.mark.parametrize("text", list(_phrases("still")))
def test_the_house_s_own_phrases_of_failure_are_understood(text: str) -> None:
    assert reaction_of(text)[0] == "failed" or "nie mogę jej znaleźć" in text


@pytest.mark.parametrize("text", list(_phrases("thanks")))
def test_thanks_are_never_taken_for_a_failure(text: str) -> None:
    assert reaction_of(text)[0] in ("helped", "unclear")


class TestWhatWasTried:
    def test_each_try_with_its_end(self) -> None:
        found = told(
            ("customer", "Nie mam internetu."),
            ("us", "Sprawdziłam konto. Włączyłam pakiet. Zrestartuj proszę telefon."),
            ("customer", "Nie pomogło."),
            ("us", "Wejdź w ustawienia i dodaj APN „fala”."),
            ("customer", "Jest, działa! Dziękuję."),
        )

        assert [(one.what.text, one.outcome, one.reaction) for one in found.tried] == [
            ("Włączyłam pakiet. Zrestartuj proszę telefon.", "failed", "Nie pomogło."),
            ("Wejdź w ustawienia i dodaj APN „fala”.", "helped", "Jest, działa!"),
        ]
        assert found.tried[0].what.name == "Anna"

    def test_kind_words_after_it_helped_were_not_tried(self) -> None:
        found = told(
            ("customer", "Nie mam internetu."),
            ("us", "Włączyłam pakiet."),
            ("customer", "Działa!"),
            ("us", "Zamykam sprawę z czystym sumieniem."),
        )

        assert [one.what.text for one in found.tried] == ["Włączyłam pakiet."]

    def test_an_explanation_is_told_while_nothing_helped(self) -> None:
        found = told(("customer", "Ile kosztuje roaming?"), ("us", "W Unii rozmowy są bez dopłat, jak w Polsce."))

        assert [one.what.text for one in found.tried] == ["W Unii rozmowy są bez dopłat, jak w Polsce."]

    def test_nothing_came_after_it(self) -> None:
        found = told(("customer", "Nie mam internetu."), ("us", "Zresetowałam Twoją kartę w sieci."))

        assert found.tried[0].outcome == "silent"

    def test_a_note_between_is_no_reaction(self) -> None:
        found = told(("customer", "Brak sieci."), ("us", "Wymieniłam kartę."), ("note", "Nie pomogło, dzwoniła."))

        assert found.tried[0].outcome == "silent"
        assert [note.text for note in found.notes] == ["Nie pomogło, dzwoniła."]

    def test_what_hangs_on_a_condition_was_not_tried(self) -> None:
        found = told(
            ("customer", "Brak sieci."),
            ("us", "Wyłączyłam blokadę. Gdyby to nie pomogło, odpisz, a wyślę nową kartę."),
        )

        assert found.tried[0].what.text == "Wyłączyłam blokadę."
        assert found.promised == ()
