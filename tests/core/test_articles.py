"""What an article is read into, and every fault with its line."""

from __future__ import annotations

import pytest

from samehand.core.articles import LARGEST, Fault, Link, canonical, filled, lone_marks, read
from samehand.core.scopes import Scope

TEXT = """\
Zanim przyjdziesz.

## Zablokuj numer w panelu {#block-in-account}

1. Otwórz {{account}}.

::: for iphone, samsung
2. Tylko tu: [zdjęcie](problem:sim-replace).
:::
::: not iphone
2. U innych.
:::

Potem nic.

## Co dalej

Patrz [tutaj](contact:) i [tam](https://fala.example/).
"""
FACTS = ("account", "hotline")


def faults(text: str) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.kind, fault.word) for fault in read(text, facts=FACTS).faults]


def test_an_article_is_read_into_solutions_sections_and_parts_for_some() -> None:
    article = read(TEXT, facts=FACTS)

    assert article.faults == ()
    assert [(piece.text, piece.scope) for piece in article.intro] == [("Zanim przyjdziesz.", None)]
    assert [(section.key, section.title, section.line) for section in article.sections] == [
        ("block-in-account", "Zablokuj numer w panelu", 3),
        ("", "Co dalej", 16),
    ]
    assert [section.key for section in article.solutions] == ["block-in-account"]
    assert [piece.scope for piece in article.sections[0].pieces] == [
        None,
        Scope(("iphone", "samsung")),
        Scope(("iphone",), without=True),
        None,
    ]
    assert article.scopes == ("iphone", "samsung")
    assert article.links == (Link("problem", "sim-replace", 8), Link("contact", "", 18))
    assert article.facts == ("account",)


GOOD = "## A {#a}\n\nx\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Tylko wstęp.", [(1, "no-solution", "")], id="no solution"),
        pytest.param("", [(1, "no-solution", "")], id="nothing at all"),
        pytest.param("## A {#a}\n\nx\n\n## B {#a}\n\ny", [(5, "same-key", "a")], id="a key twice"),
        pytest.param(GOOD + "## B {#Zła}\n\ny", [(4, "bad-key", "{#Zła}")], id="a key of other letters"),
        pytest.param(GOOD + "## B {b}\n\ny", [(4, "bad-key", "{b}")], id="a mark without its sign"),
        pytest.param(GOOD + "## {#b}\n\ny", [(4, "no-title", "")], id="a mark without a heading"),
        pytest.param(GOOD + "## B\n\n\n## C\n\nz", [(4, "empty-section", "B")], id="a heading with nothing below"),
        pytest.param("# A\n" + GOOD, [(1, "heading-1", "A")], id="a heading of the first level"),
        pytest.param("Tytuł\n===\n" + GOOD, [(2, "underlined", "Tytuł")], id="an underlined heading"),
        pytest.param("Tytuł\n---\n" + GOOD, [(2, "underlined", "Tytuł")], id="a heading underlined with dashes"),
        pytest.param("Tytuł\n\n---\n" + GOOD, [], id="a line across"),
        pytest.param(GOOD + "::: for nokia\nx\n:::", [(4, "unknown-scope", "nokia")], id="an unknown phone"),
        pytest.param(GOOD + "::: iphone\nx\n:::", [(4, "no-scope", "iphone")], id="for whom is not said"),
        pytest.param(GOOD + "::: for\nx\n:::", [(4, "no-scope", "for")], id="for nobody"),
        pytest.param(
            GOOD + "::: for iphone\nx\n::: for pixel\ny\n:::", [(6, "nested-block", "for pixel")], id="one in another"
        ),
        pytest.param(GOOD + ":::\n", [(4, "stray-end", "")], id="an end without a beginning"),
        pytest.param(GOOD + "## X {#x\ny\n", [(4, "bad-key", "{#x")], id="a mark without an end"),
        pytest.param(GOOD + "## X {#x} y\ny\n", [(4, "bad-key", "{#x} y")], id="words after a mark"),
        pytest.param(GOOD + "::: for iphone\nx\n", [(4, "unclosed-block", "")], id="a beginning without an end"),
        pytest.param(
            GOOD + "1. x\n   ::: for iphone\n", [(5, "indented-block", "::: for iphone")], id="a block within a list"
        ),
        pytest.param(GOOD + "```\n## x\n", [(4, "unclosed-fence", "")], id="code without an end"),
        pytest.param("{{nic}} {{ account }}\n" + GOOD, [(1, "unknown-fact", "nic")], id="an unknown fact"),
        pytest.param("[x](problem:)\n" + GOOD, [(1, "bad-link", "problem:")], id="a link to nothing"),
        pytest.param("[x](problem:Ala_ma)\n" + GOOD, [(1, "bad-link", "problem:Ala_ma")], id="a link to no key"),
        pytest.param("![x](javascript:alert)\n" + GOOD, [(1, "outside-link", "javascript:")], id="a link that acts"),
        pytest.param("[x]: data:text/html\n" + GOOD, [(1, "outside-link", "data:")], id="a named link that acts"),
        pytest.param("[x](tel:{{hotline}})\n" + GOOD, [], id="a number to call"),
        pytest.param("a\x00b\n" + GOOD, [(1, "control", "")], id="a sign that cannot be kept"),
        pytest.param("a\ud800b\n" + GOOD, [(1, "control", "")], id="half a sign"),
    ],
)
def test_every_fault_is_said_with_its_line(text: str, expected: list[tuple[int, str, str]]) -> None:
    assert faults(text) == expected


