"""What customers do: they write, add something, and write again when they were answered."""

from __future__ import annotations

from samehand.sim.running.state import MERGED, NONE, WAITING, State
from samehand.sim.world import next_arrival


class Mail(State):
    def _arrive(self, now: float, number: int, _value: float) -> bool:
        message, first = self.messages[number], self.first_of[number]
        self.arrived[number] = now
        due = self.due[number] = self.rules.due(now)
        self._expect_after(now, number, first)
        if message.is_postscript and self._joins(now, number, self.waiting_of[first]):
            return True
        self.status[number] = WAITING
        self.waiting_of[first] = number
        case = self.world.cases[message.case]
        self.policy.event(
            now,
            "message",
            message=number,
            case=message.case,
            customer=case.customer,
            topic=case.topic,
            lang=case.language,
            due=due,
            ps=message.is_postscript,
        )
        return True

    def _joins(self, now: float, number: int, before: int) -> bool:
        if before == NONE or self.status[before] != WAITING:
            return False
        self.attached.setdefault(before, []).append(number)
        self.status[number] = MERGED
        self.policy.event(now, "merged", message=number, into=before)
        return True

    def _expect_after(self, now: float, number: int, first: int) -> None:
        following = number + 1
        if following > self.next_of[first]:
            self.next_of[first] = following
        if following <= self.last_of[number] and self.messages[following].is_postscript:
            self.next_of[first] = following + 1
            self._push(now + self.messages[following].delay, self._arrive, following)

    def _let_customer_write(self, now: float, first: int) -> None:
        following = self.next_of[first]
        if self.answered_in[first] == following - first and following <= self.last_of[first]:
            self.next_of[first] = following + 1
            at = next_arrival(self.messages[following], now)
            if at < self.end:
                self._push(at, self._arrive, following)
