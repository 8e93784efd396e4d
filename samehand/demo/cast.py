"""Who writes to Fala Mobile: made-up subscribers, each with an address and a manner of his own."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from samehand.demo.storybook import names, phrases
from samehand.demo.wording import without_accents

ENGLISH_SHARE = 0.12
AMOUNTS = ("25", "29", "30", "35", "45", "50", "59")


@dataclass(frozen=True, slots=True)
class Subscriber:
    """`signs` ends each of his mails; `plain` writes without Polish letters, `html` sends formatted mail, `old` uses
    a mail program from before Unicode."""

    first_name: str
    last_name: str
    called: str
    she: bool
    language: str
    address: str
    shown_name: str
    number: str
    device: str
    city: tuple[str, str, str]
    signs: str
    plain: bool = False
    html: bool = False
    old: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


def subscribers(dice: Random, taken: Collection[str] = ()) -> Iterator[Subscriber]:
    """New people without end, none with an address that is `taken`."""
    used = set(taken)
    while True:
        person = _subscriber(dice)
        if person.address not in used:
            used.add(person.address)
            yield person


def _subscriber(dice: Random) -> Subscriber:
    english = dice.random() < ENGLISH_SHARE
    first, last, called, she = _english_name(dice) if english else _polish_name(dice)
    shown = "" if dice.random() < 0.08 else f"{first} {last}"
    manner = dice.random()
    plain = not english and manner < 0.09
    number = f"49{dice.randint(2, 8)} {dice.randint(100, 999)} {dice.randint(100, 999)}"
    signed = signature(dice, "en" if english else "pl", first, last, number)
    return Subscriber(
        first_name=first,
        last_name=last,
        called=called,
        she=she,
        language="en" if english else "pl",
        address=_address(dice, first, last),
        shown_name=without_accents(shown) if plain else shown,
        number=number,
        device=dice.choice(names()["phones"]),
        city=_three(dice.choice(names()["cities"])),
        signs=without_accents(signed) if plain else signed,
        plain=plain,
        html=0.09 <= manner < 0.32,
        old=0.32 <= manner < 0.4,
    )


def _polish_name(dice: Random) -> tuple[str, str, str, bool]:
    she = dice.random() < 0.54
    first, called = dice.choice(names()["women" if she else "men"])
    return first, dice.choice(names()["surnames_women" if she else "surnames_men"]), called, she


def _english_name(dice: Random) -> tuple[str, str, str, bool]:
    first, last, she = dice.choice(names()["english"])
    return first, last, first, she


def _address(dice: Random, first: str, last: str) -> str:
    given, family = (without_accents(word).lower().encode("ascii", "ignore").decode() for word in (first, last))
    family = "".join(letter for letter in family if letter.isalpha())
    form = dice.choice(("{0}.{1}", "{0}.{1}", "{0}{1}{2}", "{1}.{0}", "{3}.{1}{2}", "{1}{2}", "{0}_{1}", "{0}.{1}{2}"))
    local = form.format(given, family, dice.randint(3, 99), given[0])
    return f"{local}@{dice.choice(names()['domains'])}"


def signature(dice: Random, language: str, first: str, last: str, number: str) -> str:
    """How somebody of that name ends his mails; some not at all."""
    if language == "en":
        return dice.choice((f"Thanks,\n{first}", f"Best regards\n{first} {last}", first, phrases("en")["phone"][0]))
    return dice.choice(
        (
            f"Pozdrawiam\n{first} {last}",
            f"Pozdrawiam\n{first}",
            f"{first} {last}",
            f"pozdr. {first}",
            f"Z pozdrowieniami\n{first} {last}\ntel. {number}",
            "",
            dice.choice(phrases("pl")["phone"]),
        )
    )


def facts(dice: Random, person: Subscriber, asked_at: datetime) -> dict[str, str]:
    """What this case is about in particular; `asked_at` is in the reader's zone."""
    day = asked_at - timedelta(days=dice.randint(2, 5))
    country, of_country = dice.choice(names()["countries"])
    months: list[str] = names()["months" if person.language == "pl" else "months_english"]
    city, in_city, to_city = person.city
    return {
        "numer": person.number,
        "telefon": person.device,
        "nazwisko": person.last_name,
        "miasto": city,
        "miasto_w": in_city,
        "miasto_d": to_city,
        "kwota": dice.choice(AMOUNTS),
        "data": f"{day.day} {months[day.month - 1]}",
        "dzien": names()["weekdays"][day.weekday()],
        "kraju": of_country,
        "kraju_w": of_country,
        "Kraj": country,
        "operator": dice.choice(names()["operators"]),
    }


def _three(row: list[Any]) -> tuple[str, str, str]:
    first, second, third = row
    return first, second, third
