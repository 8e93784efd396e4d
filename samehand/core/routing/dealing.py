"""Who begins with what, of those who turned to something else and of the messages that came or moved on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from samehand.core.routing.board import Board
from samehand.core.routing.fitting import Fit
from samehand.core.routing.foreseeing import Foresight
from samehand.core.routing.holding import Holding
from samehand.core.routing.people import Person
from samehand.core.routing.picking import Picking
from samehand.core.routing.values import Colleague, Give, Hold, HoldReason, Rules
from samehand.core.routing.waiting import KEPT, Message, Stage

Some = TypeVar("Some", Message, Person)
REASONS: dict[Stage, HoldReason] = {
    "only": "assigned", "owner": "owner", "circle": "second", "fits": "fits", "near": "fits",
}  # fmt: skip


class Dealing:
    """What an engine remembers, and what it decides by; `Engine` tells it what happens."""

    def __init__(self, crew: Iterable[Colleague], rules: Rules | None = None) -> None:
        self.rules = rules or Rules()
        self.board = Board(crew)
        self.fit = Fit(self.board, self.rules)
        self.foresight = Foresight(self.rules)
        self.holding = Holding(self.board, self.fit, self.foresight, self.rules)
        self.picking = Picking(self.board, self.fit, self.rules)
        self._came: dict[int, Message] = {}
        self._turned: dict[int, Person] = {}

    def decide(self, now: float) -> list[Give]:
        """Who begins with what, now; each is given once."""
        gives: list[Give] = []
        while (message := self.board.reminded(now)) is not None:
            self.holding.advance(message, now)
            self._came[message.id] = message
        if self._turned:
            for person in _taken(self._turned):
                self._offer(person, now, gives)
        if self._came:
            for message in _taken(self._came):
                if message.id in self.board.messages and (taker := self.picking.person_for(message, now)):
                    gives.append(self._give(taker, message, now))
        return gives

    def wake(self) -> float | None:
        """The next moment at which a hold ends."""
        return self.board.next_reminder()

    def why_waiting(self, message: int, now: float) -> Hold | None:
        """For whom the message waits, until when, and when she may be free; None if it does not wait."""
        waiting = self.board.messages.get(message)
        if waiting is None:
            return None
        reason = REASONS.get(waiting.stage, "anybody")
        if waiting.stage not in KEPT:
            return Hold(message, None, reason, waiting.until)
        one, *then = waiting.kept_for
        person = self.board.people[one]
        until = waiting.until if waiting.stage == "only" else waiting.due - self.rules.last_start
        return Hold(message, one, reason, until, self.foresight.free_at(person, now), person.state, tuple(then))

    def _offer(self, person: Person, now: float, gives: list[Give]) -> None:
        while person.state == "free" and (message := self.picking.message_for(person, now)):
            gives.append(self._give(person, message, now))
        if person.can_put_aside() and (message := self.picking.message_between(person, now)):
            gives.append(self._give(person, message, now))

    def _give(self, person: Person, message: Message, now: float) -> Give:
        reason = self.picking.reason(person, message)
        self.board.forget(message)
        seen = message.case.seen
        if person.id not in seen:
            seen.append(person.id)
        aside = self._take_up(person, message, now)
        self.board.note(person)
        owner = self.board.people.get(seen[0])
        if owner is None or owner is person:
            return Give(message.id, person.id, reason, seen[0], message.due, aside)
        free_at = self.foresight.free_at(owner, now)
        return Give(message.id, person.id, reason, seen[0], message.due, aside, owner.state, free_at)

    def _take_up(self, person: Person, message: Message, now: float) -> int | None:
        """The message is the work in hand; what is put aside for it is named."""
        work, person.work, person.work_began = person.work, message, now
        person.word_is_out = False
        if person.colleague.capacity > 1:
            if work:
                person.also[work.id] = work
            person.since = now
            person.state = "busy" if len(person.also) + 1 >= person.colleague.capacity else "free"
            return None
        person.aside = work if person.state == "busy" else None
        person.state = "busy"
        return person.aside.id if person.aside else None

    def _turn(self, person: Person) -> None:
        self.board.note(person)
        self._turned[person.id] = person


def _taken(heap: dict[int, Some]) -> list[Some]:
    taken = list(heap.values())
    heap.clear()
    return taken
