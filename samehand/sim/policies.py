"""The policies that helpdesks know, to measure against: each is told what happens and says who starts what."""

from __future__ import annotations

import heapq
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

from samehand.sim.bench import Engine
from samehand.sim.running import Policy
from samehand.sim.world import DAY, ScenarioError

Need = tuple[str, str]
Waiting = tuple[float, int]
OWNERS_TIME = 15.0


class SharedPool:
    """One queue for all, oldest first; it goes to whoever has been idle longest and can do it."""

    def __init__(self, public: Mapping[str, Any]) -> None:
        self.crew = {who["id"]: who for who in public["consultants"]}
        self.planned, self.promise = public["planned"], public["promise"]
        self.able: dict[Need, list[int]] = {}
        self.idle: dict[int, float] = {}
        self.pool: dict[Need, list[Waiting]] = {}
        self.need_of: dict[int, Need] = {}
        self.handlers: dict[str, Callable[..., None]] = {
            "message": self.message,
            "free": self.free,
            "on": self.on,
            "off": self.off,
            "break": self.away,
            "call": self.away,
            "first": self.answered,
            "done": self.answered,
        }

    def event(self, now: float, kind: str, **what: Any) -> None:
        handler = self.handlers.get(kind)
        if handler:
            handler(now, **what)

    def decide(self, now: float) -> list[tuple[int, int]]:
        return self.from_pool() if self.idle else []

    def wake(self) -> float | None:
        return None

    def can(self, consultant: int, need: Need) -> bool:
        return consultant in self.able_to(need)

    def able_to(self, need: Need) -> list[int]:
        if need not in self.able:
            topic, language = need
            self.able[need] = [
                who for who, crew in self.crew.items() if topic in crew["topics"] and language in crew["langs"]
            ]
        return self.able[need]

    def message(self, now: float, message: int, topic: str, lang: str, **_more: Any) -> None:
        self.need_of[message] = (topic, lang)
        self.to_pool(now, message)

    def to_pool(self, since: float, message: int) -> None:
        heapq.heappush(self.pool.setdefault(self.need_of[message], []), (since, message))

    def free(self, now: float, consultant: int) -> None:
        self.idle[consultant] = now

    def on(self, now: float, consultant: int, until: float) -> None:
        pass

    def away(self, now: float, consultant: int) -> None:
        self.idle.pop(consultant, None)

    def off(self, now: float, consultant: int) -> None:
        self.idle.pop(consultant, None)

    def answered(self, now: float, message: int, consultant: int) -> None:
        pass

    def from_pool(self) -> list[tuple[int, int]]:
        given: list[tuple[int, int]] = []
        while self.idle:
            choices = [
                (queue[0], need, who) for need, queue in self.pool.items() if queue for who in self._longest(need)
            ]
            if not choices:
                break
            (_, message), need, who = min(choices)
            heapq.heappop(self.pool[need])
            del self.idle[who]
            given.append((who, message))
        return given

    def _longest(self, need: Need) -> list[int]:
        """The one who has been idle longest (they stand in that order), or nobody."""
        able = self.able_to(need)
        return next(([who] for who in self.idle if who in able), [])


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


MakePolicy = Callable[[dict[str, Any]], Policy]
BASELINES: dict[str, MakePolicy] = {
    "fifo": SharedPool,
    "round-robin": RoundRobin,
    "least-loaded": LeastLoaded,
    "strict-owner": StrictOwner,
    "owner-timeout": OwnerWithTimeOut,
}


def policies() -> dict[str, MakePolicy]:
    """All that can be simulated by name; the house's own engine last."""
    return {**BASELINES, "ours": Engine}


def chosen(names: str) -> dict[str, MakePolicy]:
    """`all`, one name, or several with commas."""
    known = policies()
    if names == "all":
        return known
    wanted = [name.strip() for name in names.split(",")]
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise ScenarioError(f"no policy {unknown[0]!r}; there are: all, {', '.join(known)}")
    return {name: known[name] for name in wanted}
