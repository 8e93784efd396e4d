"""What one of us promised: sentences about what we are going to do, the moment they name, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from samehand.core.briefs.moments import named, names_a_moment
from samehand.core.briefs.sentences import folded, sentences, shown
from samehand.core.briefs.values import Fate, Given, Quote, Said

_WILL = re.compile(
    r"\b(?:(?:od|za|prze|po)?dzwoni(?:e|my)|(?:od|na|do)pisz(?:e|emy)|odezw(?:e|iemy) sie|"
    r"wroc(?:e|imy)|da(?:m|my) (?:ci |panu |pani )?znac|(?:po)?informuj(?:e|emy)|"
    r"sprawdz(?:e|imy)|zajrz(?:e|ymy)|wysl(?:e|emy)|przesl(?:e|emy)|"
    r"przysl(?:e|emy)|zwroc(?:e|imy)|przelej(?:e|emy)|dolicz(?:e|ymy)|"
    r"wlacz(?:e|ymy)|wylacz(?:e|ymy)|zlec(?:e|imy)|zglosz(?:e|imy)|wymieni(?:e|my)|przygotuj(?:e|emy)|"
    r"dopilnuj(?:e|emy)|przypilnuj(?:e|emy)|zrobi(?:e|my)|naprawi(?:e|my)|skontaktuj(?:e|emy)|"
    r"anuluj(?:e|emy)|przedzwoni(?:e|my)|wyjasni(?:e|my)|ustal(?:e|imy)|odpowi(?:em|emy)|przekaz(?:e|emy)|"
    r"popros(?:ze|imy)|porusz(?:e|ymy)|zapyta(?:m|my)|przypomn(?:e|imy)|zgra(?:m|my)|dopisz(?:e|emy)|"
    r"potwierdz(?:e|imy)|puszcz(?:e|imy)|poprawi(?:e|my)|uzupelni(?:e|my)|przelicz(?:e|ymy)|zadba(?:m|my))\b"
    r"|\b(?:i|we)(?:'ll| will| shall| am going to|'m going to|'re going to)\b"
)
# What shall happen is promised when a moment is named with it: "the courier comes tomorrow", not "you get a text then".
_HAPPENS = re.compile(
    r"\b(?:przyjdzie|przyjedzie|przyjda|bedzie|beda|dotrze|dojdzie|zacznie|przestanie|wyjdzie|"
    r"wychodzi|wejdzie|jedzie|wroci|otrzymasz|dostaniesz|przelaczy sie|przeniesie sie|zniknie|"
    r"you(?:'ll| will)|will|comes|arrives|switches)\b"
)
_HABIT = re.compile(r"\b(?:gdy|kiedy|ktor\w{1,4}|kazd\w{1,4}|zawsze|when\w{0,4}|each|every|always|which)\b")
# "Gdyby to nie pomogło, odpisz, a wyślę nową kartę" binds nobody yet; neither does an offer that asks.
_ONLY_IF = re.compile(
    r"\b(?:gdyby\w{0,2}|jesli|jezeli|jakby|w razie|o ile|gdy tylko|if|in case|unless|once you|as soon as you)\b"
)
# "The page with the hour by which we answer" promises nothing.
_RELATIVE = re.compile(r"\bktor\w{1,4} (?:\w{1,10} )?$|\b(?:which|that|how) $")
_NOT = re.compile(r"\b(?:nie|never|not|won't) (?:\w{1,6} )?(?:dzwoni|pisze|wysle|zwroc|be able)")


def promised(said: Sequence[Said], now: datetime, zone: ZoneInfo) -> tuple[Given, ...]:
    """All promises of our answers, the oldest first."""
    found = []
    for at, one in enumerate(said):
        if one.who != "us":
            continue
        followed = any(later.who == "us" for later in said[at + 1 :])
        for sentence in _promises(one.text):
            until = named(folded(sentence), one.at, zone)
            found.append(Given(Quote(shown([sentence]), one.at, one.name), _fate(until, followed, now), until))
    return tuple(found)


def _promises(text: str) -> list[str]:
    return [one for one in sentences(text) if _binds(folded(one), one)]


def _binds(plain: str, sentence: str) -> bool:
    if _ONLY_IF.search(plain) or _NOT.search(plain) or sentence.endswith("?"):
        return False
    if _HAPPENS.search(plain) and not _HABIT.search(plain) and names_a_moment(plain):
        return True
    will = _WILL.search(plain)
    return bool(will and not _RELATIVE.search(plain[: will.start()]))


def _fate(until: datetime | None, followed: bool, now: datetime) -> Fate:
    if until is not None and until >= now:
        return "due"
    if followed:
        return "followed"
    return "open" if until is None else "past"
