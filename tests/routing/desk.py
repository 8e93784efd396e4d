"""Anna, Marek and Ewa behind a desk whose events the tests tell."""

from __future__ import annotations

from typing import Any

from samehand.core.routing import Colleague, Engine, Give, Rules

ANNA, MAREK, EWA = 1, 2, 3
EIGHT, TWO, TEN = 480.0, 840.0, 1320.0
RULES = Rules()


def colleague(one: int, start: float, end: float, topics: str = "general", tongues: str = "PL") -> Colleague:
    shifts = {day: ((day * 1440 + start, day * 1440 + end),) for day in range(7)}
    return Colleague(one, frozenset(topics.split()), frozenset(tongues.split()), shifts)


def desk(*crew: Colleague, here: tuple[int, ...] = (ANNA, MAREK), now: float = EIGHT) -> Engine:
    """Anna and Marek work until ten in the evening, Ewa comes at two, unless a crew is given."""
    default = (colleague(ANNA, EIGHT, TEN), colleague(MAREK, EIGHT, TEN), colleague(EWA, TWO, TEN))
    engine = Engine(crew or default, RULES)
    for one in here:
        engine.on(now, one, TEN)
        engine.free(now, one)
    return engine


def writes(engine: Engine, now: float, message: int, case: int = 1, **what: Any) -> list[Give]:
    told = {"customer": 100 + case, "topic": "general", "language": "PL", "due": now + 30} | what
    engine.waits(now, message=message, case=case, **told)
    return engine.decide(now)


def ends(engine: Engine, now: float, one: int) -> list[Give]:
    engine.done(now, one)
    engine.free(now, one)
    return engine.decide(now)


def served(engine: Engine, now: float = EIGHT, message: int = 1, case: int = 1) -> int:
    """A case's first message is answered; the owner's id."""
    (give,) = writes(engine, now, message, case)
    assert ends(engine, now + 5, give.consultant) == []
    return give.consultant


def other(one: int) -> int:
    return MAREK if one == ANNA else ANNA


def who(gives: list[Give]) -> list[tuple[int, int, str]]:
    return [(give.message, give.consultant, give.reason) for give in gives]


def wakes(engine: Engine) -> tuple[float, list[Give]]:
    """Ask at each moment that the engine named until it gives something."""
    while (moment := engine.wake()) is not None:
        if gives := engine.decide(moment):
            return moment, gives
    return 0.0, []
