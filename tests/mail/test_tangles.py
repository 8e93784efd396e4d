"""Which HTML is too tangled to be parsed, and that letters are not."""

from __future__ import annotations

import pytest

from samehand.channels.mail.showing import safe_html
from samehand.channels.mail.tangles import is_tangled

CELL = "<td><p><font color=red><b>Faktura</b></font> <a href='https://x.test'>tutaj</a><br></p></td>"
TABLE = "<table><tbody>" + f"<tr>{CELL * 3}</tr>" * 3 + "</tbody></table>"


@pytest.mark.parametrize(
    "html",
    [
        "",
        TABLE * 300,
        f"<table><tr><td>{TABLE}<td>{TABLE}" * 15,
        "<p>akapit bez końca<br><b>gruby</b>" * 3_000,
        "<ul>" + "<li>punkt <i>jeden</i>" * 5_000 + "</ul>",
        "<div><b><i>na krzyż</b></i></div>" * 300,
        "<div>" * 200 + "głęboko" + "</div>" * 200,
        "<tr><td>wiersz<th>nagłówek" * 3_000,
        "<p>&nbsp;&zwnj;&amp;</p>" * 3_000,
    ],
)
def test_letters_are_shown_as_they_are(html: str) -> None:
    assert not is_tangled(html)


def test_a_tangle_is_shown_as_text() -> None:
    shown = safe_html(
        "<div>" * 5_000 + "treść<script>x</script> <img src=https://x.test/a>", images=True, cid_url=lambda _cid: ""
    )

    assert "<pre>treść</pre>" in shown.html
    assert "x.test" not in shown.html


@pytest.mark.parametrize("sign", ["&", "&nbsp;", "&#8203; ", "&amp; x "])
def test_a_flood_of_signs_is_shown_as_text(sign: str) -> None:
    assert is_tangled(sign * 100_000)
