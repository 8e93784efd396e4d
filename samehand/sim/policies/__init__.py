"""The policies that helpdesks know, to measure against: each is told what happens and says who starts what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from samehand.sim.bench import Engine
from samehand.sim.policies.dealt import LeastLoaded, RoundRobin
from samehand.sim.policies.owners import OwnerWithTimeOut, StrictOwner
from samehand.sim.policies.pool import SharedPool
from samehand.sim.running import Policy
from samehand.sim.world import ScenarioError

MakePolicy = Callable[[dict[str, Any]], Policy]
BASELINES: dict[str, MakePolicy] = {
    "fifo": SharedPool,
    "round-robin": RoundRobin,
    "least-loaded": LeastLoaded,
    "strict-owner": StrictOwner,
    "owner-timeout": OwnerWithTimeOut,
}


def policies() -> dict[str, MakePolicy]:
    """All that can be simulated by name; the house's own engine last."""
    return {**BASELINES, "ours": Engine}


def chosen(names: str) -> dict[str, MakePolicy]:
    """`all`, one name, or several with commas."""
    known = policies()
    if names == "all":
        return known
    wanted = [name.strip() for name in names.split(",")]
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise ScenarioError(f"no policy {unknown[0]!r}; there are: all, {', '.join(known)}")
    return {name: known[name] for name in wanted}
