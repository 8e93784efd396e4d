"""The engine of a desk: it is told what happens, with its moment, and says who begins with what."""

from __future__ import annotations

from samehand.core.routing.by_hand import ByHand
from samehand.core.routing.people import Person
from samehand.core.routing.values import DAY, State
from samehand.core.routing.waiting import Case, Message


class Engine(ByHand):
    """Tell it events in the order of time, then ask `decide`; ask again at `wake` although nothing happened."""

    def waits(
        self, now: float, *, message: int, case: int, customer: int, topic: str, language: str, due: float,
        urgent: bool = False,
    ) -> None:  # fmt: skip
        """A message came, or a call-back (`urgent`); `due` is when its promise ends."""
        found = self.board.case(case, customer)
        self._learn(found, now)
        arrived = Message(message, found, (topic, language), now, due)
        if urgent or topic in self.rules.urgent_topics:
            arrived.hurry()
        self._begin(arrived, now)

    def withdraw(self, message: int) -> None:
        """Nobody has to answer it any more, or somebody took it by hand."""
        if waiting := self.board.messages.get(message):
            self.board.forget(waiting)

    def assign(self, now: float, message: int, consultant: int, due: float | None = None) -> None:
        """By the word of a lead or of the customer, whose promise then ends at `due`, it is for this consultant alone,
        whatever her skills: until she goes, or is not there when it is `rules.release` minutes before the promise ends,
        or at its end, and does not come by the roster in time."""
        if waiting := self.board.messages.get(message):
            self.board.forget(waiting)
            self._owes(waiting, due)
            waiting.only_for = consultant
            if consultant in self.board.people:
                self.holding.keep_only(waiting, now)
            else:
                self.holding.begin(waiting, now)
            self._came[message] = waiting

    def release(self, now: float, message: int, due: float | None = None) -> None:
        """The lead takes her word back, or the customer does not want to wait any more, and is answered by `due`."""
        if waiting := self.board.messages.get(message):
            self.board.forget(waiting)
            self._owes(waiting, due)
            waiting.only_for = None
            self._begin(waiting, now)

    def on(self, now: float, consultant: int, until: float) -> None:
        person = self.board.people[consultant]
        if not person.on_as_planned(now, until):
            self.fit.forget()
        if person.absent_day == now // DAY:
            person.absent_day = -9
        person.on_duty, person.until, person.rests = True, until, 0

    def off(self, now: float, consultant: int) -> None:
        """She begins nothing any more; what she has begun she finishes."""
        person = self.board.people[consultant]
        if not person.on_as_planned(now, person.until):
            self.fit.forget()
        person.on_duty = False
        if person.state in ("free", "break"):
            person.state = "off"
        self._turn(person)
        if person.leaves_early(now):
            self.absent(now, consultant)
        else:
            self._let_go(person, now)

    def leaves(self, now: float, consultant: int) -> None:
        """She is not there any more, whatever she was at; what she had in hand is laid down."""
        person = self.board.people[consultant]
        person.state, person.since = "off", now
        self.off(now, consultant)

    def absent(self, now: float, consultant: int) -> None:
        """She did not come today, or will not come back: told when her shift begins without her."""
        person = self.board.people[consultant]
        person.absent_day = int(now // DAY)
        self.fit.forget()
        self._let_go(person, now)

    def pauses(self, now: float, consultant: int) -> None:
        person = self.board.people[consultant]
        person.rests += 1
        self._become(person, "break", now)
        for message in self.holding.despair(person, now):
            self._came[message.id] = message

    def calls(self, now: float, consultant: int) -> None:
        """A call came in: who writes goes on afterwards."""
        person = self.board.people[consultant]
        if person.state == "free":
            self._become(person, "call", now)

    def free(self, now: float, consultant: int) -> None:
        person = self.board.people[consultant]
        if person.state == "break":
            self.foresight.rests.learn(person.rests, now - person.since)
        self._become(person, "free", now)

    def first_word(self, now: float, consultant: int) -> None:
        """The customer has a human word; the work goes on and may be put aside."""
        person = self.board.people[consultant]
        person.word_is_out = True
        self._turn(person)

    def done(self, now: float, consultant: int, message: int | None = None) -> None:
        """The work in hand is answered; what was put aside for it is taken up again.

        Who has several in hand says which.
        """
        person = self.board.people[consultant]
        if message is not None and (one := person.also.pop(message, None)):
            return self._answered(one.case, consultant, now)
        if person.work:
            self._answered(person.work.case, consultant, now)
            if person.aside is None and not person.was_put_aside and not person.also:
                self.foresight.pace.learn(person.work.key, now - person.work_began)
        person.take_up_aside()
        return self._turn(person)

    def forget_before(self, moment: float) -> None:
        """Who answered customers who have not written since: told now and then, it bounds what is remembered."""
        self.board.forget_before(moment)

    @staticmethod
    def _owes(message: Message, due: float | None) -> None:
        if due is not None:
            message.owe(due)

    def _learn(self, case: Case, now: float) -> None:
        customer = case.customer
        if case.last_done is not None and customer.minutes:
            self.fit.habits.learn(now, case.last_done, customer.minutes[-1])
        customer.wrote(now)
        self.board.touch(case, now)

    def _let_go(self, person: Person, now: float) -> None:
        self.reconsider(now, list(person.own))

    def _become(self, person: Person, state: State, now: float) -> None:
        person.state, person.since = state, now
        self._turn(person)
