"""How often one address may ask."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from samehand.lib import limits
from samehand.lib.limits import Limit, limited, network_of


def test_a_burst_then_a_steady_rate() -> None:
    limit = Limit(burst=3, per_second=2)

    assert [limit.take("a", 0.0) for _ in range(3)] == [0.0, 0.0, 0.0]
    assert limit.take("a", 0.0) == pytest.approx(0.5)
    assert limit.take("a", 0.5) == 0.0
    assert limit.take("a", 0.5) > 0


def test_others_are_unharmed() -> None:
    limit = Limit(burst=1, per_second=1)
    limit.take("a", 0.0)

    assert limit.take("a", 0.0) > 0
    assert limit.take("b", 0.0) == 0.0


@given(st.lists(st.floats(0, 0.2), min_size=1, max_size=300))
def test_never_more_than_burst_and_rate_allow(gaps: list[float]) -> None:
    limit, at, granted = Limit(burst=5, per_second=10), 0.0, 0

    for gap in gaps:
        at += gap
        granted += limit.take("a", at) == 0.0

    assert granted <= 5 + at * 10 + 1e-6


def test_it_remembers_only_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST", 2)
    limit = Limit(burst=1, per_second=1)

    for address in "abc":
        limit.take(address, 0.0)

    assert limit.take("c", 0.0) > 0
    assert limit.take("a", 0.0) == 0.0


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        pytest.param(0, "198.51.100.7", "192.0.2.1", id="nobody is before us: the header is anybody's word"),
        pytest.param(1, "198.51.100.7", "198.51.100.7", id="our proxy says whom it saw"),
        pytest.param(
            1, "10.0.0.1, 198.51.100.7", "198.51.100.7", id="what the client wrote itself stands further left"
        ),
        pytest.param(2, "10.0.0.1, 198.51.100.7, 203.0.113.9", "198.51.100.7", id="two of ours in a row"),
        pytest.param(2, "198.51.100.7", "192.0.2.1", id="fewer than there should be"),
        pytest.param(1, "nonsense", "", id="no address"),
        pytest.param(1, "", "192.0.2.1", id="an empty header"),
        pytest.param(1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", id="a household has a network"),
        pytest.param(1, "::ffff:198.51.100.7", "198.51.100.7", id="IPv4 written as IPv6"),
    ],
)
def test_whose_bucket_it_is(settings: Any, proxies: int, forwarded: str, expected: str) -> None:
    settings.PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": forwarded})

    assert network_of(request) == expected


def test_a_view_says_when_to_come_back() -> None:
    limit = Limit(burst=1, per_second=0.1)

    @limited(limit, lambda _request, seconds: HttpResponse(f"in {seconds}"), "POST")
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("here")

    post, get = RequestFactory().post("/"), RequestFactory().get("/")

    assert view(post).content == b"here"
    refused = view(post)
    assert (refused.status_code, refused["Retry-After"], refused.content) == (429, "10", b"in 10")
    assert view(get).content == b"here", "only what is counted is refused"
