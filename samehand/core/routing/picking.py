"""Which message a person begins with, and which person a message goes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from samehand.core.routing.board import Board
from samehand.core.routing.fitting import Fit
from samehand.core.routing.people import Person
from samehand.core.routing.values import GiveReason, Rules
from samehand.core.routing.waiting import KEPT, OPEN, Message

LOOK = 12  # so many of each queue's earliest are looked at: a heap of thousands costs no more than one of twelve


class Picking:
    def __init__(self, board: Board, fit: Fit, rules: Rules) -> None:
        self.board, self.fit, self.rules = board, fit, rules

    def message_for(self, person: Person, now: float) -> Message | None:
        """What the person, who is free, begins with."""
        own = (one for one in person.own.values() if self.may(person, one, now))
        return self._first(person, chain(own, self._heads(person, now)))

    def message_between(self, person: Person, now: float) -> Message | None:
        """What the person puts her work aside for: only what cannot wait."""
        own = (one for one in person.own.values() if self.presses(person, one, now) and self.may(person, one, now))
        heads = (one for one in self._heads(person, now) if self.presses(person, one, now))
        return self._first(person, chain(own, heads))

    def person_for(self, message: Message, now: float) -> Person | None:
        people, kept_for = self.board.people, message.kept_for
        for one in kept_for:
            if people[one].state == "free" and self.may(people[one], message, now):
                return people[one]
        if message.stage not in KEPT:
            groups = self.board.groups_of[message.key]
            free = chain.from_iterable(group.free.values() for group in groups if group.free)
            if best := self._best(free, message, now):
                return best
        return self._who_puts_aside(message, now)

    def may(self, person: Person, message: Message, now: float) -> bool:
        stage = message.stage
        if stage in OPEN or person.id == message.owner:
            return True
        if stage in ("owner", "only"):
            return False
        if person.id in message.circle:
            return True
        return stage != "circle" and self.fit.of(message, now).of.get(person.id, -1.0) >= message.bar

    def presses(self, person: Person, message: Message, now: float) -> bool:
        if message.urgent:
            return True
        if message.stage == "late":
            return False
        mine = person.id == message.owner or (message.owner is None and person.id in message.circle)
        return message.due - now <= (self.rules.aside_own if mine else self.rules.aside_all)

    def reason(self, person: Person, message: Message) -> GiveReason:
        if message.case.seen and person.id == message.case.seen[0]:
            return "owner"
        if message.only_for == person.id:
            return "assigned"
        if person.id in message.case.seen:
            return "second"
        if person.id in message.case.customer.known:
            return "known"
        if message.urgent:
            return "urgent"
        if message.stage == "late":
            return "late"
        return "fits" if message.stage in ("fits", "near") else "best_of_rest"

    def _heads(self, person: Person, now: float) -> Iterator[Message]:
        """Of each queue the earliest that she may have: within a queue nothing else than the due time tells."""
        messages, able = self.board.messages, person.able
        for key, queue in self.board.queues.items():
            if key not in able:
                continue
            for line in (queue.timely, queue.late):
                for _, one in islice(line, LOOK):
                    if self.may(person, messages[one], now):
                        yield messages[one]
                        break

    def _first(self, person: Person, options: Iterable[Message]) -> Message | None:
        return min(options, key=lambda one: self._order(person, one), default=None)

    def _order(self, person: Person, message: Message) -> tuple[float, int]:
        due = message.rank[0]
        if message.stage == "late":
            due += self.rules.late_penalty
        if person.id == message.owner:
            due -= self.rules.own_bonus
        elif person.id in message.circle:
            due -= self.rules.own_bonus if message.owner is None else self.rules.circle_bonus
        return (due, message.id)

    def _best(self, people: Iterable[Person], message: Message, now: float) -> Person | None:
        """Who fits best, and of those who fit equally well, who has been free longest."""
        scores, bar = None, message.bar if message.stage in ("fits", "near") else -1.0
        best: tuple[float, float, int] | None = None
        for person in people:
            scores = scores or self.fit.of(message, now).of
            score = scores.get(person.id, 0.0)
            if score >= bar:
                row = (score, -person.since, -person.id)
                if best is None or row > best:
                    best = row
        return None if best is None else self.board.people[-best[2]]

    def _who_puts_aside(self, message: Message, now: float) -> Person | None:
        people = self.board.people
        for one in message.kept_for:
            person = people[one]
            if person.can_put_aside() and self.presses(person, message, now) and self.may(person, message, now):
                return person
        if message.stage != "urgent":
            return None
        groups = self.board.groups_of[message.key]
        yielding = chain.from_iterable(group.yielding.values() for group in groups)
        return self._best((one for one in yielding if self.presses(one, message, now)), message, now)
