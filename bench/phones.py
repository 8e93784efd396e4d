"""Devices by what people type: how fast among all of them, and how often rightly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bench.figures import Row, percentile
from bench.house import inside


def measure(data: Path, say: Callable[[str], None]) -> list[Row]:
    say("phones: loads and looks")
    found = inside(data, "phones")
    return [
        Row("phones", "devices", found["devices"], ""),
        Row("phones", "loading them into an empty house", found["loaded"] * 1000, "ms"),
        Row("phones", "finding one, p50", percentile(found["took"], 0.5), "ms"),
        Row("phones", "finding one, p95", percentile(found["took"], 0.95), "ms"),
        Row("phones", "the right one first", found["first"] * 100, "%"),
    ]
