"""Draws a world from a profile and a seed: first the customers' side, then the crew's, each from dice of its own.

Cases come in a gamma-mixed Poisson stream: in every slot the variance of the count is `over_dispersion` times its mean.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from random import Random
from typing import Any

from samehand.sim.profile import Profile, mean_exchange
from samehand.sim.rosters import make_crew
from samehand.sim.world import DAY, Case, Message, World

SLOT = 5.0
SLOTS_OF_A_WEEK = int(7 * DAY / SLOT)


def make_world(profile: Profile, seed: int) -> World:
    cases, messages, messages_of = _Customers(profile, Random(f"customers {seed}")).write()  # noqa: S311
    crew = make_crew(profile, Random(f"crew {seed}"))  # noqa: S311
    return World(profile.rules(), cases, messages, crew.consultants, crew.shifts, crew.breaks, crew.calls, messages_of)


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
        self.customers: list[int] = []
        self.traits: dict[int, tuple[str, float]] = {}

    def write(self) -> tuple[dict[int, Case], list[Message], dict[int, list[int]]]:
        cases: dict[int, Case] = {}
        messages: list[Message] = []
        messages_of: dict[int, list[int]] = {}
        for number, at in enumerate(self._openings()):
            case = cases[number] = self._case(at)
            first = len(messages)
            messages += self._messages(number, case)
            messages_of[number] = list(range(first, len(messages)))
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
                moment += dice.expovariate(rate) * SLOT
                if moment >= SLOT:
                    break
                yield round(slot * SLOT + moment, 3)

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
        topic, own_minute = self.profile.topics[case.topic], self.traits[case.customer][1]
        for index in range(self._draw(self.length_sums) + 1):
            work = self.dice.lognormvariate(math.log(topic["median_minutes"]), topic["sigma"])
            postscript = index > 0 and self.dice.random() < self.profile.postscript_share
            delay = self._delay() if not postscript else self.dice.expovariate(1 / self.profile.postscript_minutes)
            snap = min(max(self.dice.gauss(own_minute, 90.0), 0.0), DAY - 1)
            wake = self.dice.uniform(390.0, 480.0)
            later = self.profile.later_work if index else 1.0
            yield Message(
                number, index, postscript, round(work * later, 3), round(delay, 3), round(snap, 3), round(wake, 3)
            )

    def _delay(self) -> float:
        kind = self.profile.delays[self._draw(self.delay_sums)]
        return min(self.dice.lognormvariate(math.log(kind["median_minutes"]), kind["sigma"]), 60 * DAY)

    def _draw(self, sums: Sequence[float]) -> int:
        return min(bisect_right(sums, self.dice.random() * sums[-1]), len(sums) - 1)


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
