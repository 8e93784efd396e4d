"""What a change means for translations, and when an article is due: as tables."""

from __future__ import annotations

from datetime import date

import pytest

from samehand.core.staleness import Freshness, Standing, Version, freshness, standing

CURRENT, FOLLOW, OUT = Standing.CURRENT, Standing.SHOULD_FOLLOW, Standing.OUT_OF_DATE


@pytest.mark.parametrize(
    ("follows", "versions", "expected"),
    [
        pytest.param(1, "1medium", CURRENT, id="it follows the newest"),
        pytest.param(1, "1medium 2minor", CURRENT, id="only the wording changed"),
        pytest.param(1, "1medium 2medium", FOLLOW, id="the meaning changed"),
        pytest.param(1, "1medium 2major", OUT, id="it was wrong"),
        pytest.param(1, "1medium 2major 3minor", OUT, id="a small change heals nothing"),
        pytest.param(2, "1major 2major", CURRENT, id="what it follows already does not count"),
        pytest.param(1, "1medium 2medium 3major 4medium", OUT, id="the heaviest counts"),
        pytest.param(None, "1medium", FOLLOW, id="it follows none"),
        pytest.param(None, "1major", OUT, id="it follows none, and that was heavy"),
        pytest.param(3, "", CURRENT, id="no source is published"),
    ],
)
def test_a_translation_and_its_source(follows: int | None, versions: str, expected: Standing) -> None:
    assert standing(follows, [Version(int(word[0]), word[1:]) for word in versions.split()]) is expected


@pytest.mark.parametrize(
    ("review_by", "expected"),
    [
        (None, Freshness.DUE),
        (date(2026, 11, 22), Freshness.DUE),
        (date(2026, 11, 23), Freshness.DUE),
        (date(2026, 11, 24), Freshness.DUE_SOON),
        (date(2026, 12, 7), Freshness.DUE_SOON),
        (date(2026, 12, 8), Freshness.FRESH),
    ],
)
def test_when_it_is_due(review_by: date | None, expected: Freshness) -> None:
    assert freshness(review_by, date(2026, 11, 23)) is expected
