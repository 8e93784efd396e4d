"""For whom a message waits, and until when: the owner, those who know the case, whoever fits, everybody."""

from __future__ import annotations

from math import inf

from samehand.core.routing.board import Board
from samehand.core.routing.fitting import Fit
from samehand.core.routing.people import Person
from samehand.core.routing.values import Rules
from samehand.core.routing.waiting import Message, Stage

NEXT: dict[Stage, Stage] = {"fits": "near", "all": "urgent", "urgent": "late"}


class Holding:
    def __init__(self, board: Board, fit: Fit, rules: Rules) -> None:
        self.board, self.fit, self.rules = board, fit, rules

    def begin(self, message: Message, now: float) -> None:
        """Say for whom the message is kept at first."""
        seen, known = message.case.seen, message.case.customer.known
        message.owner = seen[0] if seen and self._can(seen[0], message, now) else None
        others = dict.fromkeys([*seen[1:], *reversed(known)])
        message.circle = tuple(one for one in others if one != message.owner and self._can(one, message, now))
        self._enter(message, self._first(message), now)
        self.board.keep(message)

    def advance(self, message: Message, now: float) -> None:
        """The moment of the stage is over: let more people have it."""
        if message.stage in ("owner", "circle") and self._worth_waiting(message, now):
            message.until = message.due - self.rules.last_start
            return self.board.remind(message)
        self.board.forget(message)
        self._enter(message, self._next(message), now)
        return self.board.keep(message)

    def reconsider(self, message: Message, now: float) -> None:
        """Somebody for whom it was kept went: begin anew."""
        self.board.forget(message)
        self.begin(message, now)

    def despair(self, person: Person, now: float) -> list[Message]:
        """Her break will last too long for some that are kept for her: others may begin with them at once."""
        kept = (one for one in person.own.values() if one.stage in ("owner", "circle"))
        lost = sorted((one for one in kept if not self._can_come(one, now)), key=lambda one: one.rank)
        for message in lost:
            self.advance(message, now)
        return lost

    def _can_come(self, message: Message, now: float) -> bool:
        latest = message.due - self.rules.last_start
        people = (self.board.people[one] for one in self._kept_now(message))
        return any(one.state != "break" or one.break_ends(now, self.rules) <= latest for one in people)

    def _can(self, one: int, message: Message, now: float) -> bool:
        person = self.board.people.get(one)
        return (
            person is not None
            and message.key in person.keys
            and person.here_by(now, message.due - self.rules.last_start)
        )

    def _first(self, message: Message) -> Stage:
        if message.owner is not None:
            return "owner"
        return "circle" if message.circle else "fits"

    def _next(self, message: Message) -> Stage:
        if message.stage == "owner" and message.circle:
            return "circle"
        return NEXT.get(message.stage, "all")

    def _enter(self, message: Message, stage: Stage, now: float) -> None:
        """Enter the stage, or the first after it whose end is still to come."""
        message.stage, message.until = stage, self._end(stage, message)
        while message.until <= now:
            message.stage = self._next(message)
            message.until = self._end(message.stage, message)
        if message.stage in ("fits", "near"):
            message.bar = self._share(message.stage) * self._best(message, now)
        self.board.remind(message)

    def _end(self, stage: Stage, message: Message) -> float:
        rules = self.rules
        if stage == "owner":
            return message.due - rules.release
        if stage == "circle":
            return message.due - (rules.release_all if message.owner is not None else rules.release)
        if stage == "fits":
            return message.due - rules.promise + rules.fit_hold
        if stage == "near":
            return message.due - rules.promise + rules.near_hold
        if stage == "all":
            return message.due - rules.aside_all
        return inf if stage == "late" else message.due - rules.word_takes

    def _share(self, stage: Stage) -> float:
        return self.rules.fit_share if stage == "fits" else self.rules.near_share

    def _best(self, message: Message, now: float) -> float:
        latest = message.due - self.rules.promise + self.rules.near_hold
        there = (one for one in self.board.able[message.key] if one.here_by(now, latest))
        return max((self.fit.of(one, message, now) for one in there), default=0.0)

    def _worth_waiting(self, message: Message, now: float) -> bool:
        """Somebody whom it is kept for can begin in time: after her break, or once her first word is said."""
        latest = message.due - self.rules.last_start
        backs = (self.board.people[one].back_at(now, self.rules) for one in self._kept_now(message))
        return now < latest and any(back is not None and back <= latest for back in backs)

    def _kept_now(self, message: Message) -> tuple[int, ...]:
        return message.kept_for()[:1] if message.stage == "owner" else message.kept_for()
