"""Words of administrators: known places are filled, everything else stays as it is."""

from __future__ import annotations

import pytest

from samehand.core.wording import filled

VALUES = {"first_name": "Ania", "customer": "{first_name} {0}"}


@pytest.mark.parametrize(
    ("words", "become"),
    [
        pytest.param("Pozdrawiam, {first_name}", "Pozdrawiam, Ania", id="a known place is filled"),
        pytest.param("{customer}!", "{first_name} {0}!", id="what a value holds is not looked into"),
        pytest.param("{{7*7}} {0.__class__} {first_name!r}", "{{7*7}} {0.__class__} {first_name!r}", id="no formulas"),
        pytest.param("{{first_name}}", "{Ania}", id="braces around a place stay"),
        pytest.param("{unknown} {} {", "{unknown} {} {", id="an unknown place stays"),
        pytest.param("%(first_name)s %s {% now %}", "%(first_name)s %s {% now %}", id="no other language is spoken"),
    ],
)
def test_only_known_places_are_filled(words: str, become: str) -> None:
    assert filled(words, VALUES) == become
