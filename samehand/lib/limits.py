"""How often one address may ask: a bucket of tokens for each, filled again at a steady rate.

The buckets lie in the memory of the process: to count in the database would cost more than the search it guards. With
several web processes the bound is so many times as high, which still bounds.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address, ip_network
from math import ceil
from threading import Lock
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# So many addresses are remembered; the one that asked longest ago is forgotten first, and its bucket was full by then.
MOST = 20_000
# Who has one IPv6 address has all of its network.
OWN_NETWORK = 64
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


class Limit:
    """At most `burst` at once from one address, and `per_second` on average."""

    def __init__(self, *, burst: int, per_second: float) -> None:
        self.burst = burst
        self.per_second = per_second
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, address: str, at: float) -> float:
        """Take one token at a moment in seconds of a clock that never goes back; 0.0, or in how many seconds there is
        one again. Who is refused loses nothing by asking."""
        with self._lock:
            left, since = self._buckets.pop(address, (float(self.burst), at))
            left = min(float(self.burst), left + (at - since) * self.per_second)
            granted = left >= 1
            self._buckets[address] = (left - 1 if granted else left, at)
            if len(self._buckets) > MOST:
                self._buckets.popitem(last=False)
        return 0.0 if granted else (1 - left) / self.per_second

    def wait(self, request: HttpRequest) -> float:
        """Take one token now for whoever asks; 0.0, or how many seconds she has to wait."""
        return self.take(network_of(request), time.monotonic())

    def forget(self) -> None:
        with self._lock:
            self._buckets.clear()


def limited(
    limit: Limit, refused: Callable[[HttpRequest, int], HttpResponse], methods: str = "GET HEAD POST"
) -> Callable[[View[P]], View[P]]:
    """A view that answers `refused(request, seconds)` with 429 and Retry-After to whoever asks too often."""
    counted = methods.split()

    def decorated(view: View[P]) -> View[P]:
        @wraps(view)
        def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            wait = limit.wait(request) if request.method in counted else 0.0
            return _too_often(request, ceil(wait), refused) if wait else view(request, *args, **kwargs)

        return asked

    return decorated


def _too_often(request: HttpRequest, seconds: int, refused: Callable[[HttpRequest, int], HttpResponse]) -> HttpResponse:
    response = refused(request, seconds)
    response.status_code = 429
    response.headers["Retry-After"] = str(seconds)
    response.headers["Cache-Control"] = "no-store"
    # One line for each would be what floods the log.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def network_of(request: HttpRequest) -> str:
    """The address that asks, of IPv6 the network of 64 bits that one household has; "" when nobody says."""
    try:
        address = ip_address(_address_of(request))
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    if mapped or address.version == 4:
        return str(mapped or address)
    return str(ip_network((address, OWN_NETWORK), strict=False))


def _address_of(request: HttpRequest) -> str:
    """What the last proxy of ours saw. All that stands further left in the header anybody may have written."""
    said = request.headers.get("X-Forwarded-For", "").split(",")
    if settings.PROXIES and len(said) >= settings.PROXIES and said[-settings.PROXIES].strip():
        return said[-settings.PROXIES].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
