"""Each message is dealt to somebody as it comes: in turn, or to whoever has least to do."""

from __future__ import annotations

import heapq
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from samehand.sim.policies.pool import SharedPool, Waiting


class Dealt(SharedPool, ABC):
    """Each message is dealt to somebody on duty as it comes; whoever goes home leaves the rest to the others."""

    def __init__(self, public: Mapping[str, Any]) -> None:
        super().__init__(public)
        self.on_duty: dict[int, None] = {}
        self.own: dict[int, list[Waiting]] = {who: [] for who in self.crew}

    def message(self, now: float, message: int, topic: str, lang: str, **more: Any) -> None:
        self.need_of[message] = (topic, lang)
        self.deal(now, message)

    def deal(self, since: float, message: int) -> None:
        able = [who for who in self.able_to(self.need_of[message]) if who in self.on_duty]
        if able:
            heapq.heappush(self.own[self.choose(able)], (since, message))
        else:
            self.to_pool(since, message)

    @abstractmethod
    def choose(self, able: list[int]) -> int:
        """Which of those on duty gets the message."""

    def on(self, now: float, consultant: int, until: float) -> None:
        self.on_duty[consultant] = None
        for need, queue in self.pool.items():
            if queue and self.can(consultant, need):
                self.pool[need] = []
                for since, message in sorted(queue):
                    self.deal(since, message)

    def off(self, now: float, consultant: int) -> None:
        super().off(now, consultant)
        self.on_duty.pop(consultant, None)
        left, self.own[consultant] = sorted(self.own[consultant]), []
        for since, message in left:
            self.deal(since, message)

    def decide(self, now: float) -> list[tuple[int, int]]:
        ready = [who for who in self.idle if self.own[who]]
        for who in ready:
            del self.idle[who]
        return [(who, heapq.heappop(self.own[who])[1]) for who in ready]


class RoundRobin(Dealt):
    """Dealt in turn, whoever has how much to do."""

    def __init__(self, public: Mapping[str, Any]) -> None:
        super().__init__(public)
        self.turn = dict.fromkeys(self.crew, 0)
        self.dealt = 0

    def choose(self, able: list[int]) -> int:
        who = min(able, key=lambda one: (self.turn[one], one))
        self.dealt += 1
        self.turn[who] = self.dealt
        return who


class LeastLoaded(Dealt):
    """Dealt to whoever has the fewest waiting, the one in hand counted."""

    def choose(self, able: list[int]) -> int:
        return min(able, key=lambda one: (len(self.own[one]) + (one not in self.idle), one))
