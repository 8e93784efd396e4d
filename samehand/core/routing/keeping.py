"""The engine's memory as values, for a desk that keeps it in rows: `kept(engine)`, and `restored` to go on from there.

What is restored may be a part of the whole: an event touches the people, the messages in hand or aside, the messages
that are kept for those whom it concerns, and the earliest of the queues of their skills. `learned` is plain JSON.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from samehand.core.routing.engine import Engine
from samehand.core.routing.people import Person
from samehand.core.routing.values import Colleague, Rules, State
from samehand.core.routing.waiting import Case, Customer, Message, Stage


@dataclass(frozen=True, slots=True)
class Standing:
    """A consultant at a moment; `until` is the end of the shift she is on, `rests` counts its breaks.

    `in_hand`, `aside` and `also` (in hand beside it) are messages.
    """

    consultant: int
    state: State = "off"
    since: float = 0.0
    on_duty: bool = False
    until: float = 0.0
    absent_day: int = -9
    in_hand: int | None = None
    began: float = 0.0
    word_is_out: bool = False
    aside: int | None = None
    was_put_aside: bool = False
    also: tuple[int, ...] = ()
    rests: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """Of a customer: who answered her, the latest last, at which minutes of the day she last wrote, and when last."""

    customer: int
    known: tuple[int, ...] = ()
    minutes: tuple[float, ...] = ()
    last: float = 0.0


@dataclass(frozen=True, slots=True)
class Seen:
    """Of a case: who answered in it, the owner first, when it was last answered and last written in."""

    case: int
    customer: int
    seen: tuple[int, ...] = ()
    last_done: float | None = None
    last: float = 0.0


@dataclass(frozen=True, slots=True)
class Turn:
    """A message that waits, or that somebody has in hand or aside; fields as in waiting.Message.

    In a queue the urgent stand before all others, then the earlier `due`, then the smaller `message`.
    """

    message: int
    case: int
    customer: int
    topic: str
    language: str
    arrived: float
    due: float
    stage: Stage = "all"
    until: float = 0.0
    bar: float = 0.0
    owner: int | None = None
    circle: tuple[int, ...] = ()
    urgent: bool = False
    only_for: int | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    people: tuple[Standing, ...] = ()
    waiting: tuple[Turn, ...] = ()
    works: tuple[Turn, ...] = ()
    cases: tuple[Seen, ...] = ()
    customers: tuple[Known, ...] = ()
    learned: dict[str, Any] = field(default_factory=dict)


def kept(engine: Engine) -> Memory:
    """What the engine remembers; asked after `decide`, when no event is left to be decided on."""
    board = engine.board
    works = (work for person in board.people.values() for work in person.works())
    return Memory(
        tuple(_standing(person) for person in board.people.values()),
        tuple(_turn(message) for message in board.messages.values()),
        tuple(_turn(message) for message in works),
        tuple(Seen(one.id, one.customer.id, tuple(one.seen), one.last_done, one.last) for one in board.cases.values()),
        tuple(Known(one.id, tuple(one.known), tuple(one.minutes), one.last) for one in board.customers.values()),
        {
            "pace": engine.foresight.pace.kept(),
            "rests": engine.foresight.rests.kept(),
            "habits": engine.fit.habits.kept(),
        },
    )


def restored(crew: Iterable[Colleague], rules: Rules, memory: Memory) -> Engine:
    """An engine that goes on where that of the memory stopped: the same events give the same decisions.

    Messages of a case, and cases of a customer, that the memory does not name begin as unknown.
    """
    engine = Engine(crew, rules)
    if memory.learned:
        engine.foresight.pace.restore(memory.learned["pace"])
        engine.foresight.rests.restore(memory.learned["rests"])
        engine.fit.habits.restore(memory.learned["habits"])
    _restore_cases(engine, memory)
    works = {turn.message: _message(engine, turn) for turn in memory.works}
    for standing in memory.people:
        if person := engine.board.people.get(standing.consultant):
            _restore_person(person, standing, works)
            engine.board.note(person)
    for turn in memory.waiting:
        engine.board.keep(_message(engine, turn))
    return engine


def _restore_cases(engine: Engine, memory: Memory) -> None:
    board = engine.board
    for one in memory.customers:
        board.customers[one.customer] = Customer(one.customer, list(one.known), list(one.minutes), last=one.last)
    for seen in memory.cases:
        customer = board.customers.setdefault(seen.customer, Customer(seen.customer))
        board.cases[seen.case] = Case(seen.case, customer, list(seen.seen), seen.last_done, seen.last)


def _restore_person(person: Person, standing: Standing, works: dict[int, Message]) -> None:
    person.state, person.since, person.absent_day = standing.state, standing.since, standing.absent_day
    person.on_duty, person.until = standing.on_duty, standing.until
    person.work = None if standing.in_hand is None else works[standing.in_hand]
    person.aside = None if standing.aside is None else works[standing.aside]
    person.work_began, person.word_is_out = standing.began, standing.word_is_out
    person.was_put_aside, person.rests = standing.was_put_aside, standing.rests
    person.also = {one: works[one] for one in standing.also}


def _message(engine: Engine, turn: Turn) -> Message:
    case = engine.board.case(turn.case, turn.customer)
    return Message(
        turn.message, case, (turn.topic, turn.language), turn.arrived, turn.due,
        turn.stage, turn.owner, turn.circle, turn.until, turn.bar, turn.urgent, turn.only_for,
    )  # fmt: skip


def _turn(one: Message) -> Turn:
    return Turn(
        one.id, one.case.id, one.case.customer.id, *one.key, one.arrived, one.due,
        one.stage, one.until, one.bar, one.owner, one.circle, one.urgent, one.only_for,
    )  # fmt: skip


def _standing(one: Person) -> Standing:
    return Standing(
        one.id, one.state, one.since, one.on_duty, one.until, one.absent_day,
        _id(one.work), one.work_began, one.word_is_out, _id(one.aside), one.was_put_aside,
        tuple(one.also), one.rests,
    )  # fmt: skip


def _id(message: Message | None) -> int | None:
    return message.id if message else None
