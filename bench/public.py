"""The guide's public pages with the articles that come along: how soon the first byte is there, and how many come."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from bench.figures import Row, percentile
from bench.house import Trouble, house

REQUESTS = 40
WARM = 5
# One address may not search without a pause.
PAUSE = 0.25
PATHS = {
    "home": "/pl/pomoc/",
    "category": "/pl/pomoc/karta-sim/",
    "article": "/en/help/sim-card/sim-lost-or-stolen/",
    "search": f"/pl/pomoc/szukaj?q={quote('nie mam neta')}",
    "phone": f"/pl/pomoc/telefon/?q={quote('samsng s21')}",
    "contact form": "/pl/kontakt/",
}


def measure(data: Path, say: Callable[[str], None]) -> list[Row]:
    rows: list[Row] = []
    with house(data) as one:
        for name, path in PATHS.items():
            say(f"public: {name}")
            took, size = _ask(one.http, path)
            rows.append(Row("public", f"{name}, first byte, p50", percentile(took, 0.5), "ms", remark=f"{size} B"))
            rows.append(Row("public", f"{name}, first byte, p95", percentile(took, 0.95), "ms"))
    return rows


def _ask(port: int, path: str) -> tuple[list[float], int]:
    """Milliseconds from each request to the first line of its answer, and the page's bytes."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    took, size = [], 0
    for _number in range(WARM + REQUESTS):
        time.sleep(PAUSE)
        began = time.perf_counter()
        line.request("GET", path)
        answer = line.getresponse()
        took.append((time.perf_counter() - began) * 1000)
        size = len(answer.read())
        if answer.status != 200:
            raise Trouble(f"bench: {path} answered {answer.status}: {answer.headers.get('Location', '')}")
    line.close()
    return took[WARM:], size
