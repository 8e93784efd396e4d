"""For whom a part of an article is written: which phone, which tariff, which kind of SIM; and who reads it."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

ANDROID_BRANDS = ("samsung", "xiaomi", "huawei", "pixel", "motorola")
PLATFORMS = ("android", *ANDROID_BRANDS, "iphone", "blackberry", "feature-phone", "router", "windows-phone")
TARIFFS = ("prepaid", "subscription")
SIMS = ("esim",)
WORDS = (*PLATFORMS, *TARIFFS, *SIMS)

# Words of one family exclude each other; of a family that the reader said nothing of, nothing is known.
_FAMILIES = (frozenset(PLATFORMS), frozenset(TARIFFS), frozenset(SIMS))


class Name(NamedTuple):
    pl: str
    en: str


NAMES: dict[str, Name] = {
    "android": Name("Android", "Android"),
    "samsung": Name("Samsung", "Samsung"),
    "xiaomi": Name("Xiaomi, Redmi, POCO", "Xiaomi, Redmi, POCO"),
    "huawei": Name("Huawei", "Huawei"),
    "pixel": Name("Google Pixel", "Google Pixel"),
    "motorola": Name("Motorola", "Motorola"),
    "iphone": Name("iPhone", "iPhone"),
    "blackberry": Name("BlackBerry", "BlackBerry"),
    "feature-phone": Name("Telefon z klawiszami", "Phone with keys"),
    "router": Name("Router", "Router"),
    "windows-phone": Name("Windows Phone", "Windows Phone"),
    "prepaid": Name("Oferta na kartę", "Prepaid"),
    "subscription": Name("Abonament", "Subscription"),
    "esim": Name("eSIM", "eSIM"),
}


class Fit(Enum):
    """Does it concern this reader? MAYBE: she has not said enough."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"


@dataclass(frozen=True, slots=True)
class Scope:
    """`for a, b` concerns whoever has one of `words`; `not a, b` (`without`) everybody else."""

    words: tuple[str, ...]
    without: bool = False

    def fit(self, reader: Set[str]) -> Fit:
        """`reader`: what is known of her phone and tariff, as words of this module."""
        fits = {_fit(word, reader) for word in self.words}
        fit = Fit.YES if Fit.YES in fits else Fit.MAYBE if Fit.MAYBE in fits else Fit.NO
        return _OPPOSITE[fit] if self.without else fit


def label(scope: Scope, language: str) -> str:
    """For whom, in words above the part: "iPhone", "Samsung albo Motorola", "Wszyscy oprócz: iPhone"."""
    names = [_name(word, language) for word in scope.words]
    if scope.without:
        return f"{'All except' if language == 'en' else 'Wszyscy oprócz'}: {', '.join(names)}"
    last = " or " if language == "en" else " albo "
    return last.join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def known(words: Iterable[str]) -> frozenset[str]:
    """Those of the words that this module knows: what an address or a form says is not taken on trust."""
    return frozenset(words) & frozenset(WORDS)


def _name(word: str, language: str) -> str:
    return NAMES[word].en if language == "en" else NAMES[word].pl


_OPPOSITE = {Fit.YES: Fit.NO, Fit.NO: Fit.YES, Fit.MAYBE: Fit.MAYBE}


def _fit(word: str, reader: Set[str]) -> Fit:
    if word in reader or (word == "android" and not reader.isdisjoint(ANDROID_BRANDS)):
        return Fit.YES
    said = reader & next(family for family in _FAMILIES if word in family)
    # Who has an Android phone of no known brand may have this one.
    if not said or (word in ANDROID_BRANDS and said == {"android"}):
        return Fit.MAYBE
    return Fit.NO
