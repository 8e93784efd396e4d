"""A history and a base profile give a fitted profile, with the evidence for every word of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from samehand.sim.fitting.arrivals import CASES_OF_THE_DEFAULT_SHAPE, HOURS, scatter, shape_of_week
from samehand.sim.fitting.history import History, PastCase
from samehand.sim.fitting.people import Found, fit_people
from samehand.sim.fitting.shapes import habits, lean, log_normal, mixture, tail, trust_in
from samehand.sim.profile import Profile, mean_exchange
from samehand.sim.profile.files import INSIDE, RANGES

COUNTS_OF_THE_DEFAULT = 500.0
LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Evidence:
    """`trust` is from 0 (the default, nothing was seen) to 1 (all of it from the history)."""

    observations: int
    trust: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """`evidence` by word of the profile; what is not in it was not looked for and is the base's."""

    profile: Profile
    evidence: Mapping[str, Evidence]


def fit(history: History, base: Profile) -> Fitted:
    found: Found = {**_arrivals(history, base), **_kinds(history, base), **_exchanges(history, base)}
    found["messages_per_day"] = _volume(history, base, found)
    found.update(_works(history, base, found["topics"][0]))
    found.update(fit_people(history, base, found["topics"][0], found["languages"][0]))
    values: dict[str, Any] = {word: _possible(word, value) for word, (value, _, _) in found.items()}
    if sum(base.breaks) >= values.get("shift_minutes", base.shift_minutes):
        values["breaks"] = ()
    evidence = {word: Evidence(count, round(trust, 3)) for word, (_, count, trust) in found.items()}
    return Fitted(replace(base, subscribers=max(history.subscribers, 1), surges=(), **values), evidence)


def _possible(word: str, value: Any) -> Any:
    """Within what a profile may say: odd rows must not make a world that cannot be drawn."""
    if word in RANGES:
        low, high, _ = RANGES[word]
        return type(value)(min(max(value, low), high))
    if word == "topics":
        return {name: _possible_bell(one) for name, one in value.items()}
    return tuple(map(_possible_bell, value)) if word == "delays" else value


def _possible_bell(bell: Mapping[str, float]) -> dict[str, float]:
    """Shares, medians and sigmas."""
    return {word: min(max(value, INSIDE[word][0]), INSIDE[word][1]) for word, value in bell.items()}


def _arrivals(history: History, base: Profile) -> Found:
    begins, ends = history.begins, history.ends
    moments = history.openings()
    if not moments:
        return {"hour_of_week": (base.hour_of_week, 0, 0.0), "over_dispersion": (base.over_dispersion, 0, 0.0)}
    week = shape_of_week(moments, begins, ends, base)
    seen_hours = min(1.0, (ends - begins) / 60.0 / HOURS)
    trust = trust_in(len(moments), CASES_OF_THE_DEFAULT_SHAPE) * seen_hours
    return {"hour_of_week": (week, len(moments), trust), "over_dispersion": _scatter(history, base, moments)}


def _scatter(history: History, base: Profile, moments: Sequence[float]) -> tuple[float, int, float]:
    measured = scatter(moments, history.begins, history.ends)
    if measured is None:
        return base.over_dispersion, 0, 0.0
    trust = trust_in(measured[1], COUNTS_OF_THE_DEFAULT)
    return round(max(lean(measured[0], base.over_dispersion, trust), 1.0), 4), measured[1], trust


def _kinds(history: History, base: Profile) -> Found:
    cases = history.cases
    customers = {case.customer: case.language for case in cases}
    languages = _shares(customers.values()) or base.languages
    shape = habits(len(cases), len(customers), history.subscribers, base.returning)
    return {
        "topics": (_shares(case.topic for case in cases), len(cases), 1.0 if cases else 0.0),
        "languages": (languages, len(customers), 1.0 if customers else 0.0),
        "returning": (round(shape, 4), len(cases), trust_in(len(cases), 500.0)),
    }


