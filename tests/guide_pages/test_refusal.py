"""What a page says that came too fast: plainly, and the same for everybody."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.utils import translation

from samehand.portal.guide.slowing import too_often


@pytest.mark.parametrize(
    ("language", "seconds", "words"),
    [
        ("pl", 1, "prosimy o 1 sekundę przerwy"),
        ("pl", 3, "prosimy o 3 sekundy przerwy"),
        ("pl", 10**9, "prosimy o 60 sekund przerwy"),
        ("en", 3, "wait 3 seconds"),
    ],
)
def test_in_the_readers_language_and_nobodys_name(language: str, seconds: int, words: str) -> None:
    with translation.override(language):
        page = too_often(RequestFactory().get("/"), seconds).content.decode()

    assert words in page
    assert "csrf" not in page
    assert "mailto:" in page
