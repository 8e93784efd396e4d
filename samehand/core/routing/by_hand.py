"""What people do beside the engine: somebody else answers, a work is laid down, a message comes back into line."""

from __future__ import annotations

from collections.abc import Iterable

from samehand.core.routing.dealing import Dealing
from samehand.core.routing.waiting import Case, Message


class ByHand(Dealing):
    def comes_back(
        self, now: float, *, message: int, case: int, customer: int, topic: str, language: str, due: float,
        urgent: bool = False, only_for: int | None = None,
    ) -> None:  # fmt: skip
        """It waits again although its customer has not written: an answer never arrived, or somebody laid it down."""
        found = self.board.case(case, customer)
        back = Message(message, found, (topic, language), now, due, urgent=urgent, only_for=only_for)
        self._begin(back, now)

    def reconsider(self, now: float, messages: Iterable[int]) -> None:
        """The people for whom they are kept are there at other hours than was thought."""
        for message in sorted((self.board.messages[one] for one in messages), key=lambda one: one.rank):
            self.holding.reconsider(message, now)
            self._came[message.id] = message

    def owes_again(self, consultant: int, message: int, due: float) -> None:
        """The customer wrote again while she was at it, although she has had a first word."""
        person = self.board.people[consultant]
        if person.work and person.work.id == message:
            person.work.due, person.word_is_out = due, False
            self._turn(person)

    def lays_down(self, consultant: int, message: int) -> None:
        """She does not go on with it; nothing is learned of it. What she had put aside for it is taken up again."""
        person = self.board.people[consultant]
        if person.aside and person.aside.id == message:
            person.aside = None
        elif person.work and person.work.id == message:
            person.take_up_aside()
        self._turn(person)

    def answered(self, now: float, *, case: int, customer: int, consultant: int) -> None:
        """She answered in the case although it was not given to her: from now on she knows the customer."""
        found = self.board.case(case, customer)
        if consultant not in found.seen:
            found.seen.append(consultant)
        self._answered(found, consultant, now)

    def _answered(self, case: Case, consultant: int, now: float) -> None:
        case.last_done = now
        case.customer.answered_by(consultant)

    def _begin(self, message: Message, now: float) -> None:
        self.holding.begin(message, now)
        self._came[message.id] = message
