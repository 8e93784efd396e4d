"""What a message is about, as a table, and its reason."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samehand.core.topic_words import TOPICS
from samehand.core.topics import skill_for, title_of, topic_of

SHARED = Path(os.environ.get("SAMEHAND_SHARED", Path(__file__).parents[3] / "shared")) / "data" / "text"
QUERIES = SHARED / "retrieval_pl.json"


@pytest.mark.parametrize(
    ("subject", "text", "key", "words"),
    [
        pytest.param(
            "Faktura", "Proszę o duplikat.", "invoice-get", ("faktura", "duplikat"), id="by the subject first"
        ),
        pytest.param(
            "", "Ukradli mi telefon z kartą", "sim-lost-stolen", ("ukradli", "telefon", "karta"), id="by the text"
        ),
        pytest.param("PRZENIESIENIE NUMERU", "", "port-in", ("przeniesienie",), id="in capitals"),
        pytest.param("", "gdzie jest moj kod puk", "puk-needed", ("puk", "kod"), id="without Polish marks"),
        pytest.param(
            "", "I topped up, yet the balance is the same", "topup-missing", ("topped", "balance"), id="in English"
        ),
    ],
)
def test_what_it_is_about_and_why(subject: str, text: str, key: str, words: tuple[str, ...]) -> None:
    found = topic_of(subject, text)

    assert found is not None
    assert (found.key, found.words) == (key, words)


@pytest.mark.parametrize("text", ["Dzień dobry, mam pytanie.", "Hello", "", "ok", "…"])
def test_what_says_nothing_is_about_nothing(text: str) -> None:
    assert topic_of("", text) is None
    assert skill_for("", text) == "general"


def test_each_topic_has_folded_words_a_skill_and_two_names() -> None:
    for key, words in TOPICS.items():
        assert words.stems.isascii(), key
        assert words.skill in ("general", "technical", "billing", "porting")
        assert title_of(key, "pl") == words.pl != ""
        assert title_of(key, "en") == words.en != ""
    assert title_of("gone", "pl") == ""


@given(st.text(max_size=300), st.text(max_size=300))
def test_the_words_that_are_told_stand_in_the_message(subject: str, text: str) -> None:
    found = topic_of(subject, text)

    said = f"{subject} {text}".lower().translate(str.maketrans("ąćęłńóśźż", "acelnoszz"))
    assert found is None or all(word in said for word in found.words)


@pytest.mark.skipif(
    not QUERIES.is_file(), reason=f"the queries are not at {QUERIES}; SAMEHAND_SHARED names their folder"
)
def test_customers_queries_find_their_topic() -> None:
    queries = json.loads(QUERIES.read_text())["own_queries"]
    found = [topic_of("", query["query"]) for query in queries]

    right = sum(one is not None and one.key == query["topic"] for one, query in zip(found, queries, strict=True))

    assert right >= 80, f"{right} of {len(queries)}"
