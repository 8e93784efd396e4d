"""Who may publish what: as a table."""

from __future__ import annotations

import pytest

from samehand.core.reviewing import Verdict, verdict


@pytest.mark.parametrize("submitted", [True, False])
@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize("own", [True, False])
def test_who_reviews_nothing_publishes_nothing(own: bool, alone: bool, submitted: bool) -> None:
    assert verdict(reviews=False, own=own, submitted=submitted, alone=alone) is Verdict.NO_REVIEWER


@pytest.mark.parametrize(
    ("own", "submitted", "alone", "expected"),
    [
        pytest.param(False, True, False, Verdict.PUBLISH, id="another's, submitted"),
        pytest.param(False, True, True, Verdict.PUBLISH, id="another's, submitted: alone means nothing"),
        pytest.param(False, False, False, Verdict.NOT_SUBMITTED, id="another's draft"),
        pytest.param(False, False, True, Verdict.NOT_SUBMITTED, id="another's draft is never taken away"),
        pytest.param(True, True, False, Verdict.OWN_TEXT, id="her own"),
        pytest.param(True, False, False, Verdict.OWN_TEXT, id="her own draft"),
        pytest.param(True, True, True, Verdict.PUBLISH, id="her own, and nobody else needs to read it"),
        pytest.param(True, False, True, Verdict.PUBLISH, id="her own draft, at once"),
    ],
)
def test_who_reviews(own: bool, submitted: bool, alone: bool, expected: Verdict) -> None:
    assert verdict(reviews=True, own=own, submitted=submitted, alone=alone) is expected
