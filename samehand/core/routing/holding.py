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
        if message.only_for is not None:
            if self._still_only(message, now):
                return self._keep_only(message)
            message.only_for = None
        seen, known = message.case.seen, message.case.customer.known
        if seen or known:
            latest = message.due - self.rules.last_start
            owner = seen[0] if seen and self._can(seen[0], message, now, latest) else None
            others = dict.fromkeys([*seen[1:], *reversed(known)])
            circle = [one for one in others if one != owner and self._can(one, message, now, latest)]
            message.keep_for(owner, tuple(circle))
        else:
            message.keep_for(None, ())
        self._enter(message, self._first(message), now)
        return self.board.keep(message)

    def advance(self, message: Message, now: float) -> None:
        """The moment of the stage is over: let more people have it."""
        if message.stage in ("owner", "circle") and self._worth_waiting(message, now):
            self.board.forget(message)
            message.until = message.due - self.rules.last_start
            return self.board.keep(message)
        if message.stage == "only":
            message.only_for = None
            return self.reconsider(message, now)
        self.board.forget(message)
        self._enter(message, self._next(message), now)
        return self.board.keep(message)

    def reconsider(self, message: Message, now: float) -> None:
        """Somebody for whom it was kept went, or the word of a lead came or is taken back: begin anew."""
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

    def _can(self, one: int, message: Message, now: float, latest: float) -> bool:
        person = self.board.people.get(one)
        return person is not None and message.key in person.able and person.here_by(now, latest)

    def _still_only(self, message: Message, now: float) -> bool:
        """She has not left for long; the customer's own choice holds while she can still answer in time."""
        person = self.board.people.get(-1 if message.only_for is None else message.only_for)
        if person is None:
            return False
        chosen = message.until < inf
        latest = message.due - self.rules.last_start if chosen else now + self.rules.gone_after
        return person.here_by(now, latest) and not (chosen and message.until <= now)

    def _keep_only(self, message: Message) -> None:
        message.stage = "only"
        message.keep_for(message.only_for, ())
        self.board.keep(message)

    def _first(self, message: Message) -> Stage:
        if message.urgent:
            return "urgent"
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
            share = self.rules.fit_share if message.stage == "fits" else self.rules.near_share
            message.bar = share * self.fit.of(message, now).best

    def _end(self, stage: Stage, message: Message) -> float:
        rules, due = self.rules, message.due
        if stage == "late" or message.urgent:
            return inf
        if stage == "owner":
            return due - rules.release
        if stage == "circle":
            return due - (rules.release_all if message.owner is not None else rules.release)
        if stage == "fits":
            return due - rules.promise + rules.fit_hold
        if stage == "near":
            return due - rules.promise + rules.near_hold
        return due - (rules.aside_all if stage == "all" else rules.word_takes)

    def _worth_waiting(self, message: Message, now: float) -> bool:
        """Somebody whom it is kept for can begin in time: after her break, or once her first word is said."""
        latest = message.due - self.rules.last_start
        backs = (self.board.people[one].back_at(now, self.rules) for one in self._kept_now(message))
        return now < latest and any(back is not None and back <= latest for back in backs)

    def _kept_now(self, message: Message) -> tuple[int, ...]:
        return message.kept_for[:1] if message.stage == "owner" else message.kept_for
