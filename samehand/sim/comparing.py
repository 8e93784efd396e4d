"""Several policies on identical worlds, several seeds, and how sure the mean is."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from samehand.sim.measuring import Figures, measure
from samehand.sim.policies import MakePolicy
from samehand.sim.running import Log, run
from samehand.sim.world import World

# Student's t, 97.5 %, by degrees of freedom from 1 on; beyond, the normal value.
STUDENT = [
    *(12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131),
    *(2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042),
]
MakeWorld = Callable[[int], World]
Told = Callable[[str, int, float], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    policy: str
    seed: int
    world: World
    log: Log
    figures: Figures
    seconds: float
    """Of the processor: on a machine with other work the clock says something else."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over seeds and the half width of its 95 % interval (None with one seed)."""

    mean: float
    half_width: float | None


def simulate(
    make_world: MakeWorld, seeds: Iterable[int], policies: Mapping[str, MakePolicy], told: Told
) -> Iterator[Outcome]:
    for seed in seeds:
        world = make_world(seed)
        for name, make_policy in policies.items():
            began = time.process_time()
            log = run(world, make_policy, lambda now, name=name, seed=seed: told(name, seed, now))  # type: ignore[misc]
            seconds = time.process_time() - began
            yield Outcome(name, seed, world, log, measure(world, log), seconds)


def estimate(values: Iterable[float | int | None]) -> Estimate | None:
    known = [float(value) for value in values if value is not None]
    if not known:
        return None
    mean = math.fsum(known) / len(known)
    if len(known) == 1:
        return Estimate(mean, None)
    deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in known) / (len(known) - 1))
    student = STUDENT[len(known) - 2] if len(known) - 2 < len(STUDENT) else 1.96
    return Estimate(mean, student * deviation / math.sqrt(len(known)))


def summarise(figures: Iterable[Figures]) -> dict[str, Estimate | None]:
    rows = [each.named() for each in figures]
    return {name: estimate(row[name] for row in rows) for name in rows[0]}


@dataclass(frozen=True, slots=True)
class Difference:
    """A policy less the best other one, seed by seed: what both share, the luck of the draw, falls out."""

    rival: str
    row: Mapping[str, Estimate | None]


def differences(kept: Mapping[str, Sequence[Figures]]) -> dict[str, Difference]:
    """Each policy's, by name; the figures of all stand in the same order of seeds. Nothing with one policy alone."""
    kept_share = {name: estimate(one.promise_kept for one in rows) for name, rows in kept.items()}
    ranked = sorted(kept, key=lambda name: -one.mean if (one := kept_share[name]) else 1.0)
    return {
        name: Difference(rival, _less(kept[name], kept[rival]))
        for name in kept
        if (rival := next((other for other in ranked if other != name), None)) is not None
    }


def _less(ours: Sequence[Figures], theirs: Sequence[Figures]) -> dict[str, Estimate | None]:
    pairs = [(one.named(), other.named()) for one, other in zip(ours, theirs, strict=True)]
    return {
        key: estimate(
            float(mine) - float(yours)
            for one, other in pairs
            if (mine := one[key]) is not None and (yours := other[key]) is not None
        )
        for key in pairs[0][0]
    }
