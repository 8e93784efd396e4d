"""English verbs and their particles as one word."""

from __future__ import annotations

import pytest

from samehand.core.search.words import phrased, telling


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("turn on roaming", "turnon roaming", id="side by side"),
        pytest.param("turning the voicemail off", "turnoff the voicemail", id="the object between, another form"),
        pytest.param("turn my very old card back on", "turn my very old card back on", id="too far apart"),
        pytest.param("Top-ups by card", "topup by card", id="a hyphen, a plural"),
        pytest.param("how to top my phone up", "how to topup my phone", id="the object between"),
        pytest.param("topup", "topup", id="written together"),
        pytest.param("log into the app, logged on", "login the app login", id="into, on to"),
        pytest.param("sign a form in the shop", "sign a form in the shop", id="a verb that keeps its particle near"),
        pytest.param("ran out of data", "runout of data", id="an irregular form"),
        pytest.param("add-ons", "addon", id="a noun made of it"),
        pytest.param("turn top up on", "turnon topup", id="each particle belongs to one verb"),
        pytest.param("switch the router off and on", "switchoff the router and on", id="the first one counts"),
        pytest.param("turn", "turn", id="no particle"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_verb_and_its_particle_are_one_word(text: str, said: str) -> None:
    assert " ".join(word.folded for word in phrased(text, "en")) == said


def test_a_customer_reads_it_as_people_write() -> None:
    assert [word.written for word in phrased("Turned my roaming on", "en")] == ["turn on", "my", "roaming"]


def test_polish_has_no_such_verbs() -> None:
    assert [word.folded for word in telling("log in", "pl")] == ["log", "in"]
