"""Erlang's two queues, as a sanity check beside the simulation.

Both mislead for mail. Nobody waits at the line, so mail may be shifted within its half hour, which Erlang does not
know; and what came at night lies there in the morning, follow-ups come when answers went out, arrivals are more
uneven than Poisson, and calls and breaks interrupt, all of which Erlang leaves out. The first makes it ask for too
many, the rest for too few: its number is right by accident, if it is.

`load` is in erlangs (arrivals a minute times minutes each), times are in the same unit as `handling`.
A: Baccelli and Hebuterne 1981, as in Mandelbaum and Zeltyn, The Palm/Erlang-A Queue.
"""

from __future__ import annotations

import math

MOST = 1_000_000
STEPS = 400


def blocked(people: int, load: float) -> float:
    """Erlang B, by the recursion that neither overflows nor loses digits."""
    share = 1.0
    for one in range(1, people + 1):
        share = load * share / (one + load * share)
    return share


def waits(people: int, load: float) -> float:
    """Erlang C: the share that does not get somebody at once; 1 when the load is too much for so many people."""
    if load >= people:
        return 1.0
    lost = blocked(people, load)
    return people * lost / (people - load * (1.0 - lost))


def within(people: int, load: float, handling: float, limit: float) -> float:
    """Erlang C: the share that waits at most `limit`."""
    if load >= people:
        return 0.0
    return 1.0 - waits(people, load) * math.exp(-(people - load) * limit / handling)


def mean_wait(people: int, load: float, handling: float) -> float:
    return waits(people, load) * handling / (people - load) if load < people else math.inf


def impatient_within(people: int, load: float, handling: float, patience: float, limit: float) -> float:
    """Erlang A: the share for whom somebody would be there within `limit`, when others lose patience meanwhile."""
    if load <= 0 or people < 1:
        return float(load <= 0)
    queue = _Impatient(people, load, handling, patience)
    return max(0.0, 1.0 - queue.waiting * queue.weight(limit) / queue.weight(0.0))


def gives_up(people: int, load: float, handling: float, patience: float) -> float:
    """Erlang A: the share that leaves before it is served."""
    if load <= 0 or people < 1:
        return float(load > 0)
    queue = _Impatient(people, load, handling, patience)
    # Whoever waits is served at the full rate of all people, but for the moments in which the queue empties.
    served = people / load * (1.0 - queue.at_once * handling / (people * queue.weight(0.0)))
    return max(0.0, queue.waiting * (1.0 - served))


def needed(load: float, handling: float, limit: float, target: float, patience: float | None = None) -> int:
    """The fewest people with whom the share `target` gets somebody within `limit`; Erlang A with a `patience`."""
    if load <= 0:
        return 0
    few, many = 0, max(1, math.ceil(load))
    while not _reaches(many, load, handling, limit, target, patience):
        few, many = many, many * 2
        if many > MOST:
            return MOST
    while many - few > 1:
        middle = (few + many) // 2
        if _reaches(middle, load, handling, limit, target, patience):
            many = middle
        else:
            few = middle
    return many


def _reaches(people: int, load: float, handling: float, limit: float, target: float, patience: float | None) -> bool:
    if patience is None:
        return within(people, load, handling, limit) >= target
    return impatient_within(people, load, handling, patience, limit) >= target


class _Impatient:
    """The queue of Erlang A. Weights are divided by that of the likeliest wait, which may be beyond any float."""

    def __init__(self, people: int, load: float, handling: float, patience: float) -> None:
        self.arrivals, self.service, self.patience = load / handling, people / handling, patience
        self.likeliest = max(0.0, patience * math.log(load / people))
        self.highest = self._log_density(self.likeliest)
        self.at_once = math.exp(-self.highest)
        somebody_free = blocked(people - 1, load)
        mass = self.arrivals * self.weight(0.0)
        self.waiting = mass * somebody_free / (self.at_once + mass * somebody_free)

    def weight(self, since: float) -> float:
        """Of the offered waits longer than `since`: Simpson's rule over the span in which the density lives."""
        top = max(since, self.likeliest)
        start, end = self._falls(top, since), self._falls(top, math.inf)
        step = (end - start) / STEPS
        factors = (1 if n in (0, STEPS) else 4 if n % 2 else 2 for n in range(STEPS + 1))
        values = (math.exp(self._log_density(start + n * step) - self.highest) for n in range(STEPS + 1))
        return math.fsum(f * v for f, v in zip(factors, values, strict=True)) * step / 3.0

    def _falls(self, top: float, towards: float) -> float:
        """Where the density is too small to matter, between its top and `towards`."""
        lowest = self._log_density(top) - 40.0
        if towards == math.inf:
            towards = top + 40.0 / self.service
            while self._log_density(towards) > lowest:
                towards += 2.0 * (towards - top)
        elif self._log_density(towards) >= lowest:
            return towards
        inside, outside = top, towards
        for _ in range(50):
            middle = (inside + outside) / 2.0
            inside, outside = (middle, outside) if self._log_density(middle) > lowest else (inside, middle)
        return outside

    def _log_density(self, wait: float) -> float:
        return -self.arrivals * self.patience * math.expm1(-wait / self.patience) - self.service * wait
