"""Pages of the desk at the size of the whole set, one request at a time and four at once."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

from bench.figures import Row, percentile
from bench.house import Trouble, house, inside

REQUESTS = 120
WARM = 8
# The best of the peers at the same size, p50 / p95 / p95 with four at once.
PEERS = {
    "queue": "42 / 50 / 116 (FreeScout)",
    "team's queue": "42 / 50 / 116 (FreeScout)",
    "all cases": "42 / 50 / 116 (FreeScout)",
    "case": "31 / 43 (osTicket)",
    "search by customer": "33 / 42 / 82 (osTicket, by word)",
}


def measure(data: Path, say: Callable[[str], None]) -> list[Row]:
    rows: list[Row] = []
    cookie = inside(data, "sign-in", "anna@bench.test")["cookie"]
    some = inside(data, "cases", str(REQUESTS))
    paths = {
        "queue": ["/desk/"],
        "team's queue": ["/desk/team/"],
        "all cases": ["/desk/all/"],
        "case": [f"/desk/cases/{reference}/" for reference in some["references"]],
        "search by customer": [f"/desk/search?q={quote(name)}" for name in some["names"]],
    }
    with house(data) as one:
        for name, chosen in paths.items():
            say(f"pages: {name}")
            asked = [chosen[number % len(chosen)] for number in range(REQUESTS)]
            _ask(one.http, cookie, asked[:WARM])
            alone = _ask(one.http, cookie, asked)
            rows += _rows(name, alone, _four_at_once(one.http, cookie, asked))
    return rows


def _rows(name: str, alone: list[float], four: list[float]) -> list[Row]:
    return [
        Row("pages", f"{name}, p50", percentile(alone, 0.5), "ms", remark=f"peers' best {PEERS[name]}"),
        Row("pages", f"{name}, p95", percentile(alone, 0.95), "ms"),
        Row("pages", f"{name}, p95 with four at once", percentile(four, 0.95), "ms"),
    ]


def _four_at_once(port: int, cookie: str, paths: list[str]) -> list[float]:
    with ThreadPoolExecutor(4) as pool:
        parts = pool.map(lambda number: _ask(port, cookie, paths[number::4]), range(4))
    return [each for part in parts for each in part]


def _ask(port: int, cookie: str, paths: list[str]) -> list[float]:
    """Milliseconds from the request to the last byte of each answer."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    took = []
    for path in paths:
        began = time.perf_counter()
        line.request("GET", path, headers={"Cookie": f"samehand_session={cookie}", "Accept-Encoding": "identity"})
        answer = line.getresponse()
        answer.read()
        took.append((time.perf_counter() - began) * 1000)
        if answer.status != 200:
            raise Trouble(f"bench: {path} answered {answer.status}")
    line.close()
    return took
