"""Draws a world from a profile and a seed: first the customers' side, then the crew's, each from dice of its own.

Cases come in a gamma-mixed Poisson stream: in every slot the variance of the count is `over_dispersion` times its mean.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from random import Random
from statistics import NormalDist
from typing import Any

from samehand.sim.garbage import no_collector
from samehand.sim.profile import Profile, mean_exchange
from samehand.sim.rosters import make_crew
from samehand.sim.world import DAY, LONGEST_DELAY_OF_THE_SAME_SITTING, Case, Message, World

SLOT = 5.0
SLOTS_OF_A_WEEK = int(7 * DAY / SLOT)


def make_world(profile: Profile, seed: int) -> World:
    with no_collector():
        cases, messages, messages_of = _Customers(profile, Random(f"customers {seed}")).write()  # noqa: S311
        crew = make_crew(profile, Random(f"crew {seed}"))  # noqa: S311
    return World(
        profile.rules(),
        cases,
        messages,
        crew.consultants,
        crew.shifts,
        crew.breaks,
        crew.calls,
        messages_of,
        frozenset(crew.leave),
        crew.planned_breaks,
    )


class _Customers:
    def __init__(self, profile: Profile, dice: Random) -> None:
        self.profile, self.dice = profile, dice
        self.topics, self.languages = list(profile.topics), list(profile.languages)
        self.topic_sums = list(accumulate(topic["share"] for topic in profile.topics.values()))
        self.language_sums = list(accumulate(profile.languages.values()))
        self.delay_sums = list(accumulate(delay["share"] for delay in profile.delays))
        weights = [length**-profile.exchange_tail for length in range(1, profile.longest_exchange + 1)]
        self.length_sums = list(accumulate(weights))
        self.mean_length = mean_exchange(profile.exchange_tail, profile.longest_exchange)
        # Three times as fast as the dice's own bell curve.
        self.normal = NormalDist().inv_cdf
        self.works = {name: _bell(topic) for name, topic in profile.topics.items()}
        self.waits = [_bell(delay) for delay in profile.delays]
        self.customers: list[int] = []
        self.traits: dict[int, tuple[str, float]] = {}

    def write(self) -> tuple[dict[int, Case], list[Message], dict[int, range]]:
        cases: dict[int, Case] = {}
        messages: list[Message] = []
        messages_of: dict[int, range] = {}
        for number, at in enumerate(self._openings()):
            case = cases[number] = self._case(at)
            first = len(messages)
            messages += self._messages(number, case)
            messages_of[number] = range(first, len(messages))
        return cases, messages, messages_of

    def _openings(self) -> Iterator[float]:
        """Times of first messages."""
        dice, spread = self.dice, self.profile.over_dispersion - 1.0
        for slot, mean in enumerate(_means(self.profile, self.mean_length)):
            if mean <= 0:
                continue
            rate = dice.gammavariate(mean / spread, spread) if spread > 0 else mean
            moment = 0.0
            while rate > 0:
                moment -= math.log(1 - dice.random()) / rate * SLOT
                if moment >= SLOT:
                    break
                yield slot * SLOT + moment

    def _case(self, at: float) -> Case:
        customer = self._customer()
        if customer not in self.traits:
            self.traits[customer] = (self.languages[self._draw(self.language_sums)], at % DAY)
        return Case(customer, self.topics[self._draw(self.topic_sums)], self.traits[customer][0], at)

    def _customer(self) -> int:
        """Somebody from before as often as she wrote, or anybody: gamma-spread habits without a table of them all."""
        before, known = len(self.customers), self.profile.returning * self.profile.subscribers
        chosen = (
            self.dice.choice(self.customers)
            if before and self.dice.random() < before / (before + known)
            else self.dice.randrange(self.profile.subscribers)
        )
        self.customers.append(chosen)
        return chosen

    def _messages(self, number: int, case: Case) -> Iterator[Message]:
        random, normal, profile = self.dice.random, self.normal, self.profile
        middle, sigma, own_minute = *self.works[case.topic], self.traits[case.customer][1]
        for index in range(self._draw(self.length_sums) + 1):
            work = math.exp(middle + sigma * normal(random() or 0.5))
            if not index:
                yield Message(number, 0, False, work, 0.0, 0.0, 0.0)
                continue
            work *= profile.later_work
            if random() < profile.postscript_share:
                yield Message(number, index, True, work, -math.log(1 - random()) * profile.postscript_minutes, 0.0, 0.0)
                continue
            delay, snap, wake = self._delay(), 0.0, 0.0
            if delay <= LONGEST_DELAY_OF_THE_SAME_SITTING:
                wake = 390.0 + 90.0 * random()
            else:
                snap = min(max(own_minute + 90.0 * normal(random() or 0.5), 0.0), DAY - 1)
            yield Message(number, index, False, work, delay, snap, wake)

    def _delay(self) -> float:
        middle, sigma = self.waits[self._draw(self.delay_sums)]
        return min(math.exp(middle + sigma * self.normal(self.dice.random() or 0.5)), 60 * DAY)

    def _draw(self, sums: Sequence[float]) -> int:
        return min(bisect_right(sums, self.dice.random() * sums[-1]), len(sums) - 1)


def _bell(kind: Mapping[str, float]) -> tuple[float, float]:
    """Mean and sigma of the logarithms."""
    return math.log(kind["median_minutes"]), kind["sigma"]


def _means(profile: Profile, mean_length: float) -> Iterator[float]:
    """Expected new cases in each slot from the first day to the last."""
    week = profile.hour_of_week or [day * hour for day in profile.weekdays for hour in profile.hours]
    slots_of_an_hour = int(60 / SLOT)
    scale = profile.messages_per_day * 7 / mean_length / (sum(week) * slots_of_an_hour)
    for slot in range(int(profile.days * DAY / SLOT)):
        yield week[slot % SLOTS_OF_A_WEEK // slots_of_an_hour] * scale * _surge(profile.surges, slot * SLOT)


def _surge(surges: Sequence[dict[str, Any]], at: float) -> float:
    factor = 1.0
    for surge in surges:
        begins = surge["day"] * DAY + surge["minute"]
        if begins <= at < begins + surge["minutes"]:
            factor *= surge["factor"]
    return factor
