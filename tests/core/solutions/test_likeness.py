"""A failed advice is found again in other words; what is only spoken of is not."""

from __future__ import annotations

import pytest

from samehand.core.solutions import SAME, Advice, likeness, offered
from tests.core.solutions.measure import measured

RESTART = Advice("Uruchom telefon ponownie", "Wyłącz telefon, poczekaj minutę i go włącz.")


@pytest.mark.parametrize("half", ["tuning", "held_out"])
def test_paraphrases_are_caught_and_others_are_left_alone(half: str) -> None:
    found = measured(half)

    assert found.recall >= 0.85
    assert found.precision >= 0.95


@pytest.mark.parametrize(("pairs", "least", "most"), [("other_hand", 19, 2), ("ordinary", 18, 1)])
def test_another_hand_s_pairs_are_found_as_the_ledger_says(pairs: str, least: int, most: int) -> None:
    found = measured(pairs)

    assert found.found >= least
    assert found.false_alarms <= most


@pytest.mark.parametrize(
    ("draft", "same"),
    [
        ("Dial ##004# and press call.", True),
        ("Wpisz ##002# i stuknij zieloną słuchawkę, to skasuje przekierowania na pocztę.", False),
    ],
)
def test_a_code_is_the_same_in_every_language_and_another_code_does_another_thing(draft: str, same: bool) -> None:
    advice = Advice("Skasuj przekierowania na pocztę", "Wpisz ##004# i stuknij zieloną słuchawkę.")

    assert (likeness(draft, advice) >= SAME) is same


def test_there_are_pairs_enough_to_judge_by() -> None:
    assert sum(m.found + m.missed + m.others for m in map(measured, ("tuning", "held_out"))) >= 140


@pytest.mark.parametrize(
    "draft", ["", "\n\n", "> Proszę zrestartować telefon.", "Dziękuję za restart telefonu.", "Dzień dobry!", "😀" * 500]
)
def test_nothing_is_offered_in(draft: str) -> None:
    assert likeness(draft, RESTART) < SAME


def test_a_draft_of_a_megabyte_is_compared_in_a_moment() -> None:
    assert likeness("wyłącz telefon " * 70_000, RESTART) < SAME


def test_advice_in_free_words_is_alike_by_its_words() -> None:
    advice = Advice("", "Proszę wypełnić wniosek o cesję i podpisać go u notariusza w obecności cedenta.")

    assert likeness("Proszę podpisać wniosek o cesję u notariusza, w obecności cedenta.", advice) >= SAME
    assert likeness("Proszę podpisać umowę i odesłać ją kurierem.", advice) < SAME


def test_what_no_solution_covers_is_the_rest() -> None:
    found = offered("Proszę zrestartować telefon. Proszę też włączyć VoLTE.", {7: (RESTART,)})

    assert set(found.solutions) == {7}
    assert found.rest == "Proszę też włączyć VoLTE."
