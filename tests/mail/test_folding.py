"""`samehand mail fold`: which files are mails, and what is printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from samehand.config.cli import main
from tests.mail.samples import CORPUS

TEXT = "Nadal nie działa.\n\nPozdrawiam\nJan\n\nW dniu 02.11.2026 o 09:58, Fala pisze:\n> Dzień dobry\n"
SPLIT = {
    "reply_text": "Nadal nie działa.",
    "folded": "W dniu 02.11.2026 o 09:58, Fala pisze:\n> Dzień dobry",
    "signature": "Pozdrawiam\nJan",
}
HEADER = "From: jan@poczta.test\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
PAGE = "<p>Nadal nie działa.<p>Pozdrawiam<br>Jan<p>W dniu 02.11.2026 o 09:58, Fala pisze:<blockquote>Dzień dobry"


def printed(path: Path, content: str, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, str]:
    path.write_text(content)
    assert main(["mail", "fold", str(path), *options]) == 0
    row: dict[str, str] = json.loads(capsys.readouterr().out)
    return row


@pytest.mark.parametrize(
    ("name", "content", "options"),
    [
        pytest.param("mail.eml", HEADER + TEXT, (), id="a mail"),
        pytest.param("mail", HEADER + TEXT, (), id="a mail without a name for it"),
        pytest.param("text.txt", TEXT, (), id="a text"),
        pytest.param("text", TEXT.replace("\n", "\r\n"), (), id="a text with other line ends"),
        pytest.param("page.html", PAGE, ("--html",), id="a page"),
    ],
)
def test_own_words_quotes_and_signature_are_printed(
    name: str, content: str, options: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed(tmp_path / name, content, capsys, *options) == SPLIT


def test_a_forwarded_text_is_no_mail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Od: Jan <jan@poczta.test>\nWysłano: środa\nTemat: x\n\nCo to jest?"

    assert printed(tmp_path / "text", text, capsys)["reply_text"] == text


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mail", "fold", str(tmp_path / "none.eml")]) == 1
    assert "none.eml" in capsys.readouterr().err


def test_html_only_mails_are_folded_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mail", "fold", str(CORPUS / "html-only-with-quote.eml")]) == 0
    assert json.loads(capsys.readouterr().out)["folded"]