def _shares(names: Any) -> dict[str, float]:
    counted = Counter(names)
    whole = sum(counted.values())
    return {name: round(count / whole, 5) for name, count in counted.most_common()}


def _exchanges(history: History, base: Profile) -> Found:
    longest = min(max([base.longest_exchange, *(case.messages for case in history.cases)]), LONGEST)
    ended, going_on = (_lengths(history.cases, longest, which) for which in (True, False))
    exponent = tail(ended, going_on, longest, base.exchange_tail)
    count, delays, added = len(history.cases), history.delays, history.postscripts
    apart = sum(added) / len(added) if added else base.postscript_minutes
    followups = len(delays) + len(added)
    share = len(added) / followups if followups else base.postscript_share
    trust = trust_in(len(added))
    return {
        "exchange_tail": (round(exponent, 4), count, trust_in(count)),
        "longest_exchange": (longest, count, 1.0) if longest > base.longest_exchange else (longest, 0, 0.0),
        "delays": (tuple(mixture(delays, base.delays)), len(delays), trust_in(len(delays))),
        "postscript_share": (
            round(lean(share, base.postscript_share, trust_in(followups)), 4),
            followups,
            trust_in(followups),
        ),
        "postscript_minutes": (
            round(max(lean(apart, base.postscript_minutes, trust), 0.01), 3),
            len(added),
            trust,
        ),
    }


def _lengths(cases: Sequence[PastCase], longest: int, ended: bool) -> Counter[int]:
    return Counter(min(max(case.messages, 1), longest) for case in cases if case.ended == ended)


def _volume(history: History, base: Profile, found: Found) -> tuple[float, int, float]:
    """From first messages: follow-ups of cases that go on are still to come."""
    days, openings = (history.ends - history.begins) / 1440.0, len(history.openings())
    if not openings:
        return base.messages_per_day, 0, 0.0
    mean = mean_exchange(found["exchange_tail"][0], found["longest_exchange"][0])
    # Less than a week does not show every hour: then the whole shape says how much a week is.
    a_day = sum(found["hour_of_week"][0]) / 7 if days < 7 else openings / days
    return round(a_day * mean, 3), openings, 1.0


def _works(history: History, base: Profile, shares: Mapping[str, float]) -> Found:
    first: dict[str, list[float]] = {}
    for work in history.works:
        if not work.is_followup:
            first.setdefault(work.topic, []).append(work.minutes)
    every = log_normal([one for own in first.values() for one in own], _usual(base))
    topics: dict[str, dict[str, float]] = {}
    for name, share in (shares or {name: one["share"] for name, one in base.topics.items()}).items():
        known = base.topics.get(name)
        default = (known["median_minutes"], known["sigma"]) if known else every
        middle, sigma = log_normal(first.get(name, ()), default)
        topics[name] = {"share": share, "median_minutes": round(middle, 3), "sigma": round(sigma, 4)}
    count = sum(map(len, first.values()))
    return {
        "topics": (topics, count, trust_in(count / max(len(topics), 1))),
        "later_work": _later(history, base, topics),
    }


def _usual(base: Profile) -> tuple[float, float]:
    kinds = base.topics.values()
    whole = sum(one["share"] for one in kinds)
    return (
        sum(one["share"] * one["median_minutes"] for one in kinds) / whole,
        sum(one["share"] * one["sigma"] for one in kinds) / whole,
    )


def _later(history: History, base: Profile, topics: Mapping[str, Mapping[str, float]]) -> tuple[float, int, float]:
    """How much shorter a follow-up is than a first message of its topic, for somebody who knows the case."""
    ratios = [
        work.minutes / topics[work.topic]["median_minutes"]
        for work in history.works
        if work.is_followup and work.knew and work.topic in topics
    ]
    middle, _ = log_normal(ratios, (base.later_work, 0.7)) if base.later_work > 0 else (0.0, 0.0)
    return round(middle, 4), len(ratios), trust_in(len(ratios))