def test_what_stands_in_code_is_no_heading_and_no_block() -> None:
    article = read(GOOD + "~~~\n## B {#b}\n::: for nobody\n# x\n~~~\n```x``` i dalej\n\n## C\n\ny", facts=FACTS)

    assert article.faults == ()
    assert [section.title for section in article.sections] == ["A", "C"]


def test_a_solution_may_be_for_some_only() -> None:
    article = read("::: for iphone\n## A {#a}\n\nx\n:::\n", facts=FACTS)

    assert article.faults == ()
    assert [piece.scope for piece in article.sections[0].pieces] == [Scope(("iphone",))]


def test_an_article_of_a_megabyte_is_refused() -> None:
    assert read("ż" * 500_000, facts=FACTS).faults == (Fault(1, "too-large", "1000"),)
    assert read(GOOD + "x" * (LARGEST - len(GOOD)), facts=FACTS).faults == ()


@pytest.mark.parametrize(
    "line",
    [
        "[" * 190_000,
        "{{" * 90_000,
        "](" * 90_000,
        "]: " * 60_000,
        " " * 190_000,
        "## " + "{" * 190_000,
        "## " + " #" * 90_000,
        "`" * 190_000,
        ":::" * 60_000,
        "](a:" * 45_000,
        "]:" + " " * 190_000,
        "## x {#" + "a" * 190_000,
    ],
    ids=lambda line: f"{line[:6]}…",
)
def test_no_line_makes_the_reading_run_away(line: str) -> None:
    # Without an end this test would not end either: what is quadratic takes hours here.
    assert read(f"{GOOD}{line}\n", facts=FACTS).solutions


@pytest.mark.parametrize(
    ("text", "kept"),
    [("a\r\nb\rc", "a\nb\nc\n"), ("\n\n  a\n\n\n", "  a\n"), ("", ""), ("\n", ""), ("a\u2028b", "a\u2028b\n")],
)
def test_a_text_is_kept_in_one_way_only(text: str, kept: str) -> None:
    assert canonical(text) == kept == canonical(kept)


def test_facts_are_filled_in_and_never_looked_into() -> None:
    facts = {"account": "{{hotline}}", "hotline": "123"}

    assert filled("{{ account }} {{hotline}} {{nic}}", facts) == "{{hotline}} 123 {{nic}}"


@pytest.mark.parametrize(
    ("languages", "lone"),
    [
        ([], ()),
        (["a b"], ()),
        (["a b", "a b"], ()),
        (["a b", "b a"], ()),
        (["a b c", "b"], ("a", "c")),
        (["b", "c b a"], ("c", "a")),
        (["a b", "c b"], ("a", "c")),
        (["a b", "a b", "a"], ("b",)),
        (["a a", "a"], ()),
        (["", "a"], ("a",)),
    ],
)
def test_marks_that_do_not_stand_in_every_language(languages: list[str], lone: tuple[str, ...]) -> None:
    texts = [
        "## Sekcja\n\nx\n\n" + "".join(f"## Rada {{#{mark}}}\n\n1. x\n\n" for mark in one.split()) for one in languages
    ]

    assert lone_marks([read(text, facts=FACTS) for text in texts]) == lone
