"""What a hostile text may become: words, never something that acts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samehand.guide.rendering import faults_of
from samehand.guide.rendering.markdown import html_of, outside, tokens_of
from samehand.guide.rendering.pages import safe


def html(text: str) -> str:
    return str(safe(html_of(tokens_of(text, {"apn": "<b>&*x*", "hotline": 'javascript:"'}, {}).tokens)))


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java&#x73;cript&colon;alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](<java script:alert(1)>)",
        "[x](vbscript:x)",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<javascript:alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
        "[x]({{hotline}})",
        "[x](//evil.example)",
        "[x](/desk/office/)",
        "[x](\\\\evil.example)",
        "[x](https://fala.example@evil.example/)",
        "[x](https:evil.example)",
        "[x](http://[::1)",
        "[x](http://evil.example:99999999/)",
        "[x](file:///etc/passwd)",
        "[x](mailto:a@b.pl?bcc=c@d.pl)",
        "[x](tel:abc)",
        "![x](https://evil.example/pixel.png)",
        "![x](javascript:alert(1))",
        '![x](picture:a"onerror="alert(1))',
        "[x](problem:../../desk)",
        '<a href="https://evil.example" onclick="x">x</a>',
        "<!-- --><style>*{display:none}</style>",
        '```"><script>\nx\n```',
    ],
)
def test_nothing_acts_and_nothing_leads_away(text: str) -> None:
    found = html(text)

    assert "href" not in found.replace("&lt;a href", "")
    assert not re.search(r"<(?!/?(p|code|pre|blockquote)\b)", found), found


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://fala.example/a?b=c&d=ż#e", "https://fala.example/a?b=c&d=%C5%BC#e"),
        ("https://fala.example/\"'<x>", "https://fala.example/%22'%3Cx%3E"),
        ("HTTP://fala.example", "HTTP://fala.example"),
        ("tel:+48 123-456", "tel:+48123456"),
        ("tel:*100#", "tel:*100%23"),
        ("mailto:pomoc@fala.example", "mailto:pomoc@fala.example"),
        ("ftp://fala.example", ""),
        ("https://", ""),
        ("", ""),
    ],
)
def test_addresses_outside(written: str, address: str) -> None:
    assert outside(written) == address


def test_values_of_facts_are_words() -> None:
    assert html("{{apn}} `{{apn}}`") == "<p>&lt;b&gt;&amp;*x* <code>&lt;b&gt;&amp;*x*</code></p>\n"


@pytest.mark.parametrize(
    "text",
    [
        ">" * 50_000, "- " * 50_000, "[" * 50_000, "![" * 25_000, "*a_" * 20_000, "`" * 50_000, "<" * 50_000,
        "[a](" * 12_000, "|a|\n|-|\n" + "|x|\n" * 10_000, "\\" * 50_000, "&" * 50_000, "> a\n" + "a\n" * 20_000,
        "\n".join(" " * n + "- a" for n in range(300)), "".join("`" * n + " " for n in range(300)),
    ],
    ids=lambda text: f"{text[:6]!r}",
)  # fmt: skip
def test_no_text_makes_the_rendering_run_away(text: str) -> None:
    # Without an end this test would not end either; nothing is nested without end.
    assert html(text).count("<blockquote") <= 20


@pytest.mark.parametrize(
    "lists", ["".join("  " * depth + "- x\n" for depth in range(60)), "> " * 60 + "x\n", "1. " * 30 + "x\n"]
)
def test_what_would_be_left_out_is_a_fault_with_its_line(lists: str) -> None:
    body = f"## Raz {{#raz}}\n\nKrok.\n\n{lists}\nDalej.\n"

    (fault,) = faults_of("Tytuł", "", body)

    assert (fault.kind, 5 <= fault.line < 5 + lists.count("\n")) == ("too-deep", True)


@pytest.mark.parametrize("lists", ["".join("  " * depth + "- x\n" for depth in range(9)), "> " * 18 + "x\n"])
def test_what_has_no_fault_is_shown_to_its_end(lists: str) -> None:
    assert faults_of("Tytuł", "", f"## Raz {{#raz}}\n\n{lists}\nDalej.\n") == []
    assert "Dalej." in html(f"{lists}\n\nDalej.\n")
    assert "x" in html(lists)


@settings(max_examples=200)
@given(st.lists(st.sampled_from([*"[]()<>!*_`\"'&;:/#{}|\\\n -", "javascript:", "https://a.pl", "x", "&#x6a;"])))
def test_only_the_tags_of_the_list_come_out(pieces: list[str]) -> None:
    found = html("".join(pieces))

    assert set(re.findall(r"</?([a-z0-9]+)", found)) <= {
        "a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "hr", "li", "ol", "p", "pre", "strong", "table",
        "tbody", "td", "th", "thead", "tr", "ul",
    }  # fmt: skip
    assert set(re.findall(r'href="([a-z]+):', found)) <= {"https", "mailto"}
    assert set(re.findall(r' ([a-z]+)="', found)) <= {"href", "rel", "start", "class"}
