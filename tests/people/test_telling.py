"""How notices are said, as a table; 2026-11-26 is a Thursday."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from samehand.people.models import Notice, NoticeKind
from samehand.people.telling import tell

WARSAW = ZoneInfo("Europe/Warsaw")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WARSAW)


NOW = at("2026-11-26T12:10")


def notice(starts: str, ends: str, *, title: str = "Awaria", **more: object) -> Notice:
    moments = {"starts_at": at(starts), "ends_at": at(ends)}
    return Notice(kind=NoticeKind.OUTAGE, titles={"pl": title, "en": "Outage"}, **moments, **more)


TOLD = [
    ("2026-11-26T10:00", "2026-11-26T18:00", True, "Awaria do ok. 18:00", "Outage until about 18:00"),
    ("2026-11-26T10:00", "2026-11-26T18:05", False, "Awaria do 18:05", "Outage until 18:05"),
    ("2026-11-26T10:00", "2026-11-27T00:00", False, "Awaria do północy", "Outage until midnight"),
    ("2026-11-26T10:00", "2026-11-27T00:00", True, "Awaria do ok. północy", "Outage until about midnight"),
    ("2026-11-26T10:00", "2026-11-28T00:00", False, "Awaria do jutra do północy", "Outage until midnight tomorrow"),
    ("2026-11-26T10:00", "2026-11-27T00:30", True, "Awaria do jutra, ok. 0:30", "Outage until about 0:30 tomorrow"),
    ("2026-11-26T10:00", "2026-11-27T08:00", False, "Awaria do jutra do 8:00", "Outage until 8:00 tomorrow"),
    (
        "2026-11-26T10:00",
        "2026-11-28T08:00",
        True,
        "Awaria do soboty 28 listopada, ok. 8:00",
        "Outage until Saturday 28 November, about 8:00",
    ),
    ("2026-11-26T00:00", "2026-11-27T00:00", False, "Awaria dziś", "Outage today"),
    ("2026-11-25T00:00", "2026-11-28T00:00", False, "Awaria do jutra włącznie", "Outage until the end of tomorrow"),
    (
        "2026-11-25T00:00",
        "2026-11-30T00:00",
        False,
        "Awaria do niedzieli 29 listopada włącznie",
        "Outage until the end of Sunday 29 November",
    ),
    ("2026-11-27T00:00", "2026-11-28T00:00", False, "Awaria jutro", "Outage tomorrow"),
    ("2026-11-28T00:00", "2026-11-29T00:00", False, "Awaria w sobotę", "Outage on Saturday"),
    (
        "2026-12-08T00:00",
        "2026-12-09T00:00",
        False,
        "Awaria we wtorek 8 grudnia",
        "Outage on Tuesday 8 December",
    ),
    ("2026-11-28T00:00", "2026-11-30T00:00", False, "Awaria od soboty do niedzieli", "Outage from Saturday to Sunday"),
    (
        "2026-12-05T00:00",
        "2026-12-07T00:00",
        False,
        "Awaria od soboty 5 grudnia do niedzieli 6 grudnia",
        "Outage from Saturday 5 December to Sunday 6 December",
    ),
    (
        "2026-11-26T14:00",
        "2026-11-26T16:00",
        False,
        "Awaria dziś od 14:00 do 16:00",
        "Outage today from 14:00 to 16:00",
    ),
    (
        "2026-11-28T22:00",
        "2026-11-29T00:00",
        False,
        "Awaria w sobotę od 22:00 do 24:00",
        "Outage on Saturday from 22:00 to 24:00",
    ),
    (
        "2026-11-28T22:00",
        "2026-11-29T06:00",
        False,
        "Awaria od soboty 28 listopada, godz. 22:00, do niedzieli 29 listopada, godz. 6:00",
        "Outage from Saturday 28 November, 22:00, to Sunday 29 November, 6:00",
    ),
]


@pytest.mark.parametrize(("starts", "ends", "about", "polish", "english"), TOLD)
def test_a_notice_is_said_as_people_say_it(starts: str, ends: str, about: bool, polish: str, english: str) -> None:
    one = notice(starts, ends, about=about)

    with override("pl"):
        assert tell(one, NOW, WARSAW).title == polish
    with override("en"):
        assert tell(one, NOW, WARSAW).title == english


def test_a_title_that_says_the_time_itself_is_left_alone() -> None:
    with override("pl"):
        one = notice("2026-11-26T10:00", "2026-11-26T18:00", title="Awaria do 18:00 we Wrocławiu.")

        assert tell(one, NOW, WARSAW).title == "Awaria do 18:00 we Wrocławiu"


def test_news_do_not_say_how_long_they_stand_there() -> None:
    one = notice("2026-11-26T10:00", "2026-11-26T18:00", title="Nowe ceny od stycznia")
    one.kind = NoticeKind.NEWS

    with override("pl"):
        assert tell(one, NOW, WARSAW).title == "Nowe ceny od stycznia"


def test_without_english_words_the_polish_ones_are_shown() -> None:
    one = notice("2026-11-26T10:00", "2026-11-26T18:00")
    one.titles = {"pl": "Awaria"}

    with override("en"):
        assert tell(one, NOW, WARSAW).title == "Awaria until 18:00"


EFFECTS = [
    ("2026-11-26T10:00", {}, ""),
    ("2026-11-26T10:00", {"closes": True}, "W tym czasie nie odpowiadamy."),
    ("2026-11-26T10:00", {"promise_minutes": 150}, "Teraz odpowiadamy w ciągu 2 h 30 min."),
    ("2026-11-26T14:00", {"promise_minutes": 120}, "Wtedy odpowiadamy w ciągu 2 h."),
]


@pytest.mark.parametrize(("starts", "said", "effect"), EFFECTS)
def test_it_says_what_it_means_for_answers(starts: str, said: dict[str, object], effect: str) -> None:
    with override("pl"):
        assert tell(notice(starts, "2026-11-26T18:00", **said), NOW, WARSAW).effect.startswith(effect)
