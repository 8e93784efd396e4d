"""The stories: readable, complete, in the right form for whoever writes and reads."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from random import Random

import pytest

from samehand.demo import storybook
from samehand.demo.cast import facts, subscribers
from samehand.demo.storybook import Story, stories
from samehand.demo.wording import UnknownFact, fill

PLACEHOLDER = re.compile(r"lorem|ipsum|todo|fixme|xxx|placeholder|tbd|\bfoo\b|\bbar\b", re.IGNORECASE)
POLISH = set("ąćęłńóśźż")


def texts(story: Story) -> list[str]:
    rounds = [text for part in story.rounds for text in (*part.ask, *part.answer)]
    return [*story.subjects, *rounds, *story.notes]


def test_there_are_enough_stories_and_each_has_its_own_name() -> None:
    keys = [story.key for story in stories()]

    assert len(keys) >= 45
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("story", stories(), ids=lambda story: story.key)
@pytest.mark.parametrize("she", [True, False], ids=["by a woman", "by a man"])
def test_every_text_can_be_filled_in(story: Story, she: bool) -> None:
    dice = Random(1)
    person = next(one for one in subscribers(dice) if one.language == story.language)
    about = facts(dice, person, datetime(2026, 5, 4, 12, tzinfo=UTC))

    for text in texts(story):
        filled = fill(text, about, writer_is_she=she, reader_is_she=not she)
        assert filled
        assert not set("{}|") & set(filled)


@pytest.mark.parametrize("story", stories(), ids=lambda story: story.key)
def test_no_text_is_a_placeholder(story: Story) -> None:
    assert not [text for text in texts(story) if PLACEHOLDER.search(text)]


@pytest.mark.parametrize("story", storybook.of_language("pl"), ids=lambda story: story.key)
def test_polish_stories_have_polish_letters(story: Story) -> None:
    assert POLISH & set("".join(texts(story)).lower())


def test_the_form_follows_writer_and_reader() -> None:
    text = "Sprawdził{am|em}, że dzwonił{^aś|eś} z {numer}."

    assert fill(text, {"numer": "1"}, writer_is_she=True, reader_is_she=False) == "Sprawdziłam, że dzwoniłeś z 1."
    assert fill(text, {"numer": "1"}, writer_is_she=False, reader_is_she=True) == "Sprawdziłem, że dzwoniłaś z 1."
    with pytest.raises(UnknownFact):
        fill(text, {}, writer_is_she=True, reader_is_she=True)


def test_everybody_has_an_address_that_cannot_exist() -> None:
    crowd = subscribers(Random(3))
    people = [next(crowd) for _ in range(400)]

    assert len({one.address for one in people}) == 400
    assert all(one.address.endswith((".example", ".test")) and one.address.isascii() for one in people)
    assert 0.06 < sum(one.language == "en" for one in people) / 400 < 0.2
    assert all(row["email"].endswith("@fala.example") for row in storybook.team())
