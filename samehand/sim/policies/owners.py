"""The same person again: for good, or until a fixed time before the promise ends."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from typing import Any

from samehand.sim.policies.dealt import LeastLoaded
from samehand.sim.policies.pool import SharedPool, Waiting
from samehand.sim.world import DAY

OWNERS_TIME = 15.0


class StrictOwner(LeastLoaded):
    """Whoever answered a customer first keeps her for good: her mail waits for him, over nights and illness."""

    def __init__(self, public: Mapping[str, Any]) -> None:
        super().__init__(public)
        self.owner: dict[int, int] = {}
        self.customer_of: dict[int, int] = {}
        self.bound: set[int] = set()

    def message(self, now: float, message: int, topic: str, lang: str, customer: int = 0, **more: Any) -> None:
        self.need_of[message], self.customer_of[message] = (topic, lang), customer
        owner = self.owner.get(customer)
        if owner is not None and self.can(owner, (topic, lang)) and now < self.crew[owner]["to_day"] * DAY:
            self.bound.add(message)
            heapq.heappush(self.own[owner], (now, message))
        else:
            self.deal(now, message)

    def answered(self, now: float, message: int, consultant: int) -> None:
        customer = self.customer_of[message]
        owner = self.owner.setdefault(customer, consultant)
        if now >= self.crew[owner]["to_day"] * DAY:
            self.owner[customer] = consultant

    def off(self, now: float, consultant: int) -> None:
        """What was dealt goes back, what is hers stays - unless it was her last day."""
        stays = now < (self.crew[consultant]["to_day"] - 1) * DAY
        kept = [each for each in self.own[consultant] if stays and each[1] in self.bound]
        self.own[consultant] = [each for each in self.own[consultant] if each not in kept]
        super().off(now, consultant)
        self.own[consultant] = kept
        heapq.heapify(self.own[consultant])


class OwnerWithTimeOut(SharedPool):
    """Kept for the owner while he is on duty, until a fixed time before it is due; then it goes to the pool."""

    def __init__(self, public: Mapping[str, Any]) -> None:
        super().__init__(public)
        self.owner: dict[int, int] = {}
        self.case_of: dict[int, int] = {}
        self.on_duty: set[int] = set()
        self.held: dict[int, list[Waiting]] = {who: [] for who in self.crew}
        self.let_go: list[tuple[float, float, int, int]] = []
        self.kept: set[int] = set()

    def message(
        self, now: float, message: int, topic: str, lang: str, case: int = 0, due: float = 0.0, **more: Any
    ) -> None:
        self.need_of[message], self.case_of[message] = (topic, lang), case
        owner = self.owner.get(case)
        until = due - min(OWNERS_TIME, self.promise)
        if owner is None or until <= now or not self._here_before(owner, now, until):
            self.to_pool(now, message)
            return
        self.kept.add(message)
        heapq.heappush(self.held[owner], (now, message))
        heapq.heappush(self.let_go, (until, now, message, owner))

    def _here_before(self, owner: int, now: float, until: float) -> bool:
        if owner in self.on_duty:
            return True
        starts = (self.planned.get((owner, day), (until, 0.0))[0] for day in (now // DAY, until // DAY))
        return any(now <= start < until for start in starts)

    def on(self, now: float, consultant: int, until: float) -> None:
        self.on_duty.add(consultant)

    def off(self, now: float, consultant: int) -> None:
        super().off(now, consultant)
        self.on_duty.discard(consultant)
        for since, message in self.held[consultant]:
            if message in self.kept:
                self.kept.discard(message)
                self.to_pool(since, message)
        self.held[consultant] = []

    def answered(self, now: float, message: int, consultant: int) -> None:
        self.owner.setdefault(self.case_of[message], consultant)

    def decide(self, now: float) -> list[tuple[int, int]]:
        while self.let_go and self.let_go[0][0] <= now:
            _, since, message, _owner = heapq.heappop(self.let_go)
            if message in self.kept:
                self.kept.discard(message)
                self.to_pool(since, message)
        return [*self._to_owners(), *self.from_pool()] if self.idle else []

    def _to_owners(self) -> list[tuple[int, int]]:
        given: list[tuple[int, int]] = []
        for who in [one for one in self.idle if self.held[one]]:
            queue = self.held[who]
            while queue and queue[0][1] not in self.kept:
                heapq.heappop(queue)
            if queue:
                message = heapq.heappop(queue)[1]
                self.kept.discard(message)
                del self.idle[who]
                given.append((who, message))
        return given

    def wake(self) -> float | None:
        while self.let_go and self.let_go[0][2] not in self.kept:
            heapq.heappop(self.let_go)
        return self.let_go[0][0] if self.let_go else None
