"""How moments are said."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from samehand.portal.moments import at, by
from samehand.portal.names import is_she

WARSAW = ZoneInfo("Europe/Warsaw")
NOW = datetime(2026, 11, 23, 14, 2, tzinfo=WARSAW)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WARSAW)


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        pytest.param("pl", "2026-11-23 14:32", "do 14:32", id="today"),
        pytest.param("pl", "2026-11-24 08:30", "najpóźniej jutro o 8:30", id="tomorrow, without a leading nought"),
        pytest.param("pl", "2026-11-25 08:30", "najpóźniej w środę 25 listopada o 8:30", id="another day by its name"),
        pytest.param("pl", "2026-12-01 08:30", "najpóźniej we wtorek 1 grudnia o 8:30", id="Tuesday has its own word"),
        pytest.param("pl", "2026-11-22 21:50", "najpóźniej wczoraj o 21:50", id="broken since yesterday"),
        pytest.param("en", "2026-11-23 14:32", "by 14:32", id="English today"),
        pytest.param("en", "2026-11-24 08:30", "by 8:30 tomorrow", id="English tomorrow"),
        pytest.param("en", "2026-11-25 08:30", "by 8:30 on Wednesday 25 November", id="English on another day"),
    ],
)
def test_a_promised_moment(language: str, text: str, said: str) -> None:
    with translation.override(language):
        assert by(moment(text), now=NOW, zone=WARSAW) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("2026-11-23 14:12", "o 14:12", id="today"),
        pytest.param("2026-11-22 09:05", "wczoraj o 9:05", id="yesterday"),
        pytest.param("2026-11-18 09:05", "w środę 18 listopada o 9:05", id="last week"),
        pytest.param("2025-03-01 09:05", "1 marca 2025 r. o 9:05", id="long ago, with the year"),
    ],
)
def test_a_moment_that_was(text: str, said: str) -> None:
    with translation.override("pl"):
        assert at(moment(text), now=NOW, zone=WARSAW) == said


def test_the_operators_day_counts_not_the_servers() -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=WARSAW)

    with translation.override("pl"):
        assert by(moment("2026-11-24 00:10"), now=late, zone=WARSAW) == "najpóźniej jutro o 0:10"


@pytest.mark.parametrize(
    ("name", "she"),
    [("Ania", True), ("Marek", False), ("Kuba", False), ("Carmen", True), ("Anna Maria", True), ("", False)],
)
def test_the_past_tense_knows_her_from_him(name: str, she: bool) -> None:
    assert is_she(name) is she
