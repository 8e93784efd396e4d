"""Sentences as mails have them; text that is empty, endless or hostile."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samehand.core.briefs.sentences import sentences, shown
from tests.core.briefs.telling import told


def test_nothing_said_is_an_empty_brief() -> None:
    assert told().is_empty
    assert not told(("customer", "Brak sieci.")).is_empty


def test_a_line_broken_by_a_mail_program_is_one_sentence() -> None:
    text = "Od wczorajszego popołudnia nie mam w domu zasięgu i bardzo\nproszę o sprawdzenie stacji."

    assert sentences(text) == [text.replace("\n", " ")]


def test_what_is_shown_is_cut_between_words() -> None:
    assert shown(["ala ma kota"], 8) == "ala ma …"
    assert shown(["abcdefgh"], 4) == "abcd …"


class TestHostileText:
    @pytest.mark.parametrize(
        "text",
        [
            "nie " * 50_000,
            "i dalej " * 30_000,
            "a" * 200_000,
            "!?" * 100_000,
            "prosze " + "ab " * 60_000,
            "\n".join(["jutro do 12"] * 20_000),
            "do 1" * 50_000,
            "<script>alert(1)</script>" * 1000,
        ],
        ids=lambda text: text[:12].strip(),
    )
    def test_long_and_repeated_it_is_read_in_little_time(self, text: str) -> None:
        found = told(*[("customer", text), ("us", text)] * 20)

        assert all(len(quote.text) < 400 for quote in found.wants)

    @given(st.lists(st.tuples(st.sampled_from(["customer", "us", "note"]), st.text(max_size=300)), max_size=6))
    def test_any_text_makes_a_brief(self, said: list[tuple[str, str]]) -> None:
        found = told(*said)

        assert len(found.tried) <= sum(who == "us" for who, _text in said)
        assert found.reminders <= sum(who == "customer" for who, _text in said)
