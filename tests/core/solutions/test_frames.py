"""What is done to what, and when it makes a draft the same advice."""

from __future__ import annotations

import pytest

from samehand.core.solutions import SAME, Advice, likeness
from samehand.core.solutions.frames import frames
from samehand.core.solutions.likeness import weights

NONE: frozenset[str] = frozenset()


def whole(word: str) -> str:
    return word


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        pytest.param("wylacz bluetooth", {("off", "bluetooth")}, id="an act and its object"),
        pytest.param("prosze wylaczyc bluetooth", {("off", "bluetooth")}, id="any form of the act"),
        pytest.param("turn the bluetooth off", {("off", "the"), ("off", "bluetooth")}, id="an act in two words"),
        pytest.param("turn around", set(), id="a turn that is no switch"),
        pytest.param("wylacz, potem bluetooth", set(), id="not over a comma"),
        pytest.param("usun wszystkie stare wpisy", {("remove", "wszystkie"), ("remove", "stare")}, id="two words far"),
        pytest.param("wylacz i wlacz volte", {("off", "volte"), ("on", "volte")}, id="two acts on one"),
        pytest.param("bluetooth", set(), id="nothing is done"),
    ],
)
def test_frames(plain: str, expected: set[tuple[str, str]]) -> None:
    assert frames(plain, whole, NONE) == expected


SOUND = Advice("Sprawdź dźwięk bez dodatków", "Wyłącz Bluetooth: słuchawki i zestaw.\nZadzwoń na głośnomówiącym.")
OTHERS = [Advice(f"Inna rada {number}", f"Wyłącz telefon i wpisz kod {number}.") for number in range(40)]


@pytest.mark.parametrize(
    ("draft", "same"),
    [
        pytest.param("Proszę wyłączyć Bluetooth i zadzwonić jeszcze raz.", True, id="a step of its own"),
        pytest.param("Please turn your Bluetooth off first.", True, id="in another language"),
        pytest.param("Proszę włączyć Bluetooth.", False, id="the other way round"),
        pytest.param("Skoro wyłączenie Bluetooth nie pomogło, wymienimy kartę.", False, id="only spoken of"),
        pytest.param("Proszę wyłączyć telefon.", False, id="what many advices do"),
    ],
)
def test_a_rare_thing_done_alike_is_the_same_advice(draft: str, same: bool) -> None:
    assert (likeness(draft, SOUND, weights([SOUND, *OTHERS])) >= SAME) is same
