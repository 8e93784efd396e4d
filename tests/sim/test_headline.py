"""Whom the report puts first: late is late, whoever answers."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from samehand.sim.comparing import Estimate
from samehand.sim.report import _headline

NAMES = {"pool": "Pool", "strict": "Strict owner", "ours": "Ours"}


def of(**shares: tuple[float, float] | None) -> Any:
    rows = {
        name: {"in_time": one and Estimate(one[0], None), "promise_kept": one and Estimate(one[1], None)}
        for name, one in shares.items()
    }
    return SimpleNamespace(rows=rows, promise=30.0)


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (of(pool=(0.96, 0.41), strict=(0.75, 0.72), ours=(0.968, 0.715)), "Ours: 96.8"),
        (of(pool=(0.99, 0.41), strict=(0.98, 0.72), ours=(0.985, 0.715)), "Strict owner: 98"),
        (of(pool=(0.96, 0.41)), "Pool: 96"),
    ],
)
def test_who_keeps_the_promise_of_those_who_are_in_time(result: Any, said: str) -> None:
    assert said in _headline(result, NAMES, "en")


def test_nothing_is_said_of_a_run_in_which_nobody_wrote() -> None:
    assert "<h1>-</h1>" in _headline(of(pool=None), NAMES, "en")
