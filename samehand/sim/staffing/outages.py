"""The mail of an outage, on top of the usual: who writes because of it, and what a notice makes of that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from samehand.sim.making import make_world
from samehand.sim.profile import Profile
from samehand.sim.running import Log
from samehand.sim.staffing.crews import HOUR, HOURS_OF_A_WEEK
from samehand.sim.world import DAY, Case, Message, World, next_arrival

OTHER_DICE = 1_000_000


@dataclass(frozen=True, slots=True)
class Outage:
    """From the minute `at` of the day on, for so many `minutes`, `factor` times the usual mail.

    A banner is up `banner_after` minutes and keeps the share `deflects` of those who would write from writing; the
    mass answer goes out `answer_after` minutes to all that wait because of it, then at once to whoever still writes.
    """

    factor: float = 8.0
    at: float = 600.0
    minutes: float = 60.0
    topic: str = ""
    banner_after: float = 10.0
    deflects: float = 0.5
    answer_after: float = 20.0


@dataclass(frozen=True, slots=True)
class Struck:
    """A world with an outage, and the cases that are there because of it."""

    world: World
    cases: frozenset[int]
    begins: float


@dataclass(frozen=True, slots=True)
class Mass:
    """When messages that a mass answer settled came, and when they were answered."""

    settled: tuple[tuple[float, float], ...]


def strike(customers: World, profile: Profile, outage: Outage, seed: int, day: int) -> Struck:
    """The usual customers write as ever; those of the outage come besides, so both worlds can be compared."""
    begins = day * DAY + outage.at
    extra = _extra(profile, outage, seed, begins)
    messages, cases, numbers_of = list(customers.messages), dict(customers.cases), dict(customers.messages_of)
    following = max(cases, default=-1) + 1
    for number, case in extra.cases.items():
        if begins <= case.opened_at < begins + outage.minutes:
            first = len(messages)
            messages += [extra.messages[each]._replace(case=following) for each in extra.messages_of[number]]
            cases[following] = case._replace(customer=case.customer + profile.subscribers)
            numbers_of[following] = range(first, len(messages))
            following += 1
    world = replace(customers, messages=messages, cases=cases, messages_of=numbers_of)
    return Struck(world, frozenset(cases.keys() - customers.cases.keys()), begins)


def _extra(profile: Profile, outage: Outage, seed: int, begins: float) -> World:
    usual = profile.hour_of_week or [day * hour for day in profile.weekdays for hour in profile.hours]
    first, last = int(begins // HOUR), int((begins + outage.minutes - 1e-6) // HOUR)
    touched = {hour % HOURS_OF_A_WEEK for hour in range(first, last + 1)}
    shape = tuple(weight if hour in touched else 0.0 for hour, weight in enumerate(usual))
    topic = outage.topic if outage.topic in profile.topics else likely_topic(profile)
    mails = profile.messages_per_day * (outage.factor - 1.0) * sum(shape) / sum(usual)
    changed = replace(
        profile,
        days=int(begins // DAY) + 2,
        hour_of_week=shape,
        messages_per_day=mails,
        topics={topic: {**profile.topics[topic], "share": 1.0}},
        people=1,
        skills=(),
        surges=(),
    )
    if not sum(shape) or mails <= 0:
        return make_world(replace(changed, days=1, messages_per_day=0.0, hour_of_week=(1.0,) * HOURS_OF_A_WEEK), seed)
    return make_world(changed, seed + OTHER_DICE)


def likely_topic(profile: Profile) -> str:
    return (
        "technical" if "technical" in profile.topics else max(profile.topics, key=lambda t: profile.topics[t]["share"])
    )


def with_banner(struck: Struck, outage: Outage, seed: int) -> Struck:
    """Some of those who would have written once the banner is up do not. Each keeps her own die, whatever the share."""
    dice = Random(f"banner {seed}")  # noqa: S311
    up = struck.begins + outage.banner_after
    chances = {case: dice.random() for case in sorted(struck.cases)}
    silent = {
        case for case in struck.cases if struck.world.cases[case].opened_at >= up and chances[case] < outage.deflects
    }
    return replace(struck, world=_without(struck.world, silent), cases=struck.cases - silent)


def with_mass_answer(struck: Struck, outage: Outage, log: Log) -> tuple[Struck, Mass]:
    """`log` is the same outage without the answer: what nobody had begun there by the time it goes out, it settles.

    Until then the two runs are one: what waits untouched in a queue changes nothing for those before it."""
    sent = struck.begins + outage.answer_after
    begun = {struck.world.messages[number].case for at, _, number in log.starts if at < sent}
    cases, numbers_of, settled = dict(struck.world.cases), dict(struck.world.messages_of), []
    for case in struck.cases - begun:
        opened = cases[case].opened_at
        answered = max(opened, sent)
        settled.append((opened, answered))
        numbers = numbers_of[case]
        left, at = _later(struck.world.messages, numbers, opened, answered, settled)
        if left:
            cases[case], numbers_of[case] = cases[case]._replace(opened_at=at), left
        else:
            del cases[case], numbers_of[case]
    return replace(struck, world=replace(struck.world, cases=cases, messages_of=numbers_of)), Mass(
        tuple(sorted(settled))
    )


def _later(
    messages: Sequence[Message],
    numbers: Sequence[int],
    opened: float,
    answered: float,
    settled: list[tuple[float, float]],
) -> tuple[Sequence[int], float]:
    """What is left of a case after the mass answer, and when it comes; what was added before belongs to the answer."""
    for place in range(1, len(numbers)):
        message = messages[numbers[place]]
        if not message.is_postscript:
            return numbers[place:], next_arrival(message, answered)
        opened += message.delay
        if opened >= answered:
            return numbers[place:], opened
        settled.append((opened, answered))
    return (), answered


def _without(world: World, gone: set[int]) -> World:
    cases: dict[int, Case] = {number: case for number, case in world.cases.items() if number not in gone}
    return replace(world, cases=cases, messages_of={number: world.messages_of[number] for number in cases})
