"""Who may publish what: as a table."""

from __future__ import annotations

import pytest

from samehand.core.reviewing import Verdict, verdict


@pytest.mark.parametrize("submitted", [True, False])
@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize("own", [True, False])
def test_who_reviews_nothing_publishes_nothing(own: bool, alone: bool, submitted: bool) -> None:
    said = verdict(reviews=False, own=own, changed=own, submitted=submitted, alone=alone)

    assert said is Verdict.NO_REVIEWER


NOBODYS, CHANGED, OWN = (False, False), (False, True), (True, False)


@pytest.mark.parametrize(
    ("hers", "submitted", "alone", "expected"),
    [
        pytest.param(NOBODYS, True, False, Verdict.PUBLISH, id="another's, submitted"),
        pytest.param(NOBODYS, True, True, Verdict.PUBLISH, id="another's, submitted: alone means nothing"),
        pytest.param(NOBODYS, False, False, Verdict.NOT_SUBMITTED, id="another's draft"),
        pytest.param(NOBODYS, False, True, Verdict.NOT_SUBMITTED, id="another's draft is never taken away"),
        pytest.param(CHANGED, True, False, Verdict.OWN_TEXT, id="another's that she changed"),
        pytest.param(CHANGED, True, True, Verdict.PUBLISH, id="another's that she changed, and nobody else reads it"),
        pytest.param(CHANGED, False, True, Verdict.NOT_SUBMITTED, id="another's draft that she changed"),
        pytest.param(OWN, True, False, Verdict.OWN_TEXT, id="her own"),
        pytest.param(OWN, False, False, Verdict.OWN_TEXT, id="her own draft"),
        pytest.param(OWN, True, True, Verdict.PUBLISH, id="her own, and nobody else needs to read it"),
        pytest.param(OWN, False, True, Verdict.PUBLISH, id="her own draft, at once"),
    ],
)
def test_who_reviews(hers: tuple[bool, bool], submitted: bool, alone: bool, expected: Verdict) -> None:
    own, changed = hers

    assert verdict(reviews=True, own=own, changed=changed, submitted=submitted, alone=alone) is expected
