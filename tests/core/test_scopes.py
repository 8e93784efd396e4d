"""Who is shown which part: as a table."""

from __future__ import annotations

import pytest

from samehand.core.scopes import NAMES, WORDS, Fit, Scope, known, label

YES, NO, MAYBE = Fit.YES, Fit.NO, Fit.MAYBE


@pytest.mark.parametrize(
    ("words", "reader", "fit"),
    [
        pytest.param("iphone", "iphone", YES, id="her phone"),
        pytest.param("iphone", "samsung", NO, id="another phone"),
        pytest.param("iphone", "", MAYBE, id="nothing known"),
        pytest.param("iphone", "prepaid", MAYBE, id="her tariff says nothing of her phone"),
        pytest.param("android", "samsung", YES, id="a brand is an Android"),
        pytest.param("samsung", "android", MAYBE, id="an Android may be of any brand"),
        pytest.param("iphone", "android", NO, id="an Android is no iPhone"),
        pytest.param("samsung", "xiaomi", NO, id="another brand"),
        pytest.param("samsung", "samsung android", YES, id="both said"),
        pytest.param("iphone android", "pixel", YES, id="one of two"),
        pytest.param("iphone blackberry", "router", NO, id="none of two"),
        pytest.param("iphone prepaid", "samsung", MAYBE, id="one of two is not known"),
        pytest.param("prepaid", "subscription", NO, id="another tariff"),
        pytest.param("esim", "iphone prepaid", MAYBE, id="the kind of SIM is not known"),
        pytest.param("esim", "esim", YES, id="an eSIM"),
    ],
)
def test_a_part_and_its_reader(words: str, reader: str, fit: Fit) -> None:
    opposite = {YES: NO, NO: YES, MAYBE: MAYBE}[fit]

    assert Scope(tuple(words.split())).fit(frozenset(reader.split())) is fit
    assert Scope(tuple(words.split()), without=True).fit(frozenset(reader.split())) is opposite


@pytest.mark.parametrize(
    ("scope", "pl", "en"),
    [
        (Scope(("iphone",)), "iPhone", "iPhone"),
        (Scope(("samsung", "motorola")), "Samsung albo Motorola", "Samsung or Motorola"),
        (
            Scope(("feature-phone", "router", "blackberry")),
            "Telefon z klawiszami, Router albo BlackBerry",
            "Phone with keys, Router or BlackBerry",
        ),
        (Scope(("iphone", "router"), without=True), "Wszyscy oprócz: iPhone, Router", "All except: iPhone, Router"),
    ],
)
def test_for_whom_a_part_is_in_words(scope: Scope, pl: str, en: str) -> None:
    assert (label(scope, "pl"), label(scope, "en")) == (pl, en)


def test_every_word_has_a_name() -> None:
    assert set(NAMES) == set(WORDS)


def test_what_an_address_says_is_not_taken_on_trust() -> None:
    assert known(["iphone", "<script>", "prepaid"]) == {"iphone", "prepaid"}
