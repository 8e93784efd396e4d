"""The customers' side of the weeks that are asked about: drawn once a seed, then met by every crew.

Customers write again days later, so an operator's Monday is full of old cases. Simulating weeks for that would cost
more than the question; instead the weeks before are walked through as if all had been answered after ten minutes,
and what is left of their cases is taken over. What is lost: who answered them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from samehand.sim.making import make_world
from samehand.sim.profile import Profile
from samehand.sim.world import DAY, Case, Message, Rules, World, next_arrival

HISTORY_DAYS = 14
ANSWERED_BEFORE_DUE = 20.0


def customers_of(profile: Profile, seed: int, days: int, first_day: int = HISTORY_DAYS) -> World:
    """`days` from the first (a Monday, after the history) on, and one day more in which what came is answered."""
    last = first_day + days
    drawn = make_world(replace(profile, days=last + 1, warm_days=0, people=1, surges=()), seed)
    rules = replace(drawn.rules, measured_from=first_day * DAY, measured_to=last * DAY)
    begin = first_day * DAY - (DAY - rules.close_min)
    cases: dict[int, Case] = {}
    numbers_of: dict[int, Sequence[int]] = {}
    for number, case in drawn.cases.items():
        if case.opened_at >= last * DAY:
            continue
        numbers, at = _left(drawn.messages, drawn.messages_of[number], case.opened_at, begin, rules)
        if numbers:
            cases[number], numbers_of[number] = case._replace(opened_at=at), numbers
    return replace(
        drawn, rules=rules, cases=cases, messages_of=numbers_of, consultants={}, shifts=(), breaks=(), calls=()
    )


def _left(
    messages: Sequence[Message], numbers: Sequence[int], opened_at: float, begin: float, rules: Rules
) -> tuple[Sequence[int], float]:
    """The messages of a case that come after `begin`, and when the first of them does."""
    at = opened_at
    for place in range(len(numbers)):
        if at >= begin:
            return numbers[place:], at
        if place + 1 < len(numbers):
            following = messages[numbers[place + 1]]
            answered = max(at, rules.due(at) - ANSWERED_BEFORE_DUE)
            at = at + following.delay if following.is_postscript else next_arrival(following, answered)
    return (), at
