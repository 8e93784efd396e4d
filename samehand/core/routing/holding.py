"""For whom a message waits, and until when: the owner, those who know the case, whoever fits, everybody."""

from __future__ import annotations

from math import inf

from samehand.core.routing.board import Board
from samehand.core.routing.fitting import Fit
from samehand.core.routing.foreseeing import Foresight
from samehand.core.routing.people import Person
from samehand.core.routing.values import Rules
from samehand.core.routing.waiting import Message, Stage

NAMED = ("owner", "circle")
NEXT: dict[Stage, Stage] = {"fits": "near", "all": "urgent", "urgent": "late"}


class Holding:
    def __init__(self, board: Board, fit: Fit, foresight: Foresight, rules: Rules) -> None:
        self.board, self.fit, self.foresight, self.rules = board, fit, foresight, rules

    def begin(self, message: Message, now: float) -> None:
        """Say for whom the message is kept at first."""
        if message.only_for is not None:
            if self._still_only(message, now):
                return self.keep_only(message, now)
            message.only_for = None
        seen, known = message.case.seen, message.case.customer.known
        if seen or known:
            latest = message.due - self.rules.last_start
            owner = seen[0] if seen and self._comes(seen[0], now, latest) else None
            others = dict.fromkeys([*seen[1:], *(one for one in reversed(known) if self._can(one, message))])
            circle = [one for one in others if one != owner and self._comes(one, now, latest)]
            message.keep_for(owner, tuple(circle))
        else:
            message.keep_for(None, ())
        self._enter(message, self._first(message), now)
        return self.board.keep(message)

    def keep_only(self, message: Message, now: float) -> None:
        """For the one alone for whom somebody said it is, wherever she may be."""
        message.stage = "only"
        message.keep_for(message.only_for, ())
        message.until = self._only_until(message, now)
        self.board.keep(message)

    def advance(self, message: Message, now: float) -> None:
        """The moment has come: let more people have it, or go on waiting while there is hope."""
        if message.stage == "only":
            return self.reconsider(message, now)
        self.board.forget(message)
        self._enter(message, message.stage if message.stage in NAMED else self._next(message), now)
        return self.board.keep(message)

    def reconsider(self, message: Message, now: float) -> None:
        """Somebody for whom it was kept went, or the word that it is for one alone is taken back: begin anew."""
        self.board.forget(message)
        self.begin(message, now)

    def despair(self, person: Person, now: float) -> list[Message]:
        """Her break began: what cannot wait for her any more, others may begin with at once."""
        kept = (one for one in person.own.values() if one.stage in NAMED and not self._hope(one, one.stage, now))
        lost = sorted(kept, key=lambda one: one.rank)
        for message in lost:
            self.advance(message, now)
        return lost

    def _can(self, one: int, message: Message) -> bool:
        """Whose skill it is. Of those who had the case in hand it is not asked: it is theirs, whatever it is about."""
        person = self.board.people.get(one)
        return person is not None and message.key in person.able

    def _comes(self, one: int, now: float, latest: float) -> bool:
        person = self.board.people.get(one)
        return person is not None and person.here_by(now, latest)

    def _still_only(self, message: Message, now: float) -> bool:
        """She is on duty, be it that she has a break, or comes by the roster in time."""
        person = self.board.people.get(-1 if message.only_for is None else message.only_for)
        if person is None:
            return False
        return person.on_duty or bool(person.starts(now, message.due - self.rules.last_start))

    def _only_until(self, message: Message, now: float) -> float:
        """When it is asked whether she is there: while others could still be in time, and when the promise ends. What
        is late already waits for one who is not there no longer than a new message would."""
        looks = (message.due - self.rules.release, message.due)
        if to_come := [look for look in looks if look > now]:
            return to_come[0]
        person = self.board.people[message.kept_for[0]]
        return inf if person.on_duty else now + self.rules.promise

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
        message.stage, message.until = stage, self._end(stage, message, now)
        while message.until <= now:
            message.stage = self._next(message)
            message.until = self._end(message.stage, message, now)
        if message.stage in ("fits", "near"):
            share = self.rules.fit_share if message.stage == "fits" else self.rules.near_share
            message.bar = share * self.fit.of(message, now).best

    def _end(self, stage: Stage, message: Message, now: float) -> float:
        rules, due = self.rules, message.due
        if stage in NAMED:
            return self._look_again(stage, message, now)
        if stage == "late" or message.urgent:
            return inf
        if stage == "fits":
            return due - rules.promise + rules.fit_hold
        if stage == "near":
            return due - rules.promise + rules.near_hold
        return due - (rules.aside_all if stage == "all" else rules.word_takes)

    def _look_again(self, stage: Stage, message: Message, now: float) -> float:
        """When it is asked again whether it is worth waiting; now, if it is not."""
        left = message.due - now
        least = max((chance for before, chance in self.rules.patience if left <= before), default=0.0)
        if left <= self.rules.last_start or self._hope(message, stage, now) < least:
            return now
        looks = (message.due - before for before, _ in self.rules.patience)
        return next((at for at in looks if at > now), message.due - self.rules.last_start)

    def _hope(self, message: Message, stage: Stage, now: float) -> float:
        """The chance that one of those for whom it is kept can begin in time."""
        people = message.kept_for[:1] if stage == "owner" else message.kept_for
        return max((self.foresight.chance(self.board.people[one], message, now) for one in people), default=0.0)
