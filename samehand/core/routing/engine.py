"""The engine of a desk: it is told what happens, with its moment, and says who begins with what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from samehand.core.routing.board import Board
from samehand.core.routing.fitting import Fit
from samehand.core.routing.habits import Pace
from samehand.core.routing.holding import Holding
from samehand.core.routing.people import Person, State
from samehand.core.routing.picking import Picking
from samehand.core.routing.values import DAY, Colleague, Give, Hold, Rules
from samehand.core.routing.waiting import Message

Some = TypeVar("Some", Message, Person)
MINUTES_KEPT = 4  # so many of a customer's hours are remembered


class Engine:
    """Tell it events in the order of time, then ask `decide`; ask again at `wake` although nothing happened."""

    def __init__(self, crew: Iterable[Colleague], rules: Rules | None = None) -> None:
        self.rules = rules or Rules()
        self.board = Board(crew)
        self.fit = Fit(self.rules)
        self.holding = Holding(self.board, self.fit, self.rules)
        self.picking = Picking(self.board, self.fit, self.rules)
        self.pace = Pace(self.rules.work_takes)
        self._came: dict[int, Message] = {}
        self._turned: dict[int, Person] = {}

    def waits(
        self, now: float, *, message: int, case: int, customer: int, topic: str, language: str, due: float
    ) -> None:
        """A message came; `due` is when its promise ends."""
        found = self.board.case(case, customer)
        self._learn(found.last_done, found.customer.minutes, now)
        arrived = Message(message, found, (topic, language), now, due)
        self.holding.begin(arrived, now)
        self._came[message] = arrived

    def withdraw(self, message: int) -> None:
        """Nobody has to answer it any more, or a lead gave it to somebody by hand."""
        if waiting := self.board.messages.get(message):
            self.board.forget(waiting)

    def on(self, now: float, consultant: int, until: float) -> None:
        person = self.board.people[consultant]
        person.on_duty, person.until = True, until

    def off(self, now: float, consultant: int) -> None:
        """She begins nothing any more; what she has begun she finishes."""
        person = self.board.people[consultant]
        person.on_duty = False
        if person.state in ("free", "break"):
            person.state = "off"
        self._turn(person)
        self._let_go(person, now)

    def absent(self, now: float, consultant: int) -> None:
        person = self.board.people[consultant]
        person.absent_day = int(now // DAY)
        self.fit.forget(consultant)
        self._let_go(person, now)

    def pauses(self, now: float, consultant: int) -> None:
        person = self.board.people[consultant]
        self._become(person, "break", now)
        for message in self.holding.despair(person, now):
            self._came[message.id] = message

    def calls(self, now: float, consultant: int) -> None:
        """A call came in: who writes goes on afterwards."""
        person = self.board.people[consultant]
        if person.state == "free":
            self._become(person, "call", now)

    def free(self, now: float, consultant: int) -> None:
        self._become(self.board.people[consultant], "free", now)

    def first_word(self, now: float, consultant: int) -> None:
        """The customer has a human word; the work goes on and may be put aside."""
        person = self.board.people[consultant]
        person.word_is_out = True
        self._turn(person)

    def done(self, now: float, consultant: int) -> None:
        """The work in hand is answered; what was put aside for it is taken up again."""
        person = self.board.people[consultant]
        if person.work:
            self._answered(person.work, consultant, now)
            if person.aside is None and not person.was_put_aside:
                self.pace.learn(person.work.key, now - person.work_began)
        person.was_put_aside = person.aside is not None
        person.work, person.aside, person.word_is_out = person.aside, None, True
        if person.work is None:
            person.state = "off"
        self._turn(person)

    def decide(self, now: float) -> list[Give]:
        """Who begins with what, now; each is given once."""
        gives: list[Give] = []
        while (message := self.board.reminded(now)) is not None:
            self.holding.advance(message, now)
            self._came[message.id] = message
        for person in _taken(self._turned):
            self._offer(person, now, gives)
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
        one = next(iter(waiting.kept_for()), None) if waiting.stage in ("owner", "circle") else None
        free_at = None if one is None else self.board.people[one].free_at(now, self.rules, self.pace)
        reasons = {"owner": "owner", "circle": "second", "fits": "fits", "near": "fits"}
        return Hold(message, one, reasons.get(waiting.stage, "anybody"), waiting.until, free_at)  # type: ignore[arg-type]

    def _learn(self, answered: float | None, minutes: list[float], now: float) -> None:
        if answered is not None:
            self.fit.habits.learn(now, answered, minutes[-1])
        minutes.append(now % DAY)
        del minutes[:-MINUTES_KEPT]

    def _answered(self, message: Message, consultant: int, now: float) -> None:
        case = message.case
        case.last_done = now
        known = case.customer.known
        if consultant in known:
            known.remove(consultant)
        known.append(consultant)

    def _offer(self, person: Person, now: float, gives: list[Give]) -> None:
        message = None
        if person.state == "free":
            message = self.picking.message_for(person, now)
        elif person.can_put_aside():
            message = self.picking.message_between(person, now)
        if message:
            gives.append(self._give(person, message, now))

    def _give(self, person: Person, message: Message, now: float) -> Give:
        reason = self.picking.reason(person, message)
        self.board.forget(message)
        if message.case.seen.count(person.id) == 0:
            message.case.seen.append(person.id)
        aside = person.work if person.state == "busy" else None
        person.aside, person.work, person.work_began = aside, message, now
        person.state, person.word_is_out = "busy", False
        self.board.note(person)
        owner = message.case.seen[0]
        return Give(message.id, person.id, reason, owner, message.due, aside.id if aside else None)

    def _let_go(self, person: Person, now: float) -> None:
        for message in sorted(person.own.values(), key=lambda one: one.rank):
            self.holding.reconsider(message, now)
            self._came[message.id] = message

    def _become(self, person: Person, state: State, now: float) -> None:
        person.state, person.since = state, now
        self._turn(person)

    def _turn(self, person: Person) -> None:
        self.board.note(person)
        self._turned[person.id] = person


def _taken(heap: dict[int, Some]) -> list[Some]:
    taken = list(heap.values())
    heap.clear()
    return taken
