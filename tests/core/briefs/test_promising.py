"""What was promised, until when, and what came of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from samehand.core.briefs.promising import promised
from tests.core.briefs.telling import MONDAY, WARSAW, case, told


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=WARSAW)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        pytest.param("Oddzwonimy jutro do 12.", at(24, 12), id="tomorrow by the hour"),
        pytest.param("Sprawdzę to i odpiszę dziś do 16:30.", at(23, 16, 30), id="today with minutes"),
        pytest.param("Odezwę się w piątek z wynikiem.", at(27, 23, 59), id="a day of the week"),
        pytest.param("W poniedziałek dam znać.", at(30, 23, 59), id="on a Monday the next one is meant"),
        pytest.param("Zwrócimy pieniądze w ciągu 24 godzin.", at(24, 11), id="within hours"),
        pytest.param("Karta będzie u Ciebie w ciągu dwóch dni roboczych.", at(25, 11), id="working days"),
        pytest.param("Zadzwonię pojutrze przed południem.", at(25, 12), id="before noon"),
        pytest.param("Oddzwonię o 9.", at(24, 9), id="an hour that is over is tomorrow's"),
        pytest.param("I'll call you back tomorrow by 3 pm.", at(24, 15), id="in English"),
        pytest.param("We will refund it within three days.", at(26, 11), id="within days, in English"),
        pytest.param("Dam znać, gdy będę wiedzieć więcej.", None, id="no moment named"),
        pytest.param("Doliczymy 20 zł do konta.", None, id="an amount is no hour"),
    ],
)
def test_what_was_promised_and_until_when(text: str, until: datetime | None) -> None:
    found = promised(case(("us", text)), MONDAY, WARSAW)

    assert [(one.what.text, one.until) for one in found] == [(text, until)]


@pytest.mark.parametrize(
    "text",
    [
        "Gdyby nie ruszyło, napiszę do sieci.",
        "Jeśli wolisz, wyślę nową kartę.",
        "Czy mam wysłać nową kartę, czy wolisz eSIM?",
        "Gdy nie odbierzesz, dostaniesz SMS.",
        "If it stays disconnected, I'll send a new card.",
        "Przesłałam Ci kod.",
        "Na stronie jest godzina, do której odpowiemy.",
    ],
)
def test_what_binds_nobody_is_no_promise(text: str) -> None:
    assert promised(case(("us", text)), MONDAY, WARSAW) == ()


@pytest.mark.parametrize(
    ("hours", "more", "fate"),
    [
        pytest.param(3, (), "due", id="its moment has not come"),
        pytest.param(30, (), "past", id="its moment is over and nobody wrote"),
        pytest.param(30, (("us", "Już wiem: stacja działa."),), "followed", id="one of us wrote since"),
        pytest.param(3, (("us", "Jeszcze sprawdzamy."),), "due", id="a word in between does not end it"),
    ],
)
def test_what_came_of_a_promise(hours: int, more: tuple[tuple[str, str], ...], fate: str) -> None:
    found = told(("us", "Odpiszę jutro do 12."), *more, now=MONDAY + timedelta(hours=hours))

    assert [one.fate for one in found.promised] == [fate]
