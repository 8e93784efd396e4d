"""What stands at a moment of a run. By message, and by case under the number of its first message."""

from __future__ import annotations

import heapq
from abc import ABC, abstractmethod
from array import array
from collections.abc import Callable

from samehand.sim.running.log import Log
from samehand.sim.running.policy import Policy
from samehand.sim.world import DAY, World

OFF, IDLE, BUSY, BREAK, CALL = range(5)
NOT_YET, WAITING, IN_WORK, MERGED, DONE = range(5)
NONE = -1
# Something happens to somebody; False when it was stale, so nobody need be asked what follows.
Happen = Callable[[float, int, float], bool]


class State(ABC):
    def __init__(self, world: World, policy: Policy) -> None:
        self.world, self.rules, self.policy = world, world.rules, policy
        self.messages, self.end = world.messages, world.rules.days * DAY
        self._of_messages(len(world.messages))
        self.heap: list[tuple[float, int, Happen, int, float]] = []
        self.pushed = 0
        self.state = dict.fromkeys(world.consultants, OFF)
        self.current: dict[int, int] = {}
        self.finish_at: dict[int, float] = {}
        self.first_word_at: dict[int, float | None] = {}
        self.aside: dict[int, tuple[int, float]] = {}
        self.break_owed: dict[int, float] = {}
        self.leaves_after_this: set[int] = set()

    def _of_messages(self, count: int) -> None:
        self.log = Log(count)
        self.arrived, self.answered = self.log.arrived.values_by_number, self.log.answered.values_by_number
        self.done, self.answered_by = self.log.done.values_by_number, self.log.consultant.values_by_number
        self.status = bytearray(count)
        self.due = array("d", bytes(8 * count))
        self.attached: dict[int, list[int]] = {}
        self.first_of, self.last_of = array("l", [NONE]) * count, array("l", [NONE]) * count
        for numbers in self.world.messages_of.values():
            first, last = numbers[0], numbers[-1]
            for number in numbers:
                self.first_of[number], self.last_of[number] = first, last
        self.next_of = self.first_of[:]
        self.waiting_of, self.person_of = array("l", [NONE]) * count, array("q", [NONE]) * count
        self.answered_in = array("l", [0]) * count

    def _push(self, at: float, happen: Happen, who: int, value: float = 0.0) -> None:
        self.pushed += 1
        heapq.heappush(self.heap, (at, self.pushed, happen, who, value))

    @abstractmethod
    def _turn_to_next(self, now: float, consultant: int) -> None:
        """After a work, a break or a call: what does this consultant do now?"""
