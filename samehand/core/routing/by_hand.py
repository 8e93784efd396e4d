"""What people do beside the engine: somebody else answers, a work is laid down, a message comes back into line."""

from __future__ import annotations

from samehand.core.routing.engine import Engine
from samehand.core.routing.keeping import Turn, _message
from samehand.core.routing.people import Person
from samehand.core.routing.waiting import Message


def comes_back(
    engine: Engine, now: float, *, message: int, case: int, customer: int, topic: str, language: str, due: float,
    urgent: bool = False,
) -> None:  # fmt: skip
    """It waits again although its customer has not written: an answer never arrived, or somebody laid it down."""
    back = Message(message, engine.board.case(case, customer), (topic, language), now, due, urgent=urgent)
    engine.holding.begin(back, now)
    engine._came[message] = back


def puts(engine: Engine, turn: Turn) -> None:
    """It waits as it is told: for whom somebody said, and so long."""
    message = _message(engine, turn)
    engine.board.keep(message)
    engine._came[message.id] = message


def owes_again(engine: Engine, consultant: int, message: int, due: float) -> None:
    """The customer wrote again while she was at it, although she has had a first word."""
    person = engine.board.people[consultant]
    if person.work and person.work.id == message:
        person.work.due, person.word_is_out = due, False
        engine._turn(person)


def reconsider(engine: Engine, now: float, messages: list[int]) -> None:
    """The people for whom they are kept are there at other hours than was thought."""
    for message in sorted((engine.board.messages[one] for one in messages), key=lambda one: one.rank):
        engine.holding.reconsider(message, now)
        engine._came[message.id] = message


def lays_down(engine: Engine, consultant: int, message: int) -> None:
    """She does not go on with it; nothing is learned of it. What she had put aside for it is taken up again."""
    person = engine.board.people[consultant]
    if person.aside and person.aside.id == message:
        person.aside = None
    elif person.work and person.work.id == message:
        person.was_put_aside = person.aside is not None
        person.work, person.aside, person.word_is_out = person.aside, None, True
        if person.work is None:
            person.state = "off"
    engine._turn(person)


def answered(engine: Engine, now: float, *, case: int, customer: int, consultant: int) -> None:
    """She answered in the case although it was not given to her: from now on she knows the customer."""
    found = engine.board.case(case, customer)
    if consultant not in found.seen:
        found.seen.append(consultant)
    found.last_done = now
    known = found.customer.known
    if consultant in known:
        known.remove(consultant)
    known.append(consultant)


def is_idle(person: Person) -> bool:
    """Her hands are empty and she is on duty: what she does next is hers to say."""
    return person.work is None and person.on_duty and person.state == "off"
