"""Which menus a device shows, and which words of an article are meant for it."""

from __future__ import annotations

import pytest

from samehand.core.device_words import asked, words_of, words_of_code
from samehand.core.families import family_of, skin_of


@pytest.mark.parametrize(
    ("brand", "name", "skin", "family"),
    [
        pytest.param("Samsung", "Galaxy S21 5G", "samsung", "samsung", id="Samsung"),
        pytest.param("POCO", "POCO F3", "xiaomi", "xiaomi", id="a brand of Xiaomi's"),
        pytest.param("Redmi", "Redmi Note 10", "xiaomi", "xiaomi", id="another"),
        pytest.param("Huawei", "Honor 9", "honor", "huawei", id="Honor when it was Huawei's"),
        pytest.param("Honor", "HONOR 90", "honor", "huawei", id="Honor"),
        pytest.param("Google", "Pixel 7", "pixel", "pixel", id="Pixel"),
        pytest.param(" motorola ", "moto g52", "motorola", "motorola", id="in small letters"),
        pytest.param("OnePlus", "OnePlus 12", "oppo", "android", id="a skin without a family of its own"),
        pytest.param("Sony", "Xperia 1", "android", "android", id="any other brand"),
        pytest.param("Apple", "iPhone 13", "iphone", "iphone", id="iPhone"),
        pytest.param("Apple", "iPad Air", "ipad", "iphone", id="iPad"),
        pytest.param("Apple", "Watch Ultra", "watch", "iphone", id="Apple Watch"),
        pytest.param("", "", "android", "android", id="nothing known"),
    ],
)
def test_whose_menus_it_shows(brand: str, name: str, skin: str, family: str) -> None:
    assert (skin_of(brand, name), family_of(brand, name)) == (skin, family)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param("Galaxy S21+ 5G", ["galaxy", "s21", "plus", "5g"], id="a plus is a word"),
        pytest.param("moto g(8) plus", ["moto", "g8", "plus"], id="brackets of a number go"),
        pytest.param("HTC One (M8)", ["htc", "one", "m8"], id="other brackets too"),
        pytest.param("Łódź łódź", ["lodz"], id="folded, and each once"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_the_words_of_a_name(name: str, words: list[str]) -> None:
    assert words_of(name) == words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        pytest.param("SM-G991B", ["smg991b", "g991b"], id="whole, and its tail"),
        pytest.param("2201117TG", ["2201117tg"], id="one piece"),
        pytest.param("o1s", ["o1s"], id="short"),
        pytest.param("Redmi Note 8", [], id="a name once more"),
        pytest.param("S21_Ultra_EEA", [], id="the name of a build"),
        pytest.param("X1", [], id="too short to tell anything"),
    ],
)
def test_the_words_of_a_number(code: str, words: list[str]) -> None:
    assert words_of_code(code) == words


@pytest.mark.parametrize(
    ("typed", "looked_up"),
    [
        pytest.param("mam telefon samsung s 21", {"samsung", "s", "21", "s21", "samsungs"}, id="joined"),
        pytest.param("iphone13", {"iphone13", "iphone", "13"}, id="letters and digits apart"),
        pytest.param("s21fe", {"s21fe", "s21", "fe"}, id="a letter stays with its number"),
        pytest.param("note10s", {"note10s", "note", "10s"}, id="a number keeps its letter"),
        pytest.param("telefon", {"telefon"}, id="only words around it: better than none"),
        pytest.param("ajfon", {"ajfon", "iphone"}, id="as it sounds"),
        pytest.param("a13 5g", {"a13", "5g"}, id="5G joins nothing"),
        pytest.param("", set(), id="nothing"),
    ],
)
def test_what_is_looked_up(typed: str, looked_up: set[str]) -> None:
    assert {word.word for word in asked(typed, {"ajfon": ("iphone",)})} == looked_up


def test_long_texts_are_cut() -> None:
    assert len(asked("słowo " * 10_000, {})) < 40
