"""Where Morfeusz has no wheel, stems stand in for the dictionary."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from samehand.guide import searching
from samehand.guide.searching import dictionaries
from tests.guide.test_searching import article


@pytest.fixture
def no_morfeusz(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(sys.modules, "morfeusz2", None)
    dictionaries.of.cache_clear()
    yield
    dictionaries.of.cache_clear()


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["zgubiona karta", "zgubionej karty", "ZGUBIONĄ KARTĘ", "zgubina krata", "kartami"])
def test_articles_are_found_by_their_stems(no_morfeusz: None, typed: str) -> None:
    article("sim-lost", "Zgubiona karta SIM")
    article("invoice", "Faktura")

    assert isinstance(dictionaries.of("pl"), dictionaries.ByStems)
    assert searching.search(typed, "pl").hits[0].problem_key == "sim-lost"
