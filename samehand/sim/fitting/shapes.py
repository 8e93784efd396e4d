"""The distributions of one figure: log-normals, their mixtures, the tail of exchanges, returning customers.

Each takes the default as so many observations more, so that little data moves it little.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from statistics import median

OBSERVATIONS_OF_THE_DEFAULT = 20.0
BIN = 0.05
ROUNDS = 200
SMALLEST = 1e-3
MAD_TO_SIGMA = 1.4826
# Share, mean and sigma of the logarithms.
Part = tuple[float, float, float]


def trust_in(observations: float, default: float = OBSERVATIONS_OF_THE_DEFAULT) -> float:
    return observations / (observations + default)


def lean(own: float, default: float, trust: float) -> float:
    return trust * own + (1 - trust) * default


def log_normal(minutes: Sequence[float], default: tuple[float, float]) -> tuple[float, float]:
    """Median and sigma; from the median and the median deviation, so that a mail left open over lunch counts little."""
    logs = [math.log(one) for one in minutes if one > SMALLEST]
    if not logs:
        return default
    trust, middle = trust_in(len(logs)), median(logs)
    sigma = MAD_TO_SIGMA * median(abs(one - middle) for one in logs)
    return math.exp(lean(middle, math.log(default[0]), trust)), lean(sigma, default[1], trust)


def mixture(minutes: Sequence[float], default: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    """As many log-normals as the default has, by expectation and maximisation over a histogram of the logarithms."""
    bins = Counter(round(math.log(max(one, SMALLEST)) / BIN) for one in minutes)
    seen = [(place * BIN, count) for place, count in sorted(bins.items())]
    whole = sum(one["share"] for one in default)
    prior = [(one["share"] / whole, math.log(one["median_minutes"]), max(one["sigma"], 0.05)) for one in default]
    parts = prior
    for _ in range(ROUNDS if seen else 0):
        before, parts = parts, _better(seen, parts, prior)
        if _settled(parts, before):
            break
    return [
        {"share": round(share, 4), "median_minutes": round(math.exp(mean), 3), "sigma": round(sigma, 4)}
        for share, mean, sigma in parts
    ]


def _settled(parts: Sequence[Part], before: Sequence[Part]) -> bool:
    return all(abs(new[n] - old[n]) < 1e-5 for new, old in zip(parts, before, strict=True) for n in range(3))


def _better(seen: Sequence[tuple[float, int]], parts: Sequence[Part], prior: Sequence[Part]) -> list[Part]:
    weight = [share * OBSERVATIONS_OF_THE_DEFAULT for share, _, _ in prior]
    first = [own * mean for own, (_, mean, _) in zip(weight, prior, strict=True)]
    second = [own * (mean * mean + sigma * sigma) for own, (_, mean, sigma) in zip(weight, prior, strict=True)]
    for value, count in seen:
        likely = [
            share / sigma * math.exp(-0.5 * ((value - mean) / sigma) ** 2) + 1e-300 for share, mean, sigma in parts
        ]
        whole = sum(likely)
        for index, one in enumerate(likely):
            part = count * one / whole
            weight[index] += part
            first[index] += part * value
            second[index] += part * value * value
    everything = sum(weight)
    return [
        (own / everything, mean, math.sqrt(max(square / own - mean * mean, 0.0025)))
        for own, square, mean in ((w, s, f / w) for w, f, s in zip(weight, first, second, strict=True))
    ]


def tail(ended: Mapping[int, int], going_on: Mapping[int, int], longest: int, default: float) -> float:
    """Zipf's exponent by maximum likelihood. A case that goes on says only that it is at least so long."""
    lengths = range(1, longest + 1)
    sure = OBSERVATIONS_OF_THE_DEFAULT
    before = [math.pow(n, -default) for n in lengths]
    mean_log = sum(math.log(n) * weight for n, weight in zip(lengths, before, strict=True)) / sum(before)
    told = sure * mean_log + sum(count * math.log(n) for n, count in ended.items())
    cases = sure + sum(ended.values()) + sum(going_on.values())

    def likelihood(exponent: float) -> float:
        weights = [math.pow(n, -exponent) for n in lengths]
        left = sum(count * math.log(math.fsum(weights[min(n, longest) - 1 :])) for n, count in going_on.items())
        return left - exponent * told - cases * math.log(math.fsum(weights))

    return highest(likelihood, 1.01, 8.0)


def highest(of: Callable[[float], float], low: float, high: float) -> float:
    """Where a function with one hill is highest: golden section."""
    ratio = (math.sqrt(5) - 1) / 2
    left, right = high - ratio * (high - low), low + ratio * (high - low)
    at_left, at_right = of(left), of(right)
    while high - low > 1e-4:
        if at_left >= at_right:
            high, right, at_right = right, left, at_left
            left = high - ratio * (high - low)
            at_left = of(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + ratio * (high - low)
            at_right = of(right)
    return (low + high) / 2


def habits(cases: int, customers: int, subscribers: int, default: float) -> float:
    """The gamma's shape at which so many cases come from so many customers; larger means fewer come back."""
    if cases < 2 or customers < 1:
        return default
    low, high = 1e-6, 1e3
    while high / low > 1.001:
        middle = math.sqrt(low * high)
        if _customers_expected(cases, middle * subscribers, subscribers) < customers:
            low = middle
        else:
            high = middle
    trust = trust_in(cases, 500.0)
    return math.exp(lean(math.log(math.sqrt(low * high)), math.log(default), trust))


def _customers_expected(cases: int, known: float, subscribers: int) -> float:
    drawn = known * math.log1p(cases / known)
    return subscribers * -math.expm1(-drawn / subscribers)
