"""Words in headings."""

from __future__ import annotations

import pytest

from samehand.lib.templatetags.house import whole


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        pytest.param("Nie działa Wi-Fi", 'Nie działa <span class="whole">Wi-Fi</span>', id="a short word is whole"),
        pytest.param("telewizyjno-internetowy", "telewizyjno-internetowy", id="a long one may break"),
        pytest.param("A - B", "A - B", id="a dash is none"),
        pytest.param("<i>Wi-Fi", '&lt;i&gt;<span class="whole">Wi-Fi</span>', id="hostile words stay words"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_short_words_do_not_break_at_their_hyphen(said: str, shown: str) -> None:
    assert whole(said) == shown
