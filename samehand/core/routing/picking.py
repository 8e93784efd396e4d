"""Which message a person begins with, and which person a message goes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from samehand.core.routing.board import Board
from samehand.core.routing.fitting import Fit
from samehand.core.routing.people import Person
from samehand.core.routing.values import GiveReason, Rules
from samehand.core.routing.waiting import Message

LOOK = 12  # so many of each queue's earliest are looked at: a heap of thousands costs no more than one of twelve


class Picking:
    def __init__(self, board: Board, fit: Fit, rules: Rules) -> None:
        self.board, self.fit, self.rules = board, fit, rules

    def message_for(self, person: Person, now: float) -> Message | None:
        """What the person, who is free, begins with."""
        options = (one for one in self._in_reach(person) if self.may(person, one, now))
        return min(options, key=lambda one: self._order(person, one, now), default=None)

    def message_between(self, person: Person, now: float) -> Message | None:
        """What the person puts her work aside for: only what cannot wait."""
        options = (
            one for one in self._in_reach(person) if self.presses(person, one, now) and self.may(person, one, now)
        )
        return min(options, key=lambda one: self._order(person, one, now), default=None)

    def person_for(self, message: Message, now: float) -> Person | None:
        people = self.board.people
        for one in message.kept_for():
            if people[one].state == "free" and self.may(people[one], message, now):
                return people[one]
        free = () if message.stage in ("owner", "circle") else self.board.free[message.key].values()
        return self._best(free, message, now) or self._who_puts_aside(message, now)

    def may(self, person: Person, message: Message, now: float) -> bool:
        if message.stage in ("all", "urgent", "late") or person.id == message.owner:
            return True
        if message.stage == "owner":
            return False
        return person.id in message.circle or (
            message.stage in ("fits", "near") and self.fit.of(person, message, now) >= message.bar
        )

    def presses(self, person: Person, message: Message, now: float) -> bool:
        if message.stage == "late":
            return False
        mine = person.id == message.owner or (message.owner is None and person.id in message.circle)
        return message.due - now <= (self.rules.aside_own if mine else self.rules.aside_all)

    def reason(self, person: Person, message: Message) -> GiveReason:
        if person.id == message.owner:
            return "owner"
        if person.id in message.case.seen:
            return "second"
        if person.id in message.case.customer.known:
            return "known"
        if message.stage == "late":
            return "late"
        return "fits" if message.stage in ("fits", "near") else "best_of_rest"

    def _in_reach(self, person: Person) -> Iterator[Message]:
        yield from person.own.values()
        for key in person.keys:
            if queue := self.board.queues.get(key):
                for _, one in queue.earliest(LOOK):
                    yield self.board.messages[one]

    def _order(self, person: Person, message: Message, now: float) -> tuple[float, int]:
        due = message.due
        if message.stage == "late":
            due = message.due + self.rules.late_penalty
        if person.id in message.circle and message.owner is not None:
            due -= self.rules.circle_bonus
        elif person.id == message.owner or person.id in message.circle:
            due -= self.rules.own_bonus
        return (due, message.id)

    def _best(self, people: Iterable[Person], message: Message, now: float) -> Person | None:
        fitting = ((self._score(one, message, now), one) for one in people)
        above = [(score, -one.since, -one.id, one) for score, one in fitting if score >= self._bar(message)]
        return max(above, key=lambda row: row[:3])[3] if above else None

    def _score(self, person: Person, message: Message, now: float) -> float:
        return self.fit.of(person, message, now)

    def _bar(self, message: Message) -> float:
        return message.bar if message.stage in ("fits", "near") else -1.0

    def _who_puts_aside(self, message: Message, now: float) -> Person | None:
        yielding = self.board.yielding[message.key]
        for one in message.kept_for():
            person = yielding.get(one)
            if person and self.presses(person, message, now) and self.may(person, message, now):
                return person
        if message.stage != "urgent":
            return None
        return self._best((one for one in yielding.values() if self.presses(one, message, now)), message, now)
