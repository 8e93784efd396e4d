"""Our own text files travel compressed."""

from __future__ import annotations

import gzip

import pytest
from django.test import Client

CSS = "/static/house/tokens.css"


def body(response: object) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_a_stylesheet_is_smaller_and_the_same(client: Client) -> None:
    plain = client.get(CSS)
    packed = client.get(CSS, headers={"Accept-Encoding": "gzip, br"})

    whole, small = body(plain), body(packed)
    assert packed["Content-Encoding"] == "gzip"
    assert int(packed["Content-Length"]) == len(small) < len(whole) / 2
    assert gzip.decompress(small) == whole
    assert "Accept-Encoding" in plain["Vary"]
    assert "Accept-Encoding" in packed["Vary"]


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        pytest.param(CSS, {}, id="whoever does not take it"),
        pytest.param("/static/vendor/inter/inter-latin-wght-normal.woff2", {}, id="a font is packed already"),
        pytest.param(CSS, {"Range": "bytes=0-99"}, id="a part of a file"),
    ],
)
def test_the_rest_stays_as_it_is(client: Client, path: str, headers: dict[str, str]) -> None:
    accepts = {"Accept-Encoding": "gzip"} if headers or "woff2" in path else {}

    response = client.get(path, headers={**headers, **accepts})

    assert "Content-Encoding" not in response.headers
    assert body(response)
