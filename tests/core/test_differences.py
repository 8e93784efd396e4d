"""What differs between two versions: as a table, and as laws that hold for any two texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from samehand.core.differences import Line, differences

texts = st.lists(
    st.sampled_from(["", "a", "b c", "b d", "Wyślij SMS", "Wyślij SMS teraz.", "€ \t x"]), max_size=12
).map("\n".join)


def shown(lines: list[Line]) -> list[str]:
    marks = {"same": "", "gone": "-", "new": "+"}
    return [line.what + " " + "|".join(marks[part.what] + part.text for part in line.parts) for line in lines]


def test_a_changed_word_is_shown_within_its_line() -> None:
    lines = differences("Zadzwoń pod 123.\nGotowe.", "Zadzwoń pod 456.\nGotowe.")

    assert shown(lines) == ["changed Zadzwoń pod |-123|+456|.", "same Gotowe."]
    assert [(line.old, line.new) for line in lines] == [(1, 1), (2, 2)]


def test_lines_without_a_common_word_are_taken_out_and_put_in() -> None:
    assert shown(differences("Zadzwoń do nas.", "Oddamy pieniądze jutro rano")) == [
        "gone -Zadzwoń do nas.",
        "new +Oddamy pieniądze jutro rano",
    ]


def test_lines_put_in_and_taken_out_keep_their_numbers() -> None:
    lines = differences("a\nb\nc", "a\nx y\nb")

    assert shown(lines) == ["same a", "new +x y", "same b", "gone -c"]
    assert [(line.old, line.new) for line in lines] == [(1, 1), (None, 2), (2, 3), (3, None)]


def test_the_same_text_has_no_differences() -> None:
    assert {line.what for line in differences("a\n\nb", "a\n\nb")} == {"same"}


@given(texts, texts)
def test_both_texts_can_be_read_from_what_is_shown(old: str, new: str) -> None:
    lines = differences(old, new)

    for text, number, other in ((old, "old", "new"), (new, "new", "gone")):
        mine = [line for line in lines if getattr(line, number)]
        skip = "new" if number == "old" else "gone"
        assert [getattr(line, number) for line in mine] == list(range(1, text.count("\n") + 2)), other
        assert "\n".join("".join(p.text for p in line.parts if p.what != skip) for line in mine) == text


def test_two_long_texts_without_a_common_line_are_compared_without_end_of_work() -> None:
    old, new = "\n".join(f"a{n}" for n in range(30_000)), "\n".join(f"b{n}" for n in range(30_000))

    lines = differences(old, new)

    assert len(lines) == 60_000
    assert {line.what for line in lines} == {"gone", "new"}


def test_a_long_line_of_other_words_is_not_compared_word_by_word() -> None:
    old, new = " ".join(f"a{n}" for n in range(20_000)), " ".join(f"b{n}" for n in range(20_000))

    assert [line.what for line in differences(old, new)] == ["gone", "new"]
